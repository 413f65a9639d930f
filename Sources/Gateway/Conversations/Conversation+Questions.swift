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

    /// What the client may tell its server under a policy, beside that it takes a request back: that its roots changed,
    /// where it said it has some, and how far it is with what it was asked.
    func mayTell(_ method: String) -> Bool {
        state.withLock { state in
            switch method {
            case "notifications/roots/list_changed": state.capabilities.allows(.roots)
            case "notifications/progress": !state.questions.isEmpty
            default: false
            }
        }
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
