/// Nouns whose change puts more at stake than they are. Plurals are made by ``Inflection``. This is data.
enum StakeTable {
    static let words = """
        access: zugriff zugang eigentümer freigabe acceso propietario accès propriétaire acesso proprietário accesso \
        proprietario доступ владелец 访问权限 所有者 授权 アクセス権 所有権 접근 소유자
        secrets: zertifikat certificado certificat certificato сертификат 证书 私钥 環境変数 证书 인증서
        money: gehalt lohn steuer budget salario nómina impuesto salaire impôt stipendio imposta salário зарплата налог \
        工资 薪资 预算 税 給与 予算 급여 예산
        network: firewall dominio domaine domínio домен маршрут 防火墙 域名 路由 ファイアウォール ドメイン 방화벽 도메인
        infrastructure: festplatte almacenamiento stockage сервис 磁盘 负载 部署 ディスク 디스크
        safeguards: sicherung überwachung aufbewahrung copia respaldo sauvegarde резервная 备份 监控 加密 バックアップ 백업
        outward: ankündigung anuncio annonce annuncio anúncio объявление 公告 短信 公众号 朋友圈 お知らせ 공지
        physical: tür schloss ventil pumpe heizung puerta cerradura válvula bomba porte serrure vanne \
        pompe porta serratura valvola fechadura дверь замок клапан насос 门锁 阀门 水泵 设备开关 ドア 鍵 バルブ 밸브
        records: patient akte rezept paciente receta ordonnance ricetta paciente пациент 病历 处方 患者 カルテ 처방
        access: ownership owner membership sharing share impersonation delegate grant trustee approver ldap okta \
        kerberos oidc keytab sudoer sudoers federation idp factor authenticator realm serviceaccount superadmin \
        sysadmin \
        entitlement chmod chown lockout signin sso invitee authorizer privilege pat gpg presigned presign sas clearance \
        spender operator allowance approval consent access sudo
        secrets: keypair keystore truststore hsm pkcs jwt dotenv secrets kms wif env vars seed keyring passkey pgp cookiejar
        money: beneficiary payslip allotment salary wage compensation bonus payroll tax vat expense reimbursement \
        budget bid bidding campaign \
        adset adgroup iban leverage collateral commission tariff royalty payee biller overdraft
        network: whitelisted allowlisted nameserver nameservers redirect redirection route subnet gre ipsec \
        wireguard bgp vlan vxlan \
        vnet sdn peering privateendpoint peconnection wifi ssid hotspot forwarding proxypass rewrite \
        ipam acl nat dhcp bastion ingress egress mx spf dkim dmarc dnssec ipset whitelist cidr cname
        infrastructure: hardware disk lvm zfs zpool lun raid ceph osd partition loadbalancer balancer nodepool autoscaler \
        hpa pdb pvc \
        router hypervisor bios kernel grub fstab crontab cron systemd daemonset replica \
        replication cdn datastore cronjob ami stackset microservice runner failover traffic mainframe switchover storageclass quorum
        safeguards: ssl tls cipher hsts ddos attack captcha protection protected exclusion exemption suppression \
        detection detector dlp siem edr ioc antivirus waf ruleset \
        guardrail ratelimit throttle quota retention immutability masking filtering inspection isolation containment downtime \
        compliance blocklist automod moderation watchdog failsafe interlock breaker safety protect
        outward: responder responders courier driver technician court regulator announcement newsletter tweet webhook hook mirror \
        publicly anyone everyone internet syndication broadcast \
        livestream sms fax gmail outlook correo courriel envelope offer storefront linkedin push voicemail invitation postcard autoresponder autoreply ivr reel \
        public whatsapp telegram
        physical: door garage gate valve pump breaker lock alarm siren engine vehicle car truck drone actuator \
        setpoint plc \
        conveyor elevator crane turbine boiler furnace oven reactor relay scada modbus opcua coil \
        ignition trunk deadbolt shutter charger inverter insulin ventilator heater stove kettle sprinkler irrigation \
        gripper servo spindle nozzle extruder laser gcode pipette incubator syringe infusion pacemaker brake axes \
        waypoint takeoff altitude gimbal rotor winch hoist thruster uav exoskeleton forklift printhead
        configuration: integration connector automation plugin concurrency setting settings config configuration preferences sysctl tunable gpo \
        appsettings \
        bootloader konfiguration configuración einstellung réglage impostazione configuração
        records: patient medication prescription allergy diagnosis dosage dose vitals treatment immunization fhir \
        surgery grade employee \
        verdict agreement deed ballot birthrate custody visa passport \
        certification claim affidavit subpoena
        """

    /// Two words in a row that put at stake what neither does alone.
    static let pairs = """
        access: identity provider, client scope, presigned url, presigned link, sign users, signs users, admin access, root access, remote access, login method, password reset, reset password, reset mfa, \
        email address, recovery email, account email, account owner, primary owner, billing admin, \
        workspace owner, session limit, device trust, trusted device, api permission, app permission, \
        access request, access app, access level, deploy key, user enabled, sign in, api client, \
        service account, \
        service principal, trust policy, permission set, security group, admin user, super user, ssh key, \
        authorized key, \
        job token, bot token, api token, access token, personal token, reg token, registration token, trigger token, \
        share link, sharing link, invite link, signed url, org member, group member, project member, ldap link, \
        user role, login profile, conditional access, access review, app registration, client application, api scope, \
        oauth scope, session timeout, allowed ip, trusted origin, sudo rule, \
        file permission, resource guard, oauth app, oauth application, oauth client, application client, api key, \
        iam binding, role binding
        secrets: backup code, verification code, time code, create dsn, client key, access key, secret key, service key, admin key, deploy token, session token, refresh token, auth token, \
        root token, recovery key, recovery code, environment variable, env var, client secret, signing key, \
        root key, master key, connection string, license key, cookie jar, vault path, role key, \
        encryption key, key pair, seed phrase, secure file, key vault, private key
        money: bank transfer, wire transfer, transfer limit, trading limit, risk limit, position limit, credit line, \
        payment terms, payout account, refund policy, profit margin, \
        card limit, virtual card, debit card, spending limit, agent wallet, upgrade plan, auto recharge, \
        auto topup, sign message, sign data, sign payload, sign typed, signs typed, signing typed, \
        ad group, ad set, ad creative, create ad, update ad, publish ad, ad account, customer list, \
        expense report, stop loss, take profit, grid bot, trading bot, auto renew, auto renewal, \
        vendor bill, ledger entry, card control, direct deposit, pay schedule, \
        payment method, bank detail, bank account, credit card, billing account, daily budget, ad spend, plan limit, \
        tax rate, journal entry, credit note, purchase order, budget schedule, ad campaign, payout schedule, \
        bid strategy
        network: exit node, subnet router, allow list, deny list, block list, domain name, host name, hosted zone, txt record, aaaa record, srv record, caa record, ptr record, mx record, \
        dns entry, target group, listener rule, transit gateway, internet gateway, api gateway, vpn gateway, \
        customer gateway, floating ip, edge rule, service mesh, virtual service, endpoint group, private link, \
        security list, route map, \
        load balancer, name server, page rule, public ip, static ip, elastic ip, port forward, dns record, \
        private endpoint, access list, ip list, traffic split, call forwarding, live call, forwarding address, \
        custom domain, rewrite rule, mac address, wireless network, gateway target
        infrastructure: import definition, load definition, upload definition, apply definition, broker definition, \
        create endpoint, update endpoint, serving endpoint, register service, service registration, model stage, node group, scaling target, reserved capacity, provisioned capacity, capacity provider, ecs service, \
        lambda function, cloud function, edge function, event source, scheduled task, job queue, compute environment, \
        custom resource, storage class, parameter group, option group, maintenance window, boot device, boot order, \
        boot disk, virtual switch, machine image, launch template, launch configuration, kafka topic, event bus, \
        update broker, create broker, message broker, data pipeline, etl job, glue job, warehouse size, virtual warehouse, persistent volume, storage volume, \
        block volume, volume type, volume size, instance type, instance class, engine version, resource quota, \
        read replica, golden image, subnet group, replication task, push image, publish image, \
        metadata location, storage location, data location, function code, task definition, \
        update function, change set, create stack, update stack, delete stack, \
        pause project, pause site, stop service, close index, storage pool, ceph pool, \
        zfs pool, consumer offset, group offset, reset offset, replica set, auto scaling, node pool, power state, \
        container image, helm release, \
        serverless cache, route server, managed lustre, lustre fs, file share
        safeguards: region restore, region replication, region replica, geo redundancy, geo replication, \
        zone redundancy, time recovery, multi az, bucket versioning, object versioning, object lock, bucket lifecycle, incoming mail, incoming email, incoming message, content policy, moderation queue, alert threshold, failover policy, retention period, recovery point, \
        recovery mode, safe mode, tamper protection, secure boot, password expiry, lockout threshold, \
        data sharing, cookie banner, age limit, parental control, screen time, \
        schedule override, notification channel, notification policy, contact point, call schedule, call rotation, routing rule, \
        mute timing, merge rule, required check, content filter, disaster recovery, health check, maintenance mode, \
        freeze window, mdm profile, protected tag, escalation level, escalation path, escalation chain, alert routing, \
        alert destination, alert rule, alert policy, silence alert, mute alert, create silence, add silence, \
        merge train, approve operation, approve package, approve change, \
        approval rule, push rule, protected branch, protected environment, branch protection, merge check, \
        rate limit, filtering rule, inspection rule, access rule, security rule, detection rule, transport rule, \
        inbound rule, outbound rule, ip rule, dlp rule, business rule, inbox rule, mail rule, forwarding rule, \
        freeze period, audit log, log retention, legal hold, \
        url category, malicious url, destination group, source group, application segment, segment group, edge group, \
        spam filter, mr approval, two factor, recovery plan, status check
        outward: google post, business hours, press contact, media contact, sales offer, job offer, guest message, \
        contact form, bulk email, mass email, email blast, cold email, connection request, friend request, \
        reply comment, customer message, patient message, parent message, class announcement, emergency alert, \
        public comment, review reply, reply review, response review, \
        git push, push commit, push commits, push branch, push changes, email sequence, social post, store listing, app listing, job listing, publish listing, review response, \
        customer reply, support reply, ticket reply, incident update, calendar invitation, landing page, auto reply, \
        vacation responder, auto responder, phone number, caller id, call flow, podcast episode, upload video, \
        publish video, youtube video, create release, post job, job opening, tag release, page oncall, \
        instagram story, reject candidate, reject applicant, for signature, signature request, \
        submit application, \
        status page, system hook, group hook, project hook, push notification, direct message, press release, \
        public link, public post, offer letter, phone call, make call, place call, start call, outbound call, \
        broadcast message, job posting, app store, play store, \
        sign document
        physical: fire suppression, gas valve, water main, traffic light, signal light, railway switch, cabin pressure, \
        blood pump, oxygen flow, feeding pump, water heater, pool heater, hot tub, solar panel, smart meter, \
        parking brake, cruise control, auto pilot, landing gear, robot move, robot position, robot speed, \
        joint position, robot arm, arm pose, move arm, move robot, motor speed, bed temperature, \
        nozzle temperature, print job, flight plan, steering angle, power outlet, battery mode, grid export, \
        pressure limit, lawn mower, flow rate, infusion rate, pump speed, charge limit, tool head, \
        write register, holding register, write coil, modbus register, home axis, home axes, end effector, spindle speed, \
        front door, garage door, emergency stop, e stop, door lock, alarm system, smart lock, security system
        configuration: variable group, app setting, runtime version, php version, node version, schema registry, traffic weight, \
        canary weight, rollout percentage, experiment allocation, ab test, form webhook, default model, model config, \
        tool permission, agent permission, approval mode, auto approve, startup script, init script, database parameter, system parameter, registry value, release pipeline, \
        build definition, job definition, job template, routing profile, default branch, system prompt, \
        agent instruction, model endpoint, inference endpoint, ci pipeline, cd pipeline, build pipeline, \
        deployment pipeline, deploy pipeline, pipeline schedule, pipeline config, cron expression, server param, \
        server parameter, put parameter, create agent, update agent, configure agent, sub agent, mcp server, tool server, \
        update pipeline, maintenance page, \
        feature flag, system setting, kill switch, registry key, group policy
        records: blood pressure, medical history, vaccination record, birth certificate, marriage license, \
        driver license, criminal record, credit score, risk rating, beneficiary designation, power attorney, \
        health data, insurance policy, test score, final grade, \
        background check, employee record, performance review, termination date, case file, property record, \
        sign contract, update contract, terminate contract, employment contract, approve contract, file motion, \
        voter registration, kyc status, consent record, incident report, police report, exam result, leave balance, \
        lab test, \
        medical record, health record, lab order, lab result, blood test, care plan, student record, \
        insurance claim, court filing, \
        treatment plan
        """
}
