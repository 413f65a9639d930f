public import MCPMessages
public import WireJSON

/// Where what an upstream sends for one request arrives: any number of notifications, then exactly one end.
public protocol UpstreamReceiver: Sendable {
    /// A notification on the request's own stream. A progress notification bears the token the request went out with.
    func notified(_ notification: Message.Notification)
    /// The answer, a result or an error.
    func answered(_ reply: UpstreamReply)
    /// No answer will come.
    func failed(_ failure: UpstreamFailure)
}

/// An upstream's answer to one request.
public struct UpstreamReply: Sendable {
    public var outcome: Message.Response.Outcome
    /// The era the answer is shaped for.
    public var era: Era

    public init(outcome: Message.Response.Outcome, era: Era) {
        self.outcome = outcome
        self.era = era
    }
}

/// Something a server says outside any request.
public enum UpstreamEvent: Sendable {
    case toolsChanged
    /// Any other notification; relayed only where all methods are let through.
    case notification(Message.Notification)
}

/// Why no answer will come.
public struct UpstreamFailure: Error, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// No connection could be made, or the process could not be started.
        case unreachable
        /// No answer within the time allowed.
        case timedOut
        /// The connection or process ended before the answer.
        case closed
        /// What came is no answer: not JSON, not this protocol, not for this request.
        case unreadable
        /// The answer is larger than the bound.
        case tooLarge
        /// The server answered with a status that is no answer to a call (401, 5xx, …).
        case refused
        /// The server pointed elsewhere; redirects are never followed.
        case redirected
        /// The address is one that may not be reached.
        case addressRefused
        /// Too many requests are already waiting for this server.
        case busy
        /// The client went away or took the request back.
        case cancelled
        /// The server, the era or the revision does not have what was asked for.
        case unsupported
    }

    public var kind: Kind
    /// For operators; may quote the upstream, so it is escaped where shown and never sent to a client.
    public var detail: String
    /// True only where it is certain that no byte of the request was written.
    public var wroteNothing: Bool
    /// The server's own JSON-RPC error, where that is what failed (a refused handshake).
    public var error: JSON?

    public init(_ kind: Kind, _ detail: String, wroteNothing: Bool = false, error: JSON? = nil) {
        self.kind = kind
        self.detail = detail
        self.wroteNothing = wroteNothing
        self.error = error
    }
}
