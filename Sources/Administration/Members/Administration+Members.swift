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
        let now = clock()
        let others = try await directory.all(Invitation.self, of: actor.organisation)
        let void = others.filter { $0.expiresAt <= now }
        try checkRoom(others.count - void.count)
        let issued = invitation(
            to: actor.organisation, address, role: role, by: actor.description, sponsor: actor.sponsor)
        var change = Change.inserting(issued.record, by: .inviteMember)
        // Those that nobody can use any more make room.
        change.steps += void.map { .remove($0.row) }
        change.steps += try await staying(actor)
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

    /// Every organisation, for the operator.
    public func organisations(by actor: Actor) async throws(Refusal) -> [Organisation] {
        try actor.require(.listOrganisations)
        return try await directory.organisations()
    }

    /// An organisation made by the operator, and the invitation of its first admin.
    ///
    /// - Parameter mayUseMachine: whether its admins may run programs on this machine, and reach its private networks. The
    ///   first organisation's may.
    public func createOrganisation(
        _ title: String, admin email: String?, mayUseMachine: Bool = false, by actor: Actor
    ) async throws(Refusal) -> (organisation: Organisation, invitation: Issued<Invitation>) {
        try actor.require(.createOrganisation)
        let now = clock()
        var address: Email?
        if let email { address = try GivenText.email(email) }
        var organisation = Organisation(
            id: .make(.organisation, at: now), title: try GivenText.name(title, "name"), createdAt: now)
        // The first is whose machine it is.
        let isFirst = try await directory.organisations().isEmpty
        organisation.mayUseMachine = mayUseMachine || isFirst
        let issued = invitation(
            to: organisation.id, address, role: .admin, by: actor.description, sponsor: actor.sponsor)
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
        if member.role == .admin && role != .admin { change.steps += try await requireAnAdmin(without: member) }
        try await takeAlong(&change, of: member) { $0 > role }
        change.steps += try await connections(of: member) { !$0.admits(member.role) }.map { .remove($0.row) }
        try await make(change, by: actor)
        await disconnect(member, by: actor.description) { !$0.admits(role) }
        return changed
    }

    /// Removes a member; all sign-ins and connections of theirs end, and so do their tokens and invitations that nobody has
    /// used, with all that was made with those tokens.
    public func removeMember(_ id: RecordID, by actor: Actor) async throws(Refusal) {
        try actor.require(.removeMember)
        let member = try await directory.fetch(Member.self, id, of: actor.organisation)
        var change = Change.removing(member, by: .removeMember)
        if member.role == .admin { change.steps += try await requireAnAdmin(without: member) }
        try await takeAlong(&change, of: member) { _ in true }
        try await make(change, by: actor)
    }

    /// Adds to a change the end of the member's ways for others to come in, with a role that is meant: nobody leaves a way
    /// back in.
    func takeAlong(
        _ change: inout Change, of member: Member, where isMeant: (Role) -> Bool
    ) async throws(Refusal) {
        try await WaysIn(to: member.organisation, in: directory).end(of: member.id, where: isMeant, with: &change)
    }

    private func invitation(
        to organisation: RecordID, _ email: Email?, role: Role, by actor: String, sponsor: Sponsor
    ) -> Issued<Invitation> {
        let token = BearerToken(.invitation)
        let now = clock()
        let record = Invitation(
            organisation: organisation, id: .make(.invitation, at: now), digest: token.digest, role: role, email: email,
            invitedBy: actor, sponsor: sponsor, createdAt: now,
            expiresAt: now.advanced(by: AdministrationBounds.invitation))
        return Issued(record: record, token: token.secret)
    }
}
