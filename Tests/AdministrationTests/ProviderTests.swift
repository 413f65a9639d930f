import Administration
import GatewayStorage
import Testing

/// Members whom an identity provider vouches for.
struct ProviderTests {
    private let instance = Instance()
    private var office: Administration { instance.administration }

    private func person(
        _ subject: String, _ roles: Role..., email: String? = "bob@example.com", issuer: String = "https://a.example",
        organisation: String? = nil, name: String? = "Bob"
    ) -> ProvidedPerson {
        ProvidedPerson(
            provider: "corp", organisation: organisation, issuer: issuer, subject: subject, email: email,
            fullName: name, roles: roles)
    }

    /// Why a person is not signed in; nil for one who is.
    private func refusal(_ person: ProvidedPerson) async throws -> ProvidedPersonRefusal? {
        if case .failure(let refusal) = try await office.signIn(person) { refusal } else { nil }
    }

    private func members(_ organisation: RecordID) async throws -> [Member] {
        try await instance.directory.all(Member.self, of: organisation)
    }

    @Test("a first sign-in makes a member without a password, with the highest of its roles, and leaves an event")
    func first() async throws {
        let admin = try await instance.signUp().actor
        let signedIn = try await office.signIn(person("1", .viewer, .policyManager)).get()
        #expect(signedIn.actor.role == .policyManager && signedIn.actor.organisation == admin.organisation)
        #expect(try await office.actor(session: signedIn.token) == signedIn.actor)
        let made = try #require(try await members(admin.organisation).first { $0.email.text == "bob@example.com" })
        #expect(made.password == nil && made.fullName == "Bob")
        let event = try #require(instance.world.events.last)
        #expect(event.operation == "joinThroughProvider" && event.actor == "provider corp" && event.isDone)
        #expect(try await office.signIn(email: "bob@example.com", password: "") == nil)
    }

    @Test("a member is known again by issuer and subject alone")
    func known() async throws {
        let admin = try await instance.signUp().actor
        let first = try await office.signIn(person("1", .viewer)).get().actor
        #expect(try await office.signIn(person("1", .viewer, email: "new@example.com")).get().actor == first)
        #expect(try await office.signIn(person("1", .viewer, email: nil)).get().actor == first)
        #expect(try await refusal(person("2", .admin)) == .addressTaken)
        #expect(
            try await refusal(person("1", .admin, issuer: "https://b.example")) == .addressTaken)
        #expect(try await refusal(person("3", .admin, email: "ann@example.com")) == .addressTaken)
        // The same letters to a reader; other bytes.
        let composed = try await office.signIn(person("caf\u{E9}", .viewer, email: "c@example.com")).get().actor
        let decomposed = try await office.signIn(person("cafe\u{301}", .viewer, email: "d@example.com")).get().actor
        #expect(composed.who != decomposed.who)
        #expect(try await members(admin.organisation).count == 4)
    }

    @Test("nobody is made of a person without a role, an address or an organisation")
    func nobody() async throws {
        let admin = try await instance.signUp().actor
        let events = instance.world.events.count
        let cases: [(ProvidedPerson, ProvidedPersonRefusal)] = [
            (person("1"), .noRole), (person("1", .viewer, email: nil), .noAddress),
            (person("1", .viewer, email: "no address"), .noAddress),
            (person("1", .viewer, organisation: "Umbrella"), .noOrganisation),
            (person("1", .viewer, organisation: ""), .noOrganisation),
        ]
        for (person, expected) in cases { #expect(try await refusal(person) == expected) }
        #expect(try await members(admin.organisation).count == 1 && instance.world.events.count == events)
    }

    @Test("role and name are the provider's at each sign-in, and a change is recorded with both")
    func reevaluated() async throws {
        _ = try await instance.signUp()
        let first = try await office.signIn(person("1", .viewer)).get()
        let events = instance.world.events.count
        #expect(try await office.signIn(person("1", .viewer)).get().actor.role == .viewer)
        #expect(instance.world.events.count == events)
        let second = try await office.signIn(person("1", .admin, name: "Robert")).get()
        #expect(second.actor.role == .admin)
        #expect(try await office.actor(session: first.token)?.role == .admin)
        let event = try #require(instance.world.events.last)
        #expect(event.operation == "changeRole" && event.actor == "provider corp")
        #expect(event.before?.contains(#""role":"viewer""#) ?? false)
        #expect(event.after?.contains(#""role":"admin""#) ?? false)
        #expect(event.after?.contains("Robert") ?? false)
        // What nobody could see is not a name.
        _ = try await office.signIn(person("1", .admin, name: "\u{202E}Bob")).get()
        #expect(instance.world.events.last?.after?.contains(#""name":"bob@example.com""#) ?? false)
    }

    @Test("whom the provider gives no role any more is signed out everywhere and keeps nothing")
    func turnedAway() async throws {
        let admin = try await instance.signUp().actor
        let sessions = [
            try await office.signIn(person("1", .policyManager)).get(),
            try await office.signIn(person("1", .policyManager)).get(),
        ]
        #expect(try await refusal(person("1")) == .noRole)
        for session in sessions { #expect(try await office.actor(session: session.token) == nil) }
        #expect(instance.world.events.last?.operation == "signOutEverywhere")
        #expect(try await members(admin.organisation).count == 2)
        #expect(try await office.signIn(person("1", .viewer)).get().actor.role == .viewer)
    }

    @Test("a disabled member stays out by password and by provider until enabled; removed, it comes back as new")
    func disabled() async throws {
        let admin = try await instance.signUp().actor
        let bob = try await office.signIn(person("1", .viewer)).get()
        guard case .member(let id, _) = bob.actor.who else { return }
        #expect(try await office.setDisabled(true, id, by: admin).isDisabled)
        #expect(instance.world.events.last?.operation == "disableMember")
        #expect(try await office.actor(session: bob.token) == nil)
        #expect(try await refusal(person("1", .admin)) == .disabled)
        #expect(try await refusal(person("1")) == .disabled)
        #expect(try await !office.setDisabled(false, id, by: admin).isDisabled)
        #expect(try await office.signIn(person("1", .viewer)).get().actor == bob.actor)
        try await office.removeMember(id, by: admin)
        let again = try await office.signIn(person("1", .viewer)).get().actor
        #expect(again.who != bob.actor.who)

        let link = try await office.invite("carol@example.com", role: .viewer, by: admin)
        let carol = try await office.join(
            link: link.token, .init(fullName: "C", email: "carol@example.com", password: "carols long password"))
        guard case .member(let other, _) = carol.actor.who else { return }
        _ = try await office.setDisabled(true, other, by: admin)
        #expect(try await office.actor(session: carol.token) == nil)
        #expect(try await office.signIn(email: "carol@example.com", password: "carols long password") == nil)
    }

    @Test(
        "what a member made for others to come in by goes with what the provider, or an admin here, takes away",
        arguments: [
            ([Role.policyManager], ["viewer", "policy_manager"]), ([.viewer], ["viewer"]), ([], []),
            ([.admin], ["viewer", "policy_manager", "admin"]),
        ])
    func takenAlong(roles: [Role], kept: [String]) async throws {
        let admin = try await instance.signUp().actor
        let bob = try await office.signIn(person("1", .admin)).get().actor
        for role in Role.allCases {
            _ = try await office.createToken(role.rawValue, role: role, expiresAt: nil, by: bob)
        }
        let link = try await office.invite(nil, role: .admin, by: bob)
        var again = person("1")
        again.roles = roles
        _ = try await office.signIn(again)
        let tokens = try await instance.directory.all(AdminToken.self, of: admin.organisation)
        #expect(Set(tokens.map(\.label)) == Set(kept))
        #expect((try await office.link(link.token) != nil) == roles.contains(.admin))
        guard case .member(let id, _) = bob.who else { return }
        _ = try await office.setDisabled(true, id, by: admin)
        #expect(try await instance.directory.all(AdminToken.self, of: admin.organisation) == [])
    }

    @Test("an organisation keeps an admin who is not disabled, whatever a provider says")
    func lastAdmin() async throws {
        let admin = try await instance.signUp().actor
        guard case .member(let ann, _) = admin.who else { return }
        let last = Refusal.conflict("this is the last admin")
        await expectRefusal(last) { _ = try await office.setDisabled(true, ann, by: admin) }
        let bob = try await office.signIn(person("1", .admin)).get()
        guard case .member(let id, _) = bob.actor.who else { return }
        // A disabled admin is none.
        _ = try await office.setDisabled(true, id, by: admin)
        await expectRefusal(last) { _ = try await office.changeRole(of: ann, to: .viewer, by: admin) }
        await expectRefusal(last) { try await office.removeMember(ann, by: admin) }
        _ = try await office.setDisabled(false, id, by: admin)
        let session = try await office.signIn(person("1", .admin)).get()
        _ = try await office.changeRole(of: ann, to: .viewer, by: admin)
        #expect(try await refusal(person("1", .viewer)) == .lastAdmin)
        #expect(try await office.actor(session: session.token) == nil)
        #expect(try await members(admin.organisation).first { $0.id == id }?.role == .admin)
        #expect(try await office.signIn(person("1", .admin)).get().actor.role == .admin)
    }

    @Test("an admin whom its provider turned away is none that an organisation could rely on, until it is let in again")
    func turnedAwayAdmin() async throws {
        let admin = try await instance.signUp().actor
        guard case .member(let ann, _) = admin.who else { return }
        let bob = try await office.signIn(person("1", .admin)).get().actor
        guard case .member(let id, _) = bob.who else { return }
        let link = try await office.invite(nil, role: .viewer, by: admin)
        let events = instance.world.events.count
        for _ in 0..<2 { #expect(try await refusal(person("1")) == .noRole) }
        #expect(instance.world.events.dropFirst(events).map(\.operation) == ["signOutEverywhere"])
        func listed() async throws -> Member? {
            try await office.list(Member.self, as: .listMembers, by: admin, after: nil, limit: 9).items.first {
                $0.id == id
            }
        }
        let away = try #require(try await listed())
        #expect(away.role == .admin && away.isTurnedAway)
        #expect(instance.world.events.last?.after?.contains(#""turned_away":true"#) ?? false)
        let last = Refusal.conflict("this is the last admin")
        await expectRefusal(last) { _ = try await office.changeRole(of: ann, to: .viewer, by: admin) }
        await expectRefusal(last) { try await office.removeMember(ann, by: admin) }
        await expectRefusal(last) { _ = try await office.setDisabled(true, ann, by: admin) }
        #expect(try await office.link(link.token) != nil)
        #expect(try await office.signIn(person("1", .admin)).get().actor == bob)
        #expect(instance.world.events.last?.operation == "returnThroughProvider")
        #expect(try await listed()?.isTurnedAway == false)
        _ = try await office.changeRole(of: ann, to: .viewer, by: admin)
    }

    @Test("whoever is turned away acts by nothing that was missed, and members of earlier versions are not turned away")
    func missed() async throws {
        let admin = try await instance.signUp().actor
        let signedIn = try await office.signIn(person("1", .viewer)).get()
        guard case .member(let id, _) = signedIn.actor.who else { return }
        let member = try await instance.directory.fetch(Member.self, id, of: admin.organisation)
        var away = member
        away.isTurnedAway = true
        _ = try await instance.directory.store.apply([.replace(member.row, with: away.row)])
        #expect(try await office.actor(session: signedIn.token) == nil)
        #expect(!member.row.body.contains("turned_away") && away.row.body.contains("turned_away"))
        _ = try await instance.directory.store.apply([.replace(away.row, with: member.row)])
        #expect(try await office.actor(session: signedIn.token) == signedIn.actor)
    }

    @Test("what a provider says to one organisation is nothing to another")
    func organisations() async throws {
        let admin = try await instance.signUp().actor
        let other = try await instance.otherAdmin()
        #expect(try await refusal(person("1", .viewer)) == .noOrganisation)
        let here = try await office.signIn(person("1", .viewer, organisation: "Acme")).get().actor
        #expect(here.organisation == admin.organisation)
        let there = person("1", .viewer, email: "b@example.org", organisation: other.organisation.text)
        let second = try await office.signIn(there).get().actor
        #expect(second.organisation == other.organisation && second.who != here.who)
        #expect(try await refusal(person("1", .viewer, organisation: "acme")) == .noOrganisation)
    }

    @Test("of many first sign-ins at the same moment one makes the member and all are it")
    func racing() async throws {
        let admin = try await instance.signUp().actor
        let actors = try await withThrowingTaskGroup(of: Actor.self) { group in
            for _ in 0..<20 {
                group.addTask { [office] in try await office.signIn(person("1", .viewer)).get().actor }
            }
            return try await group.reduce(into: Set<Actor>()) { $0.insert($1) }
        }
        #expect(actors.count == 1)
        #expect(try await members(admin.organisation).count == 2)
    }

    @Test("a sign-in that cannot be recorded is not made")
    func unrecorded() async throws {
        let admin = try await instance.signUp().actor
        instance.change { $0.isAuditThere = false }
        await expectRefusal(.unavailable("the act cannot be recorded in the audit, so it is not done")) {
            _ = try await office.signIn(person("1", .viewer))
        }
        #expect(try await members(admin.organisation).count == 1)
    }
}
