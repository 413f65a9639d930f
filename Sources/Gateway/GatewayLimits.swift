/// Bounds of the line, named in one place.
public enum GatewayLimits {
    /// Largest request body or line from a client, bytes.
    public static let requestBytes = 4 * 1024 * 1024
    /// Audit entries waiting to be written; one more and calls are denied.
    public static let auditQueueEntries = 16_384
    /// The same in bytes of captured arguments and text.
    public static let auditQueueBytes = 64 * 1024 * 1024
    /// Audit entries written in one transaction.
    public static let auditBatch = 1024
    /// How long the audit writer gathers before it writes.
    public static let auditGather = Duration.milliseconds(10)
    /// How long it waits before it tries a failed write again.
    public static let auditRetry = Duration.seconds(1)
    /// An identity provider's token, bytes.
    public static let tokenBytes = 16 * 1024
    /// Such tokens that are known to be in order at once.
    public static let verifiedTokens = 20_000
    /// How long one is known to be, seconds, before it is judged again.
    public static let tokenTrust: Int64 = 300
    /// Legacy sessions kept at once, all principals together.
    public static let sessions = 20_000
    /// Of them, one principal's.
    public static let sessionsPerPrincipal = 12_000
    /// How long a legacy session may lie idle.
    public static let sessionIdle = Duration.seconds(30 * 60)
    /// Event streams of one legacy session that are kept to be resumed.
    public static let streamsPerSession = 64
    /// Events kept of one stream.
    public static let eventsPerStream = 256
    /// Bytes of events kept of one stream.
    public static let eventBytesPerStream = 4 * 1024 * 1024
    /// Bytes of events kept of one session.
    public static let eventBytesPerSession = 8 * 1024 * 1024
    /// Bytes of events kept of all sessions together.
    public static let eventBytes = 64 * 1024 * 1024
    /// How long events are kept after their stream was last spoken on or read.
    public static let eventAge = Duration.seconds(5 * 60)
    /// Bytes of events that may wait for a connection to take them before it is cut off.
    public static let unreadEventBytes = 32 * 1024 * 1024
    /// Requests one conversation may have open.
    public static let openRequestsPerConversation = 1024
    /// Jobs of the slow lane that have not ended; one more is refused.
    public static let slowLaneJobs = 8192
    /// Pages read when a server's whole list is taken.
    public static let listPages = 1000
    /// How long after a client's first list the one that clients of the other era see is taken.
    public static let otherListPause = Duration.milliseconds(500)
    /// Tools of one server.
    public static let toolsPerServer = 20_000
    /// How long a client may take between two legs of a multi-round-trip request.
    public static let roundTripLife = Duration.seconds(10 * 60)
    /// Calls that wait here for a client's input between two legs.
    public static let parkedCalls = 4096
    /// Of them, one principal's.
    public static let parkedCallsPerPrincipal = 256
    /// Legs that a call of a legacy client is led through with a modern server.
    public static let inputRounds = 16
    /// How long it is waited before a server that asks for nothing but patience is asked again.
    public static let patience = Duration.milliseconds(500)
    /// Things servers may want to know of one conversation's client at once.
    public static let questionsPerConversation = 64
    /// How long a client that listens waits for its server to begin to tell.
    public static let listenPatience = Duration.seconds(1)
    /// How long the servers of a stack are waited for before an answer is given without those that are missing.
    public static let stackPatience = Duration.seconds(10)
    /// Bytes of a server's id of a task.
    public static let taskIDBytes = 1024
    /// Servers of a stack that are asked for their part of one request at once.
    public static let stackQuestions = 16
    /// Bytes of the servers' pages that make one page of a stack's list; what is more comes with the next.
    public static let stackListBytes = 8 * 1024 * 1024
    /// Bytes of a cursor of a stack's list that are read.
    public static let stackCursorBytes = 256 * 1024
    /// Bytes of the servers' instructions that a stack's client is told.
    public static let stackInstructionBytes = 64 * 1024
    /// How long changes of one list are gathered before they are told again.
    public static let changeGathering = Duration.milliseconds(200)
    /// After a look at a server's tools that it said have changed, how long until the next.
    public static let reviewPause = Duration.seconds(1)
    /// Subscriptions (`subscriptions/listen`) open at once, all principals together.
    public static let subscriptions = 8192
    /// Of them, one principal's.
    public static let subscriptionsPerPrincipal = 4096
    /// Resources one subscription, or one conversation, may watch.
    public static let watchedResources = 1024
    /// Characters of a client's or an upstream's own words kept in an audit entry.
    public static let auditTextBytes = 1024
    /// Argument keys named in an audit entry.
    public static let auditArgumentKeys = 64
}
