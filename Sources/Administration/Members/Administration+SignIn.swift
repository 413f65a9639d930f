import GatewayStorage

extension Administration {
    /// Signs in with a password; nil where that fails, whatever the reason: no such account, a wrong password, a pause
    /// after too many failures. Each takes one derivation and one write, so that time tells no more than the answer.
    public func signIn(email: String, password: String) async throws(Refusal) -> SignedIn? {
        let member: Member? =
            if let email = Email(email) {
                try await directory.find(Member.self, handle: Array(email.text.utf8))
            } else { nil }
        let given = password.utf8.count <= AdministrationBounds.passwordBytes ? password : ""
        let isRight = try await passwords.matches(given, member?.password)
        let now = clock()
        guard let member else {
            try await writeNothing()
            return nil
        }
        let isPaused = member.pausedUntil.map { now < $0 } ?? false
        guard !isPaused, member.mayAct else {
            _ = try await directory.apply([.replace(member.row, with: member.row)])
            return nil
        }
        guard isRight else {
            try await noteFailure(of: member, at: now)
            return nil
        }
        let session = newSession(member)
        var steps: [DirectoryChange] = [.insert(session.record.row)]
        if member.failures > 0 || member.pausedUntil != nil {
            var cleared = member
            cleared.failures = 0
            cleared.pausedUntil = nil
            steps.append(.replace(member.row, with: cleared.row))
        }
        steps += try await outlived(of: member, at: now)
        // Another sign-in at the same moment may have changed the account: nobody is signed in by a guess at its state.
        guard try await directory.apply(steps) == .applied else { return nil }
        return session.signedIn
    }

    /// A write that changes nothing, where there is no account to note a failure of.
    private func writeNothing() async throws(Refusal) {
        guard let any = try await directory.organisations().first else { return }
        _ = try await directory.apply([.replace(any.row, with: any.row)])
    }

    /// Counts a failure; at the bound the account pauses. Failures at the same moment are all counted.
    func noteFailure(of member: Member, at now: WallTime) async throws(Refusal) {
        var member = member
        for _ in 0..<AdministrationBounds.failedSignIns {
            var failed = member
            failed.failures += 1
            if failed.failures >= AdministrationBounds.failedSignIns {
                failed.failures = 0
                failed.pausedUntil = now.advanced(by: AdministrationBounds.pause)
            }
            if try await directory.apply([.replace(member.row, with: failed.row)]) == .applied {
                guard failed.pausedUntil != nil else { return }
                var event = AdministrativeEvent(
                    time: now, organisation: member.organisation, actor: "sign-in", operation: "pauseAccount",
                    object: .member, id: member.id)
                event.after = failed.description
                _ = await ports.record(event)
                return
            }
            member = try await directory.fetch(Member.self, member.id, of: member.organisation)
        }
    }

    /// Sessions of a member that have ended, and the oldest where there are too many, to be removed on the way.
    func outlived(of member: Member, at now: WallTime) async throws(Refusal) -> [DirectoryChange] {
        let all = try await directory.all(Session.self, of: member.organisation, parents: [.member: member.id])
        let open = all.filter { now < $0.expiresAt }
        // The new one is one more.
        let tooMany = open.prefix(max(0, open.count + 1 - AdministrationBounds.sessions))
        return (all.filter { $0.expiresAt <= now } + tooMany).map { .remove($0.row) }
    }

    /// Who is signed in with this cookie; nil for nobody.
    public func actor(session token: String) async throws(Refusal) -> Actor? {
        guard let session = try await session(token) else { return nil }
        let member = try await directory.fetch(Member.self, session.member, of: session.organisation)
        return member.mayAct ? member.actor : nil
    }

    /// Who presents this token of the administration interface; nil for nobody.
    public func actor(token: String) async throws(Refusal) -> Actor? {
        guard BearerToken.isFormed(token, for: .administration),
            let found = try await directory.find(AdminToken.self, handle: BearerToken.digest(of: token)),
            found.expiresAt.map({ clock() < $0 }) ?? true,
            try await isSponsored(found.sponsor, found.role, in: found.organisation)
        else { return nil }
        return Actor(
            .token(found.id, label: found.label, of: found.sponsor.member), of: found.organisation, role: found.role)
    }

    /// Ends one sign-in. Ending none is no failure.
    public func signOut(session token: String) async throws(Refusal) {
        guard let session = try await session(token) else { return }
        _ = try await directory.apply([.remove(session.row)])
    }

    /// Ends every sign-in of the member who acts.
    public func signOutEverywhere(by actor: Actor) async throws(Refusal) {
        try actor.require(.signOutEverywhere)
        guard case .member(let id, _) = actor.who else { throw .conflict("only a member is signed in anywhere") }
        var change = Change(.signOutEverywhere, .member, id)
        change.isEffective = false
        let sessions = try await directory.all(Session.self, of: actor.organisation, parents: [.member: id])
        change.steps = sessions.map { .remove($0.row) }
        try await make(change, by: actor)
    }

    private func session(_ token: String) async throws(Refusal) -> Session? {
        guard BearerToken.isFormed(token, for: .session),
            let session = try await directory.find(Session.self, handle: BearerToken.digest(of: token)),
            clock() < session.expiresAt
        else { return nil }
        return session
    }
}
