/// Words by which an act is told by where it reaches. This is data.
extension WordSet {
    /// What programs are put together from: whoever manages them lets strangers' code in.
    static let installed = set(
        "package packages plugin plugins extension extensions addon addons dependency dependencies module modules apps")
    /// Ends what others are connected by.
    static let cutting = set("close disconnect kill terminate drop end")
    static let connected = set("connection connections")
    /// What is taken away where somebody is signed out.
    static let ending = set(
        "removing revoking invalidating terminating ending killing deleting removes revokes invalidates terminates ends "
            + "kills deletes remove revoke invalidate terminate end kill delete")
    static let sessions = set("session sessions")
    static let active = set("active user users client clients signin login")
    /// Arguments by which a message that is looked at leaves its queue.
    static let consuming = set("ack ackmode acks autoack noack requeue acknowledge consume")
    /// What lies in queues.
    static let queued = set("message messages record records item items")
    /// Verbs that let go on what has begun.
    static let resuming = set("resume resumes continue continues unpause unpauses retry retries restart restarts")
    static let begun = set("run execution executions job jobs invocation")
    /// What is cut out of a picture, a sound or a text; nothing is lost by it.
    static let retouched = set(
        "background backgrounds noise watermark watermarks silence whitespace blemish shadow shadows vocals artifacts hum "
            + "filler outlier outliers duplicates stopwords")
    /// What a tool keeps of its own calls.
    static let keptOfCalls = set("history console output cache")
    /// Puts something down: on a page, into a field.
    static let dropping = set("drop drops")
    static let onto = set("onto into on")
    /// What is dropped for good.
    static let dropped = set(
        "table tables index indexes column columns trigger constraint collection database schema view partition sequence "
            + "role user connection policy function procedure keyspace graph privilege")
    /// What is seen of a browser: the next click opens it again.
    static let browsed = set("page tab tabs window browser viewport")
    static let browsing = set("close resize minimize maximize focus")
    /// Numbers of things to be bought as a machine's.
    static let stepped = set("name tier capacity family size")
    /// What is under way with what stands before it.
    static let worked = set("job jobs pipeline pipelines import imports export exports")
    /// A table that is drawn, not one that is filled.
    static let drawn = set("pivot pivottable markdown html slide docx word")
    /// What only shows things that are kept elsewhere.
    static let viewed = set("issue issues agile scrum kanban sprint")
    /// A list by its verb.
    static let lists = set("list lists enumerate enumerates")
    /// What machines are tied to a network by.
    static let wired = set("wan cwan vpc transit network gateway vpn subnet volume interface eni directconnect")
    /// Says how an argument chooses among what is looked at.
    static let narrowing = set("types filter filters kinds")
    /// Kept where a picture was made of.
    static let filmed = set("video mp4 gif movie animation mp3 wav disk")
    static let rendering = set("render renders")
    /// Halves of keys that everybody may see.
    static let openKeys = set("ssh gpg deploy public")
    static let aggregating = set("aggregate aggregation aggregations")
    static let pipelines = set("pipeline pipelines")
    static let batches = set("batch")
    static let measured = set("metric metrics formula formulas")
    static let policies = set("policy policies")
    static let browsers = set("browser chrome chromium firefox tab page")
    static let mailing = set("mail mails mailed texts page pages")
    static let addressees = set(
        "visitor visitors responder responders contact address reporter reporters tenant tenants")
    /// Said before it happens.
    static let rehearsing = set("preview dryrun rehearse")
}
