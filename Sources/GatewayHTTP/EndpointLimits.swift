import Gateway
public import NIOCore

/// Bounds of the endpoint, named in one place.
public struct EndpointLimits: Sendable {
    /// Connections held at once; one more is closed at once.
    public var connections = 10_000
    /// Largest request body, bytes; over it 413.
    public var bodyBytes = GatewayLimits.requestBytes
    /// Header fields of one request.
    public var headerFields = 100
    /// Names and values of one request's header fields together, bytes.
    public var headerBytes = 32 * 1024
    /// From a request's head to its last byte; also how long its sender's token may take to be judged.
    public var receive = TimeAmount.seconds(30)
    /// How long a connection may lie idle between requests.
    public var idle = TimeAmount.seconds(120)
    /// Between keep-alive comments on an open stream; also how long an answer may take before the response begins.
    public var keepAlive = TimeAmount.seconds(15)
    /// What a client is told to wait before it reads on where it lost a stream.
    public var retry = TimeAmount.seconds(1)
    /// Between two looks for sessions and kept events that are too old.
    public var tidying = TimeAmount.seconds(30)
    /// How long a connection that was told its last answer may go on sending, so that the answer reaches it.
    public var linger = TimeAmount.seconds(2)
    /// The same where the endpoint was asked to stop.
    public var farewell = TimeAmount.milliseconds(250)
    /// How often a connection is looked at for these.
    public var look = TimeAmount.seconds(5)
    /// How long a client may take to read what is written and unread, before its connection is closed: its server waits
    /// for it so long.
    public var stall = TimeAmount.minutes(5)
    /// Bytes a client may leave unread before its connection is closed, where its server cannot be slowed.
    public var unreadBytes = 32 * 1024 * 1024
    /// How long open requests may go on after the endpoint was asked to stop. What is only listened to ends at once.
    public var drain = TimeAmount.seconds(5)

    public init() {}
}
