extension CallLine {
    /// Ends what outlives its message and is not allowed any more: conversations and subscriptions whose grant is gone,
    /// or no longer reaches their server. Called after a new snapshot is in force.
    public func endWhatIsRevoked() {
        let snapshot = configuration.current
        conversations.closeAll { snapshot.access(of: $0.principal, to: $0.server) == nil }
        let revoked = subscriptions.removeAll { snapshot.access(of: $0.principal, to: $0.server) == nil }
        for subscription in revoked { subscription.end() }
    }
}
