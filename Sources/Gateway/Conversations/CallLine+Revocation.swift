import MCPMessages

extension CallLine {
    /// Ends what outlives its message and is not allowed any more: calls under way, parked calls, conversations and
    /// subscriptions whose grant is gone, or no longer reaches their server. Called after a new snapshot is in force.
    public func endWhatIsRevoked() {
        let (snapshot, now) = (configuration.current, clock.secondsSince1970)
        for flight in openCalls.all { end(flight, in: snapshot) }
        conversations.closeAll { !snapshot.stands(at: $0.server, $0.principal) }
        endHearing { !snapshot.reaches($1, $0, at: now) }
    }

    /// Ends what outlives a provider's token that has come to its end: streams, subscriptions, parked calls. Sessions go
    /// on, since each of their messages brings a token, and so do calls that were let in. To be called every second.
    public func endWhatIsOver() {
        let now = clock.secondsSince1970
        endHearing { principal, _ in principal.isOver(at: now) }
    }

    private func endHearing(where isMeant: (Principal, _ server: String) -> Bool) {
        conversations.endListening(where: isMeant)
        parked.endAll(where: isMeant)
        for subscription in subscriptions.removeAll(where: { isMeant($0.principal, $0.server) }) { subscription.end() }
    }

    // MARK: A revocation between the request's snapshot and its way upstream
    //
    // The request was let in; the grant goes, and what is under way is ended; only then is the request put among what is
    // under way. So whoever puts something there looks again.

    func keepOpen(_ flight: InFlight) {
        openCalls.add(flight)
        lookAgain(flight)
    }

    /// Ends a call among those under way if its grant went while it was put there.
    func lookAgain(_ flight: InFlight) {
        guard !configuration.isCurrent(flight.inbound.snapshot) else { return }
        end(flight, in: configuration.current)
    }

    private func end(_ flight: InFlight, in snapshot: Snapshot) {
        let inbound = flight.inbound
        guard snapshot.standing(of: inbound.principal, to: inbound.server.slug) == nil else { return }
        // As the next request will be answered: whoever has no grant is a stranger.
        let isStranger = snapshot.grant(of: inbound.principal) == nil
        let error = RPCError(.denied, "the grant no longer lets this call go on")
        flight.revoke { client in
            Answer(isStranger ? .unauthorized : .notFound, body: MessageWriter.error(error, id: client.request.id))
        }
    }
}
