import NIOCore

/// Bounds of reaching a server over HTTP, named in one place.
enum HTTPLimits {
    /// A response's status line and fields, and a chunked body's trailers, bytes each.
    static let headBytes = 64 * 1024
    /// Fields of one response, trailers included.
    static let headFields = 256
    /// One chunk-size line with its extensions, bytes.
    static let chunkLineBytes = 1024
    /// Interim (1xx) responses before one final response.
    static let interimResponses = 8
    /// One answer that is not a stream, bytes.
    static let bodyBytes = 16 * 1024 * 1024
    /// Memory taken on a server's word alone for an answer it announces, bytes.
    static let reservedBytes = 1024 * 1024
    /// One answer that is a stream, of events or of a message a line, from its first to its last byte; none of it is kept:
    /// what a client is slow to take is not read. What is listened to, a session's own stream or a subscription, goes on
    /// for as long as somebody listens.
    static let streamBytes = 4 * 1024 * 1024 * 1024
    /// Body bytes read to keep a connection whose response nobody needs any more.
    static let discardedBytes = 64 * 1024
    /// How long such a response may take before its connection is closed instead.
    static let draining = TimeAmount.seconds(1)
    /// Longest session id accepted, bytes.
    static let sessionIDBytes = 1024
    /// Longest id of an event that a stream is resumed after, bytes.
    static let eventIDBytes = 1024
    /// Longest reference to where messages are sent, bytes.
    static let endpointBytes = 8 * 1024
    /// Streams that stay open on one event loop.
    static let streams = 16_384
    /// Interests watched at one time, and resources in one of them.
    static let watches = 16_384
    static let watchedResources = 1024
    /// How long a watch waits for a server to begin the stream it speaks on; one may begin with its first word.
    static let streamOpening = TimeAmount.seconds(1)
    /// How long a session's stream is kept after the last call it was kept for.
    static let streamLinger = TimeAmount.seconds(5)
    /// Sessions held with one legacy server; beyond, the one unused longest is forgotten.
    static let sessions = 4096
    /// Requests waiting for one handshake.
    static let handshakeWaiters = 4096
    /// Requests a legacy server may send back during one call, pings included; further ones are not answered.
    static let serverRequestsPerCall = 1024
    /// Those of them that may wait for the client at one time; further ones are refused.
    static let serverRequestsOutstanding = 16
    /// However often progress starts a call's time anew, it ends after this.
    static let longestCall = TimeAmount.hours(1)
    /// How often deadlines are looked at: a timeout is late by at most this.
    static let sweep = TimeAmount.milliseconds(200)
    /// How long a description counts as fresh; afterwards a modern server is asked again.
    static let descriptionAge = TimeAmount.seconds(60)
    /// How long resolved addresses are reused, so that a burst of connections asks the resolver once.
    static let resolution = TimeAmount.seconds(5)
    /// How many of a host's addresses are tried.
    static let addressesTried = 4
    /// How long saying goodbye to legacy servers may take in all.
    static let farewell = TimeAmount.seconds(2)
    /// Longest piece of a server's text quoted to operators, bytes.
    static let quotedBytes = 200
}

/// How many connections one upstream may hold on one event loop, and how many requests may wait for them.
public struct ConnectionLimits: Sendable, Equatable {
    /// Connections on one event loop.
    public var connectionsPerLoop = 256
    /// Requests waiting for a connection on one event loop; beyond, `busy`.
    public var waitingPerLoop = 1024
    /// How long an unused connection is kept. Shorter than most servers', so that ours is the side that closes.
    public var idle = Duration.seconds(30)

    public init() {}
}
