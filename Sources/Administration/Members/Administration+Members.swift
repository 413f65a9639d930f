public import GatewayStorage

extension Administration {
    /// Something new whose token is given this once.
    public struct Issued<Record: DirectoryRecord>: Sendable {
        public let record: Record
        public let token: String
    }

    /// Makes an invitation; the link's token is given this once.
    public func invite(
        _ email: String?, role: Role, by actor: Actor
    ) async throws(Refusal) -> Issued<Invitation> {
        try actor.require(.inviteMember)
        var address: Email?
        if let email { address = try GivenText.email(email) }
        try await checkRoom(for: Invitation.self, in: actor.organisation)
        let issued = invitation(to: actor.organisation, address, role: role, by: actor.description)
        var change = Change.inserting(issued.record, by: .inviteMember)
        change.isEffective = false
        try await make(change, by: actor)
        return issued
    }

    public func withdrawInvitation(_ id: RecordID, by actor: Actor) async throws(Refusal) {
        try actor.require(.withdrawInvitation)
        let invitation = try await directory.fetch(Invitation.self, id, of: actor.organisation)
        var change = Change.removing(invitation, by: .withdrawInvitation)
        change.isEffective = false
        try await make(change, by: actor)
    }

    /// An organisation made by the operator, and the invitation of its first admin.
    public func createOrganisation(
        _ title: String, admin email: String?, by actor: Actor
    ) async throws(Refusal) -> (organisation: Organisation, invitation: Issued<Invitation>) {
        try actor.require(.createOrganisation)
        let now = clock()
        var address: Email?
        if let email { address = try GivenText.email(email) }
        let organisation = Organisation(
            id: .make(.organisation, at: now), title: try GivenText.name(title, "name"), createdAt: now)
        let issued = invitation(to: organisation.id, address, role: .admin, by: actor.description)
        var change = Change.inserting(organisation, by: .createOrganisation)
        change.steps.append(.insert(issued.record.row))
        try await make(change, of: organisation.id, by: actor.description)
        return (organisation, issued)
    }

    public func changeRole(of id: RecordID, to role: Role, by actor: Actor) async throws(Refusal) -> Member {
        try actor.require(.changeRole)
        let member = try await directory.fetch(Member.self, id, of: actor.organisation)
        var changed = member
        changed.role = role
        // In force at once: clients of theirs may go by what the role may use.
        var change = Change.replacing(member, with: changed, by: .changeRole)
        if member.role == .admin && role != .admin { change.steps += try await keepingAnAdmin(without: member) }
        try await make(change, by: actor)
        return changed
    }

    /// Removes a member; all sign-ins and connections of theirs end.
    public func removeMember(_ id: RecordID, by actor: Actor) async throws(Refusal) {
        try actor.require(.removeMember)
        let member = try await directory.fetch(Member.self, id, of: actor.organisation)
        var change = Change.removing(member, by: .removeMember)
        if member.role == .admin { change.steps += try await keepingAnAdmin(without: member) }
        try await make(change, by: actor)
    }

    /// An organisation keeps an admin: another is found, and a step added that fails if that one goes at the same moment.
    private func keepingAnAdmin(without member: Member) async throws(Refusal) -> [DirectoryChange] {
        let others = try await directory.all(Member.self, of: member.organisation)
        guard let other = others.first(where: { $0.role == .admin && $0.id != member.id }) else {
            throw .conflict("this is the last admin")
        }
        return [.replace(other.row, with: other.row)]
    }

    private func invitation(
        to organisation: RecordID, _ email: Email?, role: Role, by actor: String
    ) -> Issued<Invitation> {
        let token = BearerToken(.invitation)
        let now = clock()
        let record = Invitation(
            organisation: organisation, id: .make(.invitation, at: now), digest: token.digest, role: role, email: email,
            invitedBy: actor, createdAt: now, expiresAt: now.advanced(by: AdministrationBounds.invitation))
        return Issued(record: record, token: token.secret)
    }
}
