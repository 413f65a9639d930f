import GatewayStorage

/// What files declare, beside what people register.
extension Administration {
    /// What files own, for listings; nil for who may not see it. Files belong to whoever runs the instance: where there are
    /// several organisations they are none's.
    public func declared(for actor: Actor) async throws(Refusal) -> FilesReport? {
        guard try await mayReadFiles(actor) else { return nil }
        return await ports.files(false)
    }

    /// Where the files, what runs and what is registered differ.
    public func drift(by actor: Actor) async throws(Refusal) -> FilesReport {
        try actor.require(.export)
        guard try await mayReadFiles(actor) else { throw .notAllowed(needs: .operator) }
        guard var report = await ports.files(true) else { throw .conflict("no configuration file is in use") }
        let names = ports.declared()
        for server in try await directory.all(ServerRecord.self, of: actor.organisation) {
            report.note(.server, server.slug, isOwned: names.servers.contains(server.slug))
        }
        for policy in try await directory.all(PolicyRecord.self, of: actor.organisation) where policy.published != nil {
            report.note(.policy, policy.title, isOwned: false)
        }
        for grant in try await directory.all(GrantRecord.self, of: actor.organisation)
        where grant.isInForce(at: clock()) {
            report.note(.grant, grant.label, isOwned: false)
        }
        return report
    }

    private func mayReadFiles(_ actor: Actor) async throws(Refusal) -> Bool {
        if actor.who == .operator { return true }
        return try await directory.organisations().count == 1
    }
}

extension FilesReport {
    fileprivate mutating func note(_ object: Drift.Object, _ name: String, isOwned: Bool) {
        drift.append(
            isOwned
                ? Drift(.shadowed, object, name, "a file owns this name, so that what is registered is not in force")
                : Drift(.undeclared, object, name, "registered, and in no file"))
    }
}
