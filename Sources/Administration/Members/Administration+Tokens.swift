public import GatewayStorage

extension Administration {
    /// Makes a token of the administration interface, given this once. Its role is at most the maker's and the member's
    /// whose it is; it ends with that member, and with the token that made it.
    ///
    /// - Parameter email: whose it is; nil: the member's whose token makes it, or nobody's where the operator does.
    public func createToken(
        _ label: String, role: Role, for email: String? = nil, expiresAt: WallTime?, by actor: Actor
    ) async throws(Refusal) -> Issued<AdminToken> {
        try actor.require(.createToken)
        guard role <= actor.role else { throw .notAllowed(needs: .role(role)) }
        let label = try GivenText.name(label, "label")
        let now = clock()
        try checkExpiry(expiresAt, at: now)
        try await checkRoom(for: AdminToken.self, in: actor.organisation)
        let sponsor = try await sponsor(email, role, actor)
        let token = BearerToken(.administration)
        let record = AdminToken(
            organisation: actor.organisation, id: .make(.token, at: now), label: label, role: role,
            digest: token.digest, createdBy: actor.description, sponsor: sponsor, createdAt: now, expiresAt: expiresAt)
        var change = Change.inserting(record, by: .createToken)
        change.steps += try await staying(actor)
        change.isEffective = false
        try await make(change, by: actor)
        return Issued(record: record, token: token.secret)
    }

    /// Removes a token, and with it what was made with it: a token that got into wrong hands leaves nothing behind.
    public func removeToken(_ id: RecordID, by actor: Actor) async throws(Refusal) {
        try actor.require(.removeToken)
        let token = try await directory.fetch(AdminToken.self, id, of: actor.organisation)
        var change = Change.removing(token, by: .removeToken)
        try await WaysIn(to: actor.organisation, in: directory).end(madeWith: id, with: &change)
        change.isEffective = false
        try await make(change, by: actor)
    }

    /// Who stands behind a new token: the member that is named, or who stands behind the actor.
    private func sponsor(_ email: String?, _ role: Role, _ actor: Actor) async throws(Refusal) -> Sponsor {
        var sponsor = actor.sponsor
        if let email {
            guard let address = Email(email),
                let named = try await directory.find(Member.self, handle: Array(address.text.utf8)),
                named.organisation == actor.organisation
            else { throw .invalid(field: "for", reason: "is no member's address") }
            guard sponsor.member == nil || sponsor.member == named.id else {
                throw .conflict("what a member's token makes is that member's")
            }
            sponsor.member = named.id
        }
        guard try await isSponsored(sponsor, role, in: actor.organisation) else {
            throw .conflict("the member whose it would be may not do that much")
        }
        return sponsor
    }

    /// A step that fails where the token that acts goes at the same moment.
    func staying(_ actor: Actor) async throws(Refusal) -> [DirectoryChange] {
        guard let id = actor.sponsor.token else { return [] }
        let token = try await directory.fetch(AdminToken.self, id, of: actor.organisation)
        return [.replace(token.row, with: token.row)]
    }

    func checkExpiry(_ time: WallTime?, at now: WallTime) throws(Refusal) {
        guard let time, time <= now else { return }
        throw .invalid(field: "expires_at", reason: "lies in the past")
    }
}
