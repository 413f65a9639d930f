public import GatewayStorage

extension Administration {
    /// What an emergency stop is of.
    public enum Stoppable: Sendable, Hashable {
        /// Every grant of the actor's organisation.
        case organisation
        case server(RecordID)
        case grant(RecordID)
    }

    /// Stops at once, open streams included, or lets go on again.
    public func setStopped(_ isStopped: Bool, _ what: Stoppable, by actor: Actor) async throws(Refusal) {
        let operation = isStopped ? Operation.stop : .resume
        try actor.require(operation)
        let change: Change
        switch what {
        case .organisation:
            let old = try await directory.fetch(Organisation.self, actor.organisation, of: actor.organisation)
            var new = old
            new.isStopped = isStopped
            change = .replacing(old, with: new, by: operation)
        case .server(let id):
            let old = try await directory.fetch(ServerRecord.self, id, of: actor.organisation)
            var new = old
            new.isStopped = isStopped
            change = .replacing(old, with: new, by: operation)
        case .grant(let id):
            let old = try await directory.fetch(GrantRecord.self, id, of: actor.organisation)
            var new = old
            new.isStopped = isStopped
            change = .replacing(old, with: new, by: operation)
        }
        try await make(change, by: actor)
    }

    /// Events of the actor's organisation, newest first.
    public func events(before: Int64?, limit: Int, by actor: Actor) async throws(Refusal) -> Page<KeptEvent> {
        try actor.require(.listEvents)
        let limit = max(1, min(limit, AdministrationBounds.page))
        let events = try await ports.events(actor.organisation, before, limit)
        return Page(items: events, next: events.count == limit ? events.last.map { String($0.sequence) } : nil)
    }
}
