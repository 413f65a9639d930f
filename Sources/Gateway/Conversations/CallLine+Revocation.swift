extension CallLine {
    /// Ends what outlives its message and is not allowed any more: conversations and subscriptions whose grant is gone,
    /// or no longer reaches their server. Called after a new snapshot is in force.
    public func endWhatIsRevoked() {
        let snapshot = configuration.current
        conversations.closeAll { !snapshot.reaches($0.server, $0.principal) }
        for subscription in subscriptions.removeAll(where: {
            !snapshot.reaches($0.server, $0.principal)
        }) {
            subscription.conversation?.close(subscription.id)
            subscription.answering.finish(Answer(.ok))
        }
    }
}
