public import GatewayStorage

extension Administration {
    /// Makes a token of the administration interface, given this once. Its role is at most the maker's.
    public func createToken(
        _ label: String, role: Role, expiresAt: WallTime?, by actor: Actor
    ) async throws(Refusal) -> Issued<AdminToken> {
        try actor.require(.createToken)
        guard role <= actor.role else { throw .notAllowed(needs: .role(role)) }
        let label = try GivenText.name(label, "label")
        let now = clock()
        try checkExpiry(expiresAt, at: now)
        try await checkRoom(for: AdminToken.self, in: actor.organisation)
        let token = BearerToken(.administration)
        let record = AdminToken(
            organisation: actor.organisation, id: .make(.token, at: now), label: label, role: role,
            digest: token.digest, createdBy: actor.description, createdAt: now, expiresAt: expiresAt)
        var change = Change.inserting(record, by: .createToken)
        change.isEffective = false
        try await make(change, by: actor)
        return Issued(record: record, token: token.secret)
    }

    public func removeToken(_ id: RecordID, by actor: Actor) async throws(Refusal) {
        try actor.require(.removeToken)
        let token = try await directory.fetch(AdminToken.self, id, of: actor.organisation)
        var change = Change.removing(token, by: .removeToken)
        change.isEffective = false
        try await make(change, by: actor)
    }

    func checkExpiry(_ time: WallTime?, at now: WallTime) throws(Refusal) {
        guard let time, time <= now else { return }
        throw .invalid(field: "expires_at", reason: "lies in the past")
    }
}
