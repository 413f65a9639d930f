/// Verbs in their base form by what they do; a `~` marks one that is as often a noun or an adjective.
///
/// This is data: a line is a heading of ``Act`` and its words. Other forms are made by ``Inflection``.
enum VerbTable {
    static let english = """
        look: giveback getback playback~ readback printout~ checkup~ decrypt reveal unmask unwrap~ get list describe show view~ read~ fetch retrieve find search~ query~ \
        lookup~ check~ count~ inspect browse \
        explore enumerate discover detect diagnose troubleshoot identify recommend suggest preview~ verify validate \
        ping~ whoami poll monitor~ observe examine investigate analyze analyse audit~ review~ compare diff~ trace~ \
        recall locate determine see obtain crawl scrape extract download~ report~ summarize summarise explain help~ \
        decide deduce hunt~ receive proofread paraphrase backtest illustrate revisit \
        inform tell is has exists exist ls cat~ grep glob stat~ head~ tail~ collect gather return~ provide lookup~ \
        ask answer~ introspect capture screenshot~ measure peek display~ tally await wait sample~ assess \
        profile~ probe benchmark~ aggregate~ filter~ learn understand track~ visualize visualise highlight~ know \
        browse scan~ whois sniff exists iterate consult view~ select~ triage estimate~ watch~ surface~ test~ enrich \
        autocomplete screen~ investigate see~ look~ inquire resolve~ quote~
        compute: weigh~ decompose propose~ workout~ makeout reckon round~ mix~ substitute~ vary~ permute exponentiate transcode~ standardize discretize lemmatize canonicalize categorize~ collate resample quantify vectorize beautify minify humanize \
        upscale triangulate brainstorm interleave intersect upsample downsample prettify spellcheck \
        prepare plan~ design~ subtract multiply divide sum~ average~ median~ mean~ factorize differentiate \
        integrate~ tabulate calculate compute convert format~ parse encode decode hash~ simulate translate geocode \
        evaluate~ \
        optimize optimise lint tokenize tokenise solve normalize normalise classify predict forecast~ think reason~ \
        echo~ render~ construct~ interpolate derive correlate score~ rank~ infer embed~ synthesize decompile \
        disassemble interpret transcribe recognize recognise compose~ expand roll~ emulate match~ reformat demangle \
        generate~ decode reverse~ plot~ fit regress impute winsorize
        manage: carryout manage perform operate use~ work~ handle~ process~ control~ administer interact make do take~ support~ \
        enable allow~ help~ facilitate
        make: assemble fabricate create generate~ build~ produce construct~ initialize~ init initialise scaffold new~
        write: pull~ putback bringback moveup turnover signup~ signoff checkin~ writeoff backup~ fillin fillout \
        linkup layout~ turnoff switchoff putup takeover handover handback standup phaseout switchover topoff rollup~ enter~ tweak align anonymize convey delay~ discharge~ distribute~ employ~ establish implement inoculate \
        instruct localize offload orient~ pack~ postpone prefill preserve prevent prioritize procure rebook recruit \
        remediate stabilize stretch~ transplant unload~ unwind vacate withhold symlink~ unite unplug tether~ \
        apprehend arrest~ prosecute extinguish rescue~ defrost descale depart disengage engage~ conserve coordinate \
        condense concatenate compact~ amplify~ appraise assert~ attest declare enlist exclude~ inhibit \
        mitigate mobilize monetize obligate rehearse rejoin reprice restage reuse surrender synchronise \
        tidy checkin~ uncheck untick tick~ \
        print~ keep~ pick~ cherrypick cherry~ vacuum~ reclaim~ adapt amend animate arrange augment combine~ consolidate~ contribute correct decorate dedupe deduplicate define \
        defer downsize elect enhance~ enlarge enqueue ensure equalize hide~ include~ improve~ introduce~ invert~ \
        maintain maximize~ minimize~ nominate obfuscate organize paste~ permit~ persist propagate qualify~ randomize~ \
        rearrange recalibrate reconnect reconstruct recover~ reduce~ reenable refine regenerate reinstate reissue \
        relink remount reorganize rephrase replicate~ reposition reprioritize reprint republish requeue reseed reshape \
        resign restock restrict restructure resubmit resurface resync retain retake rethrow retire retract retouch \
        revise rewrite sanitize shorten~ shuffle~ simplify~ specify~ supersede suppress \
        tilt~ uncomment unfreeze unhide unify unlist unpack unpair unpark unpause unshare unzip widen~ blend~ blur~ \
        brighten darken colorize flip~ smooth~ weld~ dispense actuate aspirate calibrate evacuate hoist~ ignite inflate \
        deflate lubricate preheat pressurize accelerate brake~ steer~ jog~ engrave titrate sterilize vaccinate \
        disinfect irrigate tow~ honk takeoff~ fly~ goto  overclock reprogram reflash autofill disallow deauthorize unauthorize \
        appoint certify countersign cosign endorse~ expedite impose notarize penalize ratify \
        veto~ negotiate adjudicate indict subpoena summon~ evacuate overrule seize~ confiscate \
        intercept~ spoof~ degrade~ throttle~ timeout~ sabotage prohibit forbid takeover~ commence \
        reimpose conceal disclose~ divert~ reallocate redistribute \
        create add update~ set~ put write~ edit~ modify change~ save store~ insert upsert append prepend \
        upload~ \
        import~ copy~ move~ rename configure register schedule~ reschedule submit approve reject accept decline close~ \
        reopen archive~ unarchive restore~ merge~ commit~ push~ clone~ fork~ duplicate~ replace patch~ sync~ \
        synchronize open~ lock~ unlock pause resume~ annotate grant~ transition~ migrate reserve~ draft~ record~ \
        index~ \
        reindex ingest load~ populate fill complete~ finish provision activate deactivate enable disable rotate resize \
        reorder sort~ draw paint adjust increase~ decrease~ increment~ decrement~ toggle switch~ checkout~ unstage \
        rebase revert~ escalate reassign assign allocate transform~ shift~ extend renew~ remember~ memorize \
        learn~ upgrade~ downgrade~ promote demote mount~ expose cordon uncordon taint~ untaint \
        label~ relabel unlabel override~ assume arm disarm undelete turn~ overwrite~ finalize redact crop trim~ \
        split~ protect unprotect~ suspend~ \
        unsuspend customize refactor~ redeem~ log~ post~ tag~ order~ format~ export~ mutate \
        silence~ unsilence raise~ lower~ dim~ seal~ unseal isolate unisolate contain~ enroll enrol opt~ issue~ \
        prescribe encrypt~ \
        rekey reencrypt whitelist~ blacklist~ allowlist~ denylist~ yank~ deprecate~ undeprecate \
        cutover~ impersonate elevate sudo~ hire~ dismount unmount~ dock~ undock reprotect \
        repoint reroute redirect~ mirror~ federate provision enforce waive~ bypass~ exempt~ relax tighten harden \
        reconfigure refill recalculate~ rotate revalidate~ reconcile reclassify relocate rehome sideload~ flash~ \
        createorupdate addorupdate updateorcreate transact compress convert~ fix~ repair~ apply~ alter turn~ make~ \
        seed~ refresh~ request~ unset reset~ setup \
        rollover authorize authorise deny block~ unblock ban~ unban quarantine~ release~ alias~ undo~ redo~ \
        merge~ unmerge group~ ungroup freeze~ place~ play~ skip seek~ mine~ cache~ onboard sign~ borrow \
        propose vote~ delegate~ confirm claim~ stash~ uncomment embed~ rate~ ship fulfill fulfil triage~ click~ \
        press~ type~ drag~ force~ tap~ swipe~ escalate retarget void~
        touch: star~ unstar follow unfollow like~ react mark~ dismiss snooze~ acknowledge ack subscribe psubscribe \
        unsubscribe bookmark~ favorite~ favourite~ upvote downvote pin~ unpin unwatch mute~ unmute resolve~ \
        unresolve focus~ scroll~ zoom~ hover stage~ rate~ login~ logout~ untrash \
        authenticate switch~ resize navigate~ rewind~
        send: deliver emit~ repost advertise transmit remind urge nudge~ rsvp~ resend solicit petition~ dial~ fax~ courier~ send notify tweet~ publish broadcast~ announce forward~ reply~ share~ \
        invite~ email~ sms~ message~ \
        dm~ comment~ respond retweet~ toot notify telegram~ dispatch~ request~ unpublish contact~ call~ mail~
        link: link~ attach associate bind~ relate~ connect join~ map~ hook~
        unlink: disassociate dissociate unlink unassign untag unbind unmap detach disconnect unattach leave~ unhook
        cancel: giveup calloff backout abandon adjourn rescind cancel void~ abort~ stop~ halt~ end~ interrupt~ withdraw~ recall~
        run: spinup fireup kickoff startup~ rehydrate kickstart enact detonate reimage~ reload~ hotreload flashing~ reboot tune finetune train~ retrain backfill~ run~ execute exec~ invoke \
        trigger~ launch~ deploy redeploy eval evaluate~ shell~ compile~ rerun retry~ \
        rollback takedown spawn orchestrate automate inject~ fuzz~ sudo relaunch bootstrap~ rebuild~ upgrade~ \
        instantiate \
        exec invoke failover~ debug~ replay~ fire~ apply~ build~ dispatch~ call~ provision rebalance \
        reprocess rescan compile~ drain install reinstall restart reboot
        start: powerup powerdown poweroff closedown winddown start~ stop~ boot~ shutdown~ resume~ pause~ launch~ power~ wake~ begin~ initiate \
        suspend~ hibernate scale~
        destroy: throwaway throwout wipeout blankout tearup tearout clearout flushout eliminate eradicate vaporize jettison deface destruct dissolve expel oust exterminate cull nullify annul \
        scrap~ scrub~ unfriend uninvite disinvite delete remove drop~ destroy purge~ erase wipe~ clear~ truncate flush~ prune uninstall terminate kill~ \
        revoke evict discard~ expunge trash~ cleanup~ clean~ deprovision decommission deregister unregister forget \
        empty~ rm del rem unset~ nuke~ shred pop~ eject undeploy delist deallocate dispose obliterate \
        unprovision annihilate rmdir rimraf dequeue~ trim~ unpublish~ strip~ expire~ invalidate disenroll unenroll \
        offboard disband teardown kick explode~ zap~ hard-delete
        pay: acquire~ invoice~ spend~ compensate subsidize sponsor~ cashout outbid rent~ gamble bet~ bill~ crowdfund wrap~ unwrap~ fund~ claim~ wire~ pay remunerate prepay charge~ refund~ withdraw~ deposit~ buy sell~ \
        purchase~ trade~ stake~ unstake payout~ invest donate \
        tip~ bid~ lend repay liquidate reimburse remit wager~ gamble checkout~ short~ hedge~ disburse prepay \
        swap~ transfer~ topup recharge~ settle~ exercise~ bridge~ airdrop~ reinvest capture~ mint~ checkout~ book~ \
        burn~ escrow~ redeem~ unbond
        """

    /// Chinese, Japanese, Korean, German, Spanish, French, Portuguese, Italian, Russian. Forms are written out.
    static let others = """
        look: 查询 查看 获取 读取 列出 搜索 检索 查找 浏览 显示 统计 分析 检查 验证 下载 返回 提取 抓取 监控 取得 取得する 一覧 \
        検索 表示 参照 確認 照会 검색 조회 가져오 가져옵니다 확인 목록 읽기 listen anzeigen abrufen suchen lesen finden zeigen prüfen \
        liste listet zeigt liest sucht ruft listar buscar obtener leer mostrar consultar consulta obtiene lista busca \
        devuelve ver lister chercher rechercher lire afficher obtenir récupérer récupère affiche recherche consulter \
        obter ler exibir pesquisar elencare leggere cercare ottenere mostra получить получает показать показывает \
        найти поиск прочитать список читает возвращает просмотр
        compute: 转写 识别 合成 总结 摘要 计算 转换 解析 翻译 换算 评估 计算する 変換 翻訳 計算 계산 변환 berechnen umrechnen calcular convertir calculer \
        traduire converter calcolare вычислить рассчитать преобразовать
        write: 升级 降级 修复 训练 绑定 解绑 续期 归档 迁移 替换 合并 回滚 重置 授权 授予 禁止 解锁 锁定 批准 更改 分配 変更する リセット 付与 許可 無効 有効 変える 초기화 권한부여 승인 cambiar cambia \
        asignar asigna otorgar conceder bloquear desbloquear habilitar deshabilitar desactivar activar restablecer \
        mover \
        modifica changer attribuer accorder activer désactiver bloquer débloquer réinitialiser déplacer gewähren \
        zuweisen \
        sperren entsperren zurücksetzen aktivieren deaktivieren setzen setzt alterar atribuir conceder desativar \
        ativar \
        redefinir cambiare assegnare concedere bloccare abilitare disabilitare назначить разблокировать заблокировать \
        сбросить включить отключить 创建 新建 添加 增加 更新 修改 设置 写入 保存 上传 编辑 插入 导入 移动 重命名 复制 启用 禁用 配置 提交 预订 预约 发布 \
        作成 追加 更新する 変更 編集 保存する 登録 設定 アップロード 생성 추가 수정 변경 업데이트 저장 등록 설정 업로드 erstellen hinzufügen \
        aktualisieren ändern speichern bearbeiten anlegen schreiben erstellt ändert crear agregar añadir actualizar \
        modificar guardar editar escribir crea actualiza créer ajouter modifier mettre enregistrer écrire crée ajoute \
        criar adicionar atualizar salvar escrever creare aggiungere aggiornare modificare salvare создать добавить \
        обновить изменить записать сохранить создает создаёт
        send: 发送 回复 评论 分享 推送 通知 邀请 送信 投稿 返信 전송 보내기 발송 게시 senden veröffentlichen enviar publicar envoyer \
        publier inviare отправить опубликовать
        run: ejecuta iniciar reiniciar arrancar despliega exécute lancer démarrer redémarrer ausführt startet \
        neustarten \
        iniciar reiniciar avviare riavviare запускает перезапустить 再起動 再启动 재시작 执行 运行 启动 调用 部署 触发 重启 実行 起動 実行する 실행 \
        배포 ausführen starten ejecutar desplegar exécuter déployer \
        executar eseguire выполнить запустить
        cancel: 取消 停止 中止 キャンセル 취소 중지 abbrechen stornieren cancelar annuler annullare отменить
        destroy: 删除 移除 清空 清除 销毁 卸载 撤销 删掉 削除 消去 破棄 삭제 제거 löschen entfernen löscht eliminar borrar elimina \
        suprimir remover supprimer effacer supprime apagar excluir eliminare cancellare rimuovere удалить удаляет \
        очистить стереть
        pay: 汇出 缴费 支払う 送金する 購入する 이체 구입 transfiere paga überweist kauft virement verser achat transférer remboursement \
        pagamento trasferire перевод купить 支付 付款 退款 转账 购买 买入 卖出 下单 提现 充值 汇款 支払 払い戻し 返金 購入 送金 결제 환불 송금 구매 bezahlen \
        überweisen \
        erstatten kaufen pagar comprar reembolsar transferir payer acheter rembourser pagare comprare rimborsare \
        оплатить купить перевести вернуть
        """
}
