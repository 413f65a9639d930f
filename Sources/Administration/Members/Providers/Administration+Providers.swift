import GatewayStorage

extension Administration {
    /// Signs in whom a provider vouches for. The member is known again by issuer and subject alone; at the first sign-in it
    /// is made. Name and role are the provider's at each sign-in; a role that is given here lasts until the next.
    public func signIn(_ person: ProvidedPerson) async throws(Refusal) -> Result<SignedIn, ProvidedPersonRefusal> {
        guard let organisation = try await organisation(of: person) else { return .failure(.noOrganisation) }
        if let (member, identity) = try await member(known: person, in: organisation) {
            return try await signIn(member, identity, as: person)
        }
        guard let role = person.roles.max() else { return .failure(.noRole) }
        guard let email = person.email.flatMap({ Email($0) }) else { return .failure(.noAddress) }
        do throws(Refusal) { return .success(try await admit(person, email, role, to: organisation)) } catch {
            guard case .conflict = error else { throw error }
            // The same person's other window was first, or the address is somebody's: whose, the address does not prove.
            guard let (member, identity) = try await member(known: person, in: organisation) else {
                return .failure(.addressTaken)
            }
            return try await signIn(member, identity, as: person)
        }
    }

    /// The one organisation that is meant; two of one name are none.
    private func organisation(of person: ProvidedPerson) async throws(Refusal) -> RecordID? {
        let all = try await directory.organisations()
        guard let named = person.organisation else { return all.count == 1 ? all[0].id : nil }
        if let one = all.first(where: { $0.id.text.utf8.elementsEqual(named.utf8) }) { return one.id }
        let fitting = all.filter { $0.title.utf8.elementsEqual(named.utf8) }
        return fitting.count == 1 ? fitting[0].id : nil
    }

    private func member(
        known person: ProvidedPerson, in organisation: RecordID
    ) async throws(Refusal) -> (Member, MemberIdentity)? {
        let handle = MemberIdentity.handle(of: person.subject, at: person.issuer, in: organisation)
        guard let identity = try await directory.find(MemberIdentity.self, handle: handle) else { return nil }
        return (try await directory.fetch(Member.self, identity.member, of: organisation), identity)
    }

    /// A first sign-in.
    private func admit(
        _ person: ProvidedPerson, _ email: Email, _ role: Role, to organisation: RecordID
    ) async throws(Refusal) -> SignedIn {
        try await checkRoom(for: Member.self, in: organisation)
        let now = clock()
        let member = Member(
            organisation: organisation, id: .make(.member, at: now), email: email,
            fullName: Self.name(of: person, email), role: role, password: nil, createdAt: now)
        let identity = MemberIdentity(
            organisation: organisation, id: .make(.identity, at: now), member: member.id, issuer: person.issuer,
            subject: person.subject, createdAt: now)
        let session = newSession(member)
        var change = Change.inserting(member, by: .inviteMember)
        change.eventName = "joinThroughProvider"
        change.steps += [.insert(identity.row), .insert(session.record.row)]
        change.isEffective = false
        try await make(change, of: organisation, by: Self.actor(person))
        return session.signedIn
    }

    private func signIn(
        _ member: Member, _ identity: MemberIdentity, as person: ProvidedPerson
    ) async throws(Refusal) -> Result<SignedIn, ProvidedPersonRefusal> {
        guard !member.isDisabled else { return .failure(.disabled) }
        var changed = member
        // Whom the provider gives no role any more is out, in other browsers too.
        guard let role = person.roles.max() else { return .failure(try await turnAway(member, person, .noRole)) }
        changed.role = role
        changed.isTurnedAway = false
        changed.fullName = Self.name(of: person, member.email)
        var others: [DirectoryChange] = []
        if member.role == .admin && role != .admin {
            guard let kept = try await keepingAnAdmin(without: member) else {
                return .failure(try await turnAway(member, person, .lastAdmin))
            }
            others = kept
        }
        try await keepWord(for: identity)
        let session = newSession(changed)
        let steps = try await others + [.insert(session.record.row)] + outlived(of: member, at: clock())
        guard changed != member else {
            // Replaced by itself: whoever was disabled or removed at this moment is not signed in.
            let verdict = try await directory.apply([.replace(member.row, with: member.row)] + steps)
            guard verdict == .applied else { throw .conflict("the account was changed meanwhile – sign in again") }
            return .success(session.signedIn)
        }
        var change = Change.replacing(member, with: changed, by: .changeRole)
        if changed.role == member.role {
            change.eventName = member.isTurnedAway ? "returnThroughProvider" : "changeName"
        }
        change.steps += steps
        // Clients of theirs may be connected by the role.
        change.isEffective = changed.role != member.role
        try await takeAlong(&change, of: member) { $0 > role }
        change.steps += try await connections(of: member) { member.isTurnedAway || !$0.admits(member.role) }
            .map { .remove($0.row) }
        try await make(change, of: member.organisation, by: Self.actor(person))
        await disconnect(member, by: Self.actor(person)) { !$0.admits(role) }
        return .success(session.signedIn)
    }

    /// Keeps that a provider has just vouched for a member. Where another sign-in keeps it at this moment, that one does.
    private func keepWord(for identity: MemberIdentity) async throws(Refusal) {
        var vouched = identity
        vouched.vouchedAt = clock()
        _ = try await directory.apply([.replace(identity.row, with: vouched.row)])
        // Clients that an earlier version gave more time come back with the member.
        guard identity.vouchedAt.advanced(by: AuthorizationBounds.vouched) <= vouched.vouchedAt else { return }
        _ = await ports.changed()
    }

    /// Ends every sign-in and every connection of a member whom the provider no longer vouches for as before, and what it
    /// made for others to come in by with more than the provider now gives. Until it is let in again it counts as nobody who
    /// could act: its role is kept, and is no admin's that an organisation could rely on.
    private func turnAway(
        _ member: Member, _ person: ProvidedPerson, _ refusal: ProvidedPersonRefusal
    ) async throws(Refusal) -> ProvidedPersonRefusal {
        let sessions = try await directory.all(Session.self, of: member.organisation, parents: [.member: member.id])
        var changed = member
        changed.isTurnedAway = true
        var change = Change(.signOutEverywhere, .member, member.id)
        if changed != member { change = .replacing(member, with: changed, by: .signOutEverywhere) }
        change.steps += sessions.map { .remove($0.row) }
        change.isEffective = try await !connections(of: member, where: { _ in true }).isEmpty
        try await takeAlong(&change, of: member) { role in person.roles.max().map { role > $0 } ?? true }
        if !change.steps.isEmpty { try await make(change, of: member.organisation, by: Self.actor(person)) }
        await disconnect(member, by: Self.actor(person)) { _ in true }
        return refusal
    }

    /// As the provider says it, if that can be shown to people.
    private static func name(of person: ProvidedPerson, _ email: Email) -> String {
        person.fullName.flatMap { try? GivenText.name($0, "name") } ?? email.text
    }

    private static func actor(_ person: ProvidedPerson) -> String { "provider \(person.provider)" }
}
