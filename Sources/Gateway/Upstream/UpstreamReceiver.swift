public import MCPMessages
public import WireJSON

/// Where what an upstream sends for one request arrives: any number of notifications, then exactly one end.
public protocol UpstreamReceiver: Sendable {
    /// A notification on the request's own stream. A progress notification bears the token the request went out with.
    func notified(_ notification: Message.Notification)
    /// A legacy server's own request while this one is open. `reply` takes one answer; a later one, and one after the end
    /// of the request, goes nowhere.
    func asked(_ request: Message.Request, _ reply: PeerReply)
    /// The answer, a result or an error.
    func answered(_ reply: UpstreamReply)
    /// No answer will come.
    func failed(_ failure: UpstreamFailure)
}

extension UpstreamReceiver {
    /// Nobody is there to be asked.
    public func asked(_ request: Message.Request, _ reply: PeerReply) {
        reply.refuse(RPCError(.methodNotFound, "Method not found"))
    }
}

/// Where the answer to a server's own request goes. Callable from any thread.
public struct PeerReply: Sendable {
    /// A JSON-RPC result or error, already JSON.
    public enum Answer: Sendable {
        case result([UInt8])
        case error([UInt8])
    }

    private let send: @Sendable (Answer) -> Void

    public init(_ send: @escaping @Sendable (Answer) -> Void) { self.send = send }

    public func answer(_ answer: Answer) { send(answer) }

    public func refuse(_ error: RPCError) { send(.error(error.object)) }
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
    case changed(ListKind)
    /// Any other notification, said to everybody: by a server that keeps no conversations.
    case notification(Message.Notification)
    /// Any other notification, said in one principal's conversation.
    case told(Message.Notification, principal: String)
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
