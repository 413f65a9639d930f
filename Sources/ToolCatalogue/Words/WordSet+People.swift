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
}
