import GatewayStorage

extension Administration {
    /// Whether the member who acts has a password here; whoever signs in at a provider has none.
    public func hasPassword(_ actor: Actor) async throws(Refusal) -> Bool {
        guard case .member(let id, _) = actor.who else { return false }
        return try await directory.fetch(Member.self, id, of: actor.organisation).password != nil
    }

    /// Changes one's own password; every sign-in ends, and a new one begins. A wrong present one counts as a failed sign-in:
    /// a browser that somebody left open is no place to guess it.
    public func changePassword(
        from old: String, to new: String, by actor: Actor
    ) async throws(Refusal) -> SignedIn {
        try actor.require(.changePassword)
        guard case .member(let id, _) = actor.who else { throw .conflict("only a member has a password") }
        let member = try await directory.fetch(Member.self, id, of: actor.organisation)
        guard member.password != nil else { throw .conflict("you sign in at a provider, and have no password here") }
        let password = try GivenText.password(new)
        let now = clock()
        guard member.pausedUntil.map({ $0 <= now }) ?? true else {
            throw .conflict("the account pauses after too many failures – try again later")
        }
        let given = old.utf8.count <= AdministrationBounds.passwordBytes ? old : ""
        guard try await passwords.matches(given, member.password) else {
            try await noteFailure(of: member, at: now)
            throw .invalid(field: "present password", reason: "is wrong")
        }
        var changed = member
        changed.password = try await passwords.hash(password)
        changed.failures = 0
        changed.pausedUntil = nil
        let session = newSession(changed)
        var change = Change.replacing(member, with: changed, by: .changePassword)
        change.isEffective = false
        let sessions = try await directory.all(Session.self, of: actor.organisation, parents: [.member: id])
        change.steps += sessions.map { .remove($0.row) } + [.insert(session.record.row)]
        try await make(change, by: actor)
        return session.signedIn
    }
}
