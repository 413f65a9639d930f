public import GatewayStorage
import WireJSON

extension Administration {
    /// Calls with the grants, and to the servers, of the actor's organisation, newest first. Argument values, which only a
    /// capture setting keeps, are an admin's to see.
    ///
    /// - Parameter filter: what is looked for; its organisation and kind are set here.
    public func calls(_ filter: AuditFilter, by actor: Actor) async throws(Refusal) -> Page<KeptEvent> {
        try actor.require(.listCalls)
        var filter = filter
        filter.kind = "decision"
        filter.organisation = actor.organisation.text
        filter.limit = max(1, min(filter.limit, AdministrationBounds.page))
        let calls = try await ports.calls(filter)
        let next = calls.count == filter.limit ? calls.last.map { String($0.sequence) } : nil
        guard actor.role < .admin else { return Page(items: calls, next: next) }
        return Page(items: calls.compactMap(Self.withoutValues), next: next)
    }

    /// The call as those see it who are no admins; nil where it cannot be told what is in it.
    private static func withoutValues(_ call: KeptEvent) -> KeptEvent? {
        guard let json = try? JSON(lenient: call.json), json.kind == .object else { return nil }
        guard json["arguments"] != nil else { return call }
        var writer = JSONWriter(reserving: call.json.count)
        writer.object { writer in
            for (key, value) in json.members where !key.equals("arguments") {
                writer.key(key.string)
                writer.raw(value.bytes)
            }
        }
        return KeptEvent(sequence: call.sequence, json: writer.bytes)
    }
}
