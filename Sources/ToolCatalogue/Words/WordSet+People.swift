/// Words by which what people read is told from what programs pass on. This is data.
extension WordSet {
    /// Verbs that say something to somebody.
    static let saying = set(
        "send post reply respond answer message dm text schedule forward resend whisper remind notify broadcast publish "
            + "share announce transmit retweet tweet")
    static let sendingVerbs = set("send resend transmit forward publish post")
    /// What is said.
    static let said = set(
        "message messages dm dms mail mails email emails sms thread conversation chat whatsapp telegram slack discord "
            + "teams tweet reply replies photo voice gif sticker nachricht nachrichten mensaje mensajes mensagem "
            + "mensagens messaggio messaggi сообщение 消息 信息 メッセージ 메시지")
    /// What a verb for sending hands to a program.
    static let handed = set(
        "request command event events data key keys keystroke input signal packet prompt query metric metrics trace "
            + "feedback heartbeat transaction payload log logs file webhook invoice form")
    /// What carries messages between programs.
    static let programs = set(
        "queue queues topic topics exchange stream streams broker pubsub kafka sqs mqtt rabbitmq redis eventbridge "
            + "eventgrid agent agents bus subscriber subscribers")
    /// What is said about code or work is Medium: those who read it work on it.
    static let reviews = set("comment comments review reviews discussion issue merge pr mr note commit pull")
    /// What strangers look at.
    static let posts = set(
        "post posts tweet tweets story stories reel reels video videos thread threads pin pins article status profile "
            + "bio photo carousel poll short shorts")
    /// Where strangers look.
    static let networks = set(
        "timeline followers twitter linkedin instagram facebook tiktok youtube reddit subreddit mastodon bluesky "
            + "threads pinterest weibo wechat xiaohongshu")
    /// What servers of networks and chats speak of.
    static let people = set(
        "tweet tweets retweet follower followers following timeline hashtag hashtags dm dms instagram facebook linkedin "
            + "twitter reddit subreddit tiktok story stories reel reels bluesky mastodon whatsapp telegram discord "
            + "slack repost mention mentions feed youtube")
    /// What servers that pass messages between programs speak of.
    static let queues = set(
        "queue queues topic topics exchange exchanges broker kafka consumer consumers partition partitions sqs mqtt "
            + "pubsub vhost")
    /// Verbs of looking that speak to somebody where the name sends.
    static let addressing = set("ask asks answer answers tell tells inform informs")
    /// Say how much is told of a thing, not another thing.
    static let transparent = set(
        "detail details detail info information data record records history list log logs content contents body text "
            + "transcript transcripts entry entries source raw full profile profiles card file files metadata activity "
            + "summary object objects item items address addresses number numbers results")
    /// What says of a message that no person wrote it.
    static let printed = set(
        "error errors commit broadcast banner diagnostic warning debug status log compiler validation exception system")
    /// Says that it is about who asks.
    static let oneself = set("current me my own self authenticated whoami")
    /// Where appointments stand.
    static let calendars = set("calendar calendars agenda outlook gcal")
    /// What one person holds.
    static let heldByPeople = set("policy account card ticket passport license licence permit pass badge contract")
    static let logs = set("log logs")
    /// Logs that hold addresses and whatever was asked for.
    static let loggedBy = set("access error raw server request system debug security firewall")
    static let meetings = set("event events meeting meetings appointment appointments agenda entry entries invitation")
    /// How somebody comes in.
    static let signingIn = set("login logins signin signins logon logons sign authentication auth")
    /// What happened.
    static let happened = set("event events failure failures history attempt attempts activity log logs audit")
    static let variables = set("variable variables var vars")
    /// What physicians look at.
    static let examined = set(
        "image images frame frames study studies series encounter encounters observation observations chart charts "
            + "record records note notes document documents slide result results visit visits sample samples")
    static let ofImages = set("set sets instance instances metadata pixel pixels")
    /// What servers of medicine speak of.
    static let care = set(
        "patient patients dicom dicomweb fhir ehr emr clinical clinician encounter diagnosis diagnoses ward medication "
            + "medications prescription prescriptions")
    /// What passed through, whatever it was.
    static let captured = set("pcap packets keystrokes keylog console syslog")
    /// What is public on a chain.
    static let onChain = set(
        "address addresses mempool utxo utxos block blocks rune runes brc inscription inscriptions onchain chain")
    /// What servers of chains speak of.
    static let chains = set("mempool utxo utxos block blocks chain runes inscription inscriptions mainnet gas ens")
}
