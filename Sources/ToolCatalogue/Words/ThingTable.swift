/// Nouns and adjectives by the kind of thing they name. Plurals are made by ``Inflection``.
enum ThingTable {
    static let english = """
        money: payment invoice payout refund checkout escrow loan withdrawal payroll disbursement donation remittance \
        chargeback mandate
        perhaps money: spender allowance liquidity savings reward rewards earn yield wire credit gift eth sol fund \
        charge price pricing billing balance wallet transaction trade stock crypto coin btc \
        bitcoin eth ethereum usdc usd swap portfolio subscription deposit bill coupon dispute \
        satoshi utxo psbt bank ach nft defi collateral margin purchase sale order market ticker
        money leaves: bid liquidity savings wire refund payout transfer withdrawal order swap position trade \
        disbursement remittance bet
        trade: order position trade stock crypto option portfolio swap margin leverage broker leg limit
        access: policy permission role acl privilege iam rbac identity principal sso mfa totp admin collaborator \
        restriction credential entitlement saml scim oauth rolebinding clusterrolebinding clusterrole \
        serviceaccount auth superuser passkey \
        authorization authentication delegation allowlist whitelist denylist blacklist trust
        perhaps access: group user member team account owner-role owner key scope admin guest access
        member: member user collaborator participant guest owner admin viewer
        secret: secret password passphrase mnemonic credential totp otp passcode privatekey
        perhaps secret: token key certificate cert apikey vault env environment cookie
        person: customer patient contact fhir medication allergy diagnosis prescription immunization payslip tax \
        employee person people prospect candidate applicant lead payroll salary subscriber student \
        passport kyc ssn voter donor beneficiary policyholder taxpayer visitor citizen resume cv wage \
        compensation vitals \
        symptom glucose genome demographic insured tenant-record \
        biometric passport resident subscriber attendee passenger guest medical health-record family
        sensitive: audit email mail inbox balance wallet transcript conversation screenshot attachment \
        clipboard \
        cookie statefile heap memory-dump dump dm voicemail recording
        message: email mail message chat conversation dm inbox thread
        container: site collection workspace mailbox repository repo database db cluster namespace instance server \
        vm machine volume disk bucket account \
        organization organisation org tenant table backup domain zone network vpc stack environment node fleet \
        keyspace warehouse datastore filesystem vault hypervisor datacenter droplet region nodegroup catalog vdc \
        broker vhost everything vmss user team infrastructure
        machine: router cluster instance server vm machine nodegroup pod deployment vmss droplet hypervisor \
        infrastructure \
        daemon fleet datacenter kernel lxc qemu nodepool daemonset statefulset replicaset vdi appliance autoscaling \
        vps \
        firmware fargate kubernetes helm microvm guest container
        perhaps machine: node stack host service resource manifest workload yaml replica broker gpu runtime \
        environment infra process compute
        network: domain subdomain hostname network networkpolicy dns firewall route subnet vpn ingress proxy \
        certificate cors waf loadbalancer nat cidr securitygroup \
        port tunnel vpc acl peering allowlist webhook funnel expose
        safeguard: spending allowance encryption kms logging retention audit compliance backup protection guardrail \
        antivirus malware \
        quarantine firewall waf mfa dlp lock policy lifecycle replication restriction visibility security
        guidance: help guidance guide instruction howto usage advice documentation doc docs tutorial cheatsheet faq \
        tutorials onboarding-guide
        figure: regression anova ttest histogram correlation covariance interpolation integral derivative distribution \
        percentile quantile eigenvalue decomposition residual coefficient timestamp uuid checksum regex estimate summary calculation range date time geometry preview report \
        statistic chart-data embedding quote hash expression formula equation diff comparison analysis url link
        state: status info information detail version health history list count metric stat statistics summary \
        schema metadata overview log event type definition capability availability activity size state usage
        read query: promql kql kusto soql sosl logql jql traceql spl metricsql insights select
        code: code script program notebook javascript python expression lambda function bytecode snippet macro \
        workflow \
        playbook jsx sql eval repl
        shell: applescript osascript zsh winrm wmi shellcode shell bash terminal powershell cmd command cli ssh \
        sudo subprocess console-command
        query: sql query statement cypher gremlin sparql kql graphql mql dax gql kusto ppl dsl
        owes: paid liquidity savings reward wire credit dispute payment invoice payout refund checkout escrow loan \
        withdrawal disbursement donation remittance charge order \
        trade position transfer subscription deposit stake bid transaction swap bet purchase psbt booking ticket bill tx
        minor: star reaction emoji label tag watcher notification bookmark favorite favourite like pin \
        comment-reaction \
        vote reminder cursor highlight viewport zoom selection alias color colour theme tab window bell badge focus \
        typing timer playback volume-level
        bulk: everywhere all batch bulk multiple every everything mass many entire wildcard recursive recursively
        outward: email mail sms tweet public publicly internet social newsletter campaign press linkedin telegram \
        whatsapp facebook instagram tiktok youtube reddit mastodon bluesky weibo world anyone external gist outbound
        job: crawler bake job workflow pipeline build run task training execution deployment scan crawl ingestion migration sync \
        dag \
        inference campaign experiment simulation test schedule trigger
        passing: cache console selection clipboard tab window breakpoint highlight cursor buffer notification temp \
        temporary \
        tmp timer undo playback marker
        practice: sandbox mock demo dummy simulated paper fake testnet playground sandboxed
        production: production prod mainnet
        agent: agent copilot assistant bot subagent autonomous
        handle: connection session subscription handle websocket socket context tab channel login
        log: log logs
        check: aggregation check diagnostic diagnostics report search analysis audit health scan lint query forecast simulation \
        validation inspection evaluation review assessment preview comparison statistic explain
        modifier: batch bulk multi force safe safely auto quick simple advanced complex hybrid smart mass semantic \
        full \
        raw direct async sync my local remote native custom dynamic new-style smartly vector deep fast
        finding: alert vulnerability advisory finding incident cve
        action: action operation mode method command op verb subcommand activity task act intent
        lead-in: this tool use used using to the a an for allows allow you can that will is it helper function lets \
        let please api endpoint utility which and also we our your its in on of be with by command operation method \
        enables enabling when calling call i agents agent users user llm ability designed intended able primary
        negation: not no never without cannot nothing doesn't don't won't isn't neither nor non n't
        joins: and or then
        weak: load open import export process request render switch start play take go access
        recipient: recipient cc bcc phone recipients mailto
        foreign: issue comment ticket review page post email mail message web webpage website feed note document file \
        attachment discussion thread transcript pull pr conversation article url news channel inbox event
        draft: draft template proposal
        heavy: publish unpublish yank protect elevate reroute reprotect isolate quarantine disarm unseal seal rekey \
        cordon uncordon taint untaint scale retarget power \
        decommission enforce bypass exempt waive relax cutover switchover terminate prescribe flash sideload \
        ownership depose repoint federate harden release promote grant authorize authorise force override disable \
        deactivate suspend expose ban block share invite forward broadcast tweet email sms \
        approve discharge arrest apprehend prosecute extinguish withhold remediate vacate inoculate surrender \
        disengage advertise repost fly takeoff goto dispense actuate aspirate ignite inflate deflate hoist irrigate lubricate preheat pressurize accelerate brake \
        steer jog engrave titrate sterilize vaccinate disinfect tow weld calibrate honk overclock reprogram reflash \
        appoint certify countersign cosign endorse expedite impose notarize penalize ratify veto adjudicate subpoena \
        overrule seize confiscate intercept spoof sabotage prohibit forbid timeout divert retire retract reissue \
        reinstate disallow deauthorize unauthorize restrict permit commence evacuate takeover \
        resign retweet negotiate unshare unlist \
        migrate restore rollback rotate apply failover impersonate elevate escalate transfer overwrite evict \
        unprotect unlock cutover quarantine
        bookable: flight hotel room ticket trip itinerary stay seat appointment restaurant table ride
        holdings: position portfolio holding balance
        paper: dispute invoice receipt estimate quote statement reminder bill
        credential half: impersonation role anon master admin storage subscription connection provisioning recovery enrollment api access auth bearer refresh private secret ssh deploy \
        service personal session signing master
        settings: configuration config setting preference flag variable configmap
        program: application app project image docker code package lambda function binary solution workspace program
        trifle: reaction emoji star favorite favourite bookmark like vote rating
        queued: job
        started: run execution invocation
        mainline: pull pr mr branch trunk master production main
        site: webapp website site frontend webpage homepage storefront blog
        preposition: from in of for to with on by using via at into within through under when where that which and \
        or if \
        as between about per only up
        amount: amount currency price qty quantity notional symbol recipient payee payer slippage iban cents \
        stoploss takeprofit satoshi sat
        confirm: confirm confirmed confirmation approve acknowledged
        saved: output filename filepath path save destination dest outfile directory folder dir
        web: url uri http webpage website web page link href
        """

    static let others = """
        money: dinero geld argent denaro dinheiro 钱 资金 お金 돈 деньги 款项
        amount: importe betrag montant importo valor 金额 金額 금액 сумма
        outward: correo courriel 邮件 邮箱 短信 メール 이메일 e-mail почта письмо электронное-письмо correio
        settings: 配置 设置项 設定値 설정값 konfiguration einstellungen configuración configuracion paramètres configuration \
        настройки
        shell: 命令 终端 シェル コマンド 명령 명령어 befehl comando commande команда
        money: 付款 支付 退款 发票 订单付款 請求書 支払い 결제 송장 rechnung zahlung factura pago facture paiement fatura pagamento \
        fattura счёт платёж платеж
        perhaps money: 余额 价格 钱包 交易 订单 票价 残高 注文 取引 잔액 주문 거래 konto bestellung saldo pedido commande solde ordine заказ
        access: 权限 角色 策略 权限组 権限 ロール ポリシー 권한 역할 berechtigung rolle richtlinie permiso rol política autorisation rôle \
        permissão политика роль права
        perhaps access: 用户 组 成员 账号 帐户 ユーザー グループ 사용자 그룹 benutzer usuario utilisateur usuário utente пользователь
        secret: 密码 密钥 凭证 パスワード 秘密鍵 비밀번호 passwort contraseña mot-de-passe senha пароль
        person: 客户 患者 联系人 个人信息 顧客 고객 환자 kunde клиент
        container: benutzer usuario utilisateur usuário utente пользователь 用户 ユーザー 사용자 数据库 数据表 集群 实例 服务器 仓库 账户 \
        データベース サーバー テーブル 데이터베이스 서버 datenbank servidor serveur база сервер
        machine: 服务器 集群 实例 容器 サーバー 서버 servidor serveur сервер
        bulk: 所有 全部 批量 全て すべて 모든 alle todos toutes tous todas tutti все
        """
}
