/// Nouns whose change puts more at stake than they are. Plurals are made by ``Inflection``. This is data.
enum StakeTable {
    static let words = """
        access: ownership owner membership sharing share impersonation delegate grant trustee approver ldap okta \
        kerberos oidc keytab sudoer sudoers federation idp factor authenticator realm serviceaccount superadmin \
        sysadmin \
        entitlement chmod chown lockout signin sso invitee authorizer privilege pat gpg presigned sas clearance \
        spender operator allowance approval
        secrets: keypair keystore truststore hsm pkcs jwt dotenv secrets kms wif env vars seed keyring passkey pgp
        money: beneficiary payslip allotment salary wage compensation bonus payroll tax vat expense reimbursement \
        budget bid bidding \
        adset adgroup iban leverage collateral commission tariff royalty payee biller overdraft
        network: whitelisted allowlisted nameserver nameservers redirect redirection route subnet gre ipsec \
        wireguard bgp vlan vxlan \
        vnet sdn peering privateendpoint peconnection wifi ssid hotspot forwarding proxypass rewrite \
        nat dhcp bastion ingress egress mx spf dkim dmarc dnssec ipset whitelist cidr cname
        infrastructure: disk lvm zfs zpool lun raid ceph osd partition loadbalancer balancer nodepool autoscaler \
        hpa pdb pvc \
        router hypervisor bios kernel grub fstab crontab cron systemd daemonset replica \
        replication cdn datastore runner failover traffic mainframe switchover storageclass quorum
        safeguards: ssl tls cipher hsts ddos attack captcha protection protected exclusion exemption suppression \
        detection detector dlp siem edr antivirus waf ruleset \
        guardrail ratelimit throttle quota retention immutability masking filtering inspection isolation \
        compliance watchdog failsafe interlock breaker safety protect
        outward: courier driver technician court regulator announcement newsletter tweet webhook hook mirror \
        publicly anyone everyone internet syndication broadcast \
        livestream sms fax gmail outlook correo courriel envelope offer storefront linkedin push voicemail \
        public whatsapp telegram
        physical: door garage gate valve pump breaker lock alarm siren engine vehicle car truck drone actuator \
        setpoint plc \
        conveyor elevator crane turbine boiler furnace oven reactor relay scada modbus opcua coil \
        ignition trunk deadbolt shutter charger inverter insulin ventilator
        configuration: trigger concurrency setting settings config configuration preferences sysctl tunable gpo \
        appsettings \
        bootloader konfiguration configuración einstellung
        records: patient medication prescription allergy diagnosis dosage dose vitals treatment immunization fhir \
        surgery grade \
        verdict agreement deed ballot birthrate custody visa passport \
        certification claim
        """

    /// Two words in a row that put at stake what neither does alone.
    static let pairs = """
        access: access request, access app, access level, deploy key, user enabled, sign in, api client, \
        service account, \
        service principal, trust policy, permission set, security group, admin user, super user, ssh key, \
        authorized key, \
        job token, bot token, api token, access token, personal token, reg token, registration token, trigger token, \
        share link, sharing link, invite link, signed url, org member, group member, project member, ldap link, \
        user role, \
        file permission, resource guard, oauth app, oauth application, oauth client, application client, api key, \
        iam binding, role binding
        secrets: root token, recovery key, recovery code, environment variable, env var, client secret, signing key, \
        encryption key, key pair, seed phrase, secure file, key vault, private key
        money: card limit, virtual card, debit card, spending limit, agent wallet, upgrade plan, auto recharge, \
        auto topup, sign message, sign data, sign payload, typed data, \
        payment method, bank detail, bank account, credit card, billing account, daily budget, ad spend, plan limit, \
        tax rate, journal entry, credit note, purchase order, budget schedule, ad campaign, payout schedule, \
        bid strategy
        network: load balancer, name server, page rule, public ip, static ip, elastic ip, port forward, dns record, \
        private endpoint, access list, ip list, traffic split, call forwarding, live call, forwarding address, \
        custom domain, rewrite rule, mac address, wireless network, gateway target
        infrastructure: metadata location, storage location, data location, function code, task definition, \
        update function, change set, create stack, \
        update stack, delete stack, pause project, pause site, stop service, close index, storage pool, ceph pool, \
        zfs pool, consumer offset, group offset, replica set, auto scaling, node pool, power state, \
        container image, helm release, set image, update image, change image, \
        serverless cache, route server, managed lustre, lustre fs, file share
        safeguards: approval rule, push rule, protected branch, protected environment, branch protection, merge check, \
        rate limit, filtering rule, inspection rule, access rule, security rule, detection rule, transport rule, \
        inbound rule, outbound rule, ip rule, dlp rule, business rule, inbox rule, mail rule, forwarding rule, \
        freeze period, audit log, log retention, legal hold, \
        url category, malicious url, destination group, source group, application segment, segment group, edge group, \
        spam filter, mr approval, two factor, recovery plan, status check
        outward: status page, system hook, group hook, project hook, push notification, direct message, press release, \
        public link, public post, offer letter, phone call, make call, place call, start call, outbound call, \
        broadcast message, job posting, app store, play store, \
        sign document
        physical: front door, garage door, emergency stop, e stop, door lock, alarm system, smart lock, security system
        configuration: feature flag, system setting, kill switch, registry key, group policy
        records: medical record, health record, lab order, lab result, blood test, care plan, student record, \
        insurance claim, court filing, \
        treatment plan
        """
}
