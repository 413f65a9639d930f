import MCPMessages
import Synchronization
import WireJSON

/// What servers ask of a conversation's client, and its answers.
///
/// A question bears an id of this conversation's own, so an answer finds only what was asked here, once.
extension Conversation {
    /// Makes an id for a question and keeps where its answer goes; nil where too many are open, or the client has closed
    /// its side.
    func ask(_ reply: PeerReply) -> Int? {
        state.withLock { state in
            guard state.canAnswer, state.questions.count < GatewayLimits.questionsPerConversation else { return nil }
            state.lastQuestion += 1
            state.questions[state.lastQuestion] = reply
            return state.lastQuestion
        }
    }

    /// Forgets a question: its answer is of no use any more.
    func withdraw(_ question: Int) {
        _ = state.withLock { $0.questions.removeValue(forKey: question) }
    }

    /// The client has closed its side: what it was asked is refused for it, and nothing more is asked.
    public func answersNoMore() {
        let open = state.withLock { state in
            defer { (state.canAnswer, state.questions) = (false, [:]) }
            return state.questions.sorted { $0.key < $1.key }.map(\.value)
        }
        for reply in open { reply.refuse(RPCError(.internalError, "the client has left")) }
    }

    /// Takes the client's response; one that answers nothing that was asked is dropped.
    func answered(_ response: Message.Response) {
        guard case .integer(let id)? = response.id else { return }
        let reply = state.withLock { $0.questions.removeValue(forKey: id) }
        switch response.outcome {
        case .result(let result): reply?.answer(.result(Array(result.bytes)))
        case .error(let error): reply?.answer(.error(Array(error.bytes)))
        }
    }
}

/// How much a client wants to be told (RFC 5424 section 6.2.1, in MCP's words), from all to least.
enum LogLevel: String, CaseIterable, Comparable {
    case debug, info, notice, warning, error, critical, alert, emergency

    static func < (left: LogLevel, right: LogLevel) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

extension LogLevel {
    /// What a modern request asks to be told; nil where it asks for no log.
    static func of(_ metadata: RequestMetadata) -> LogLevel? {
        metadata.object?[RequestMetadata.logLevelKey]?.string.flatMap(LogLevel.init)
    }
}

extension Message.Notification {
    /// Whether a log message is of this level or above; one whose level cannot be told is.
    func isLog(from least: LogLevel) -> Bool {
        guard let level = params?["level"]?.string.flatMap(LogLevel.init) else { return true }
        return level >= least
    }
}

extension Conversation {
    func set(logLevel: LogLevel) { state.withLock { $0.logLevel = logLevel } }

    var logLevel: LogLevel? { state.withLock { $0.logLevel } }

    /// Whether a log message is one the client wants; one whose level cannot be told is.
    func wants(log message: Message.Notification) -> Bool {
        logLevel.map { message.isLog(from: $0) } ?? true
    }
}

extension Conversation {
    /// Notes that a resource is watched for this client; the earlier watching of it, if any, is ended.
    ///
    /// - Returns: false where too many are watched; nothing is noted then.
    func watch(_ uri: [UInt8], _ cancellation: Cancellation) -> Bool {
        let (isTaken, earlier) = state.withLock { state in
            guard state.watched[uri] != nil || state.watched.count < GatewayLimits.watchedResources else {
                return (false, Cancellation.none)
            }
            return (true, state.watched.updateValue(cancellation, forKey: uri) ?? Cancellation.none)
        }
        earlier.cancel()
        return isTaken
    }

    /// Notes what ends the watching of the server's lists, for a connection that is told of them as long as it stands.
    func hear(_ cancellation: Cancellation) { _ = watch([], cancellation) }  // no resource has an empty address

    /// Ends the watching of a resource.
    func unwatch(_ uri: [UInt8]) { state.withLock { $0.watched.removeValue(forKey: uri) }?.cancel() }

    func watches(_ uri: [UInt8]) -> Bool { state.withLock { $0.watched[uri] != nil } }
}
