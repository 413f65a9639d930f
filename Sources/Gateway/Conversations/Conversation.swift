public import MCPMessages
import Synchronization

/// One client's legacy session, or one stdio connection: what is known of the client and which of its requests are open.
///
/// On the modern wire there is none; each request stands alone.
public final class Conversation: Sendable {
    /// The session id; nil for a stdio connection.
    public let id: String?
    let principalID: String
    public let server: String
    /// The streams a client of HTTP can read on after a loss; nil for a stdio connection.
    public let streams: SessionStreams?
    /// Whether it hears everything its server says, where all methods are let through.
    let hearsEverything: Bool

    struct State {
        var version: ProtocolVersion?
        var clientName: String?
        var clientInfo: [UInt8]?
        var capabilities = ClientCapabilities.none
        var logLevel: LogLevel?
        /// What servers asked of the client and it has not answered.
        var questions: [Int: PeerReply] = [:]
        var lastQuestion = 0
        /// Whether the client can still answer; one that has closed its side cannot.
        var canAnswer = true
        /// What ends the watching of each resource, by the bytes of its address.
        var watched: [[UInt8]: Cancellation] = [:]
        var open: [RequestID: Cancellation] = [:]
        var lastUsed: UInt64
        /// As whom its client came last.
        var principal: Principal
        var listener: (any Answering)?
        /// As whom the client listens.
        var hearer: Principal?
        /// How many listeners there have been; names the present one.
        var listeners = 0
    }

    let state: Mutex<State>

    init(
        id: String?, principal: Principal, server: String, hearsEverything: Bool, streams: SessionStreams? = nil,
        at now: UInt64
    ) {
        self.streams = streams
        self.id = id
        principalID = principal.id
        self.server = server
        self.hearsEverything = hearsEverything
        state = Mutex(State(lastUsed: now, principal: principal))
    }

    /// As whom its client came last: with each message it may bring a newer token.
    var principal: Principal { state.withLock { $0.principal } }

    /// The revision agreed on; nil before `initialize`.
    public var version: ProtocolVersion? { state.withLock { $0.version } }
    public var clientName: String? { state.withLock { $0.clientName } }
    /// What the client said it can be asked for.
    var capabilities: ClientCapabilities { state.withLock { $0.capabilities } }

    /// Whether it has lain too long with nothing asked and nothing open.
    func isIdle(at now: UInt64) -> Bool {
        let idle = UInt64(GatewayLimits.sessionIdle.components.seconds) * 1_000_000_000
        return state.withLock { $0.open.isEmpty && now > $0.lastUsed && now - $0.lastUsed > idle }
    }

    func touch(at now: UInt64, by principal: Principal) {
        state.withLock { state in
            state.lastUsed = now
            state.principal = principal
        }
    }

    /// What the client calls itself, as received.
    var clientInfo: [UInt8]? { state.withLock { $0.clientInfo } }

    /// For whom a server is asked on its behalf.
    var scope: UpstreamScope {
        state.withLock {
            UpstreamScope(
                principal: principalID, clientEra: .legacy, capabilities: $0.capabilities, clientInfo: $0.clientInfo)
        }
    }

    /// The same of one server, which may ask for less than the client can be asked for.
    func scope(at server: Server) -> UpstreamScope { scope.limited(to: server) }

    func begin(
        version: ProtocolVersion, clientName: String?, clientInfo: [UInt8]?, capabilities: ClientCapabilities
    ) {
        state.withLock { state in
            state.version = version
            state.clientName = clientName
            state.clientInfo = clientInfo
            state.capabilities = capabilities
        }
    }

    /// Whether a request may be opened under this id.
    enum Opening { case opened, duplicateID, tooMany }

    /// Notes a request as open; its id may not be used again until it is closed.
    func open(_ id: RequestID) -> Opening {
        state.withLock { state in
            guard state.open.count < GatewayLimits.openRequestsPerConversation else { return .tooMany }
            guard state.open[id] == nil else { return .duplicateID }
            state.open[id] = Cancellation.none
            return .opened
        }
    }

    /// Attaches what ends an open request early.
    func attach(_ cancellation: Cancellation, to id: RequestID) {
        state.withLock { state in
            guard state.open[id] != nil else { return }
            state.open[id] = cancellation
        }
    }

    func close(_ id: RequestID) {
        _ = state.withLock { $0.open.removeValue(forKey: id) }
    }

    /// Ends one open request, on the client's word.
    func cancel(_ id: RequestID) {
        let cancellation = state.withLock { $0.open[id] }
        cancellation?.cancel()
    }

    /// Ends all open requests and the stream: the conversation is over.
    func end() {
        let (open, listener) = state.withLock { state in
            defer { (state.listener, state.hearer, state.questions, state.watched) = (nil, nil, [:], [:]) }
            return (Array(state.open.values) + Array(state.watched.values), state.listener)
        }
        for cancellation in open { cancellation.cancel() }
        listener?.finish(Answer(.ok))
        streams?.close()
    }

    /// Takes the stream on which the server speaks outside any request; an earlier one is ended.
    ///
    /// - Returns: what ends this listening, and no later one's, when the client goes away.
    @discardableResult
    public func listen(_ listener: any Answering) -> Cancellation {
        let (earlier, number) = state.withLock { state in
            let earlier = state.listener
            state.listener = listener
            state.listeners += 1
            return (earlier, state.listeners)
        }
        earlier?.finish(Answer(.ok))
        return Cancellation { [self] in
            state.withLock { state in
                if state.listeners == number { state.listener = nil }
            }
        }
    }

    /// Sends a message outside any request, where the client listens.
    func tell(_ message: [UInt8]) { state.withLock { $0.listener }?.notify(message) }
}
