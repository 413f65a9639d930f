public import NIOCore

/// Bounds of the console, named in one place.
public struct ConsoleLimits: Sendable {
    /// Bytes of a body that a handler takes; over it 413.
    static let decodedBytes = 1 << 20

    /// Connections held at once; further ones wait to be accepted.
    public var connections = 512
    /// Largest request body, bytes; over it 413.
    public var bodyBytes = decodedBytes
    /// Header fields of one request.
    public var headerFields = 64
    /// One header field, bytes.
    public var headerFieldBytes = 8 * 1024
    /// All header fields of one request, bytes.
    public var headerBytes = 32 * 1024
    /// Bytes of a request's target: over it 414.
    public var targetBytes = 4 * 1024
    /// From a request's head to its answer; over it 503.
    public var answer = Duration.seconds(15)
    /// How long a connection may lie idle, or take to send a head.
    public var idle = TimeAmount.seconds(30)

    public init() {}
}
