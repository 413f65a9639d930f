import Synchronization

/// The stream on which the server speaks outside any request, and as whom its client listens.
extension Conversation {
    /// As whom the client listens; nil where it does not.
    var hearer: Principal? { state.withLock { $0.hearer } }

    /// Notes as whom the client now listens.
    func isHeard(by principal: Principal) { state.withLock { $0.hearer = principal } }

    /// Ends the listening; the client may listen again.
    func endListening() {
        let listener = state.withLock { state in
            defer { (state.listener, state.hearer) = (nil, nil) }
            return state.listener
        }
        listener?.finish(Answer(.ok))
        streams?.endListening()
    }
}
