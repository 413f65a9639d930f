import Administration
import GatewayStorage
import Testing

/// Accounts: sign-up, invitations, passwords, sign-ins.
struct AccountTests {
    private let instance = Instance()
    private var office: Administration { instance.administration }

    @Test("the first sign-up makes the organisation and its admin, once")
    func firstSignUp() async throws {
        let link = try #require(try await office.makeFirstLink())
        #expect(try await office.link(link) == .first)
        let newcomer = Administration.Newcomer(fullName: "Ann", email: "Ann@Example.com", password: "long enough pass")
        let signedIn = try await office.signUp(link: link, organisation: "Acme", newcomer)
        #expect(signedIn.actor.role == .admin)
        #expect(try await office.actor(session: signedIn.token) == signedIn.actor)
        #expect(try await office.makeFirstLink() == nil)
        #expect(try await office.link(link) == nil)
        await expectRefusal(.conflict("this link is not valid any more – ask for a new one")) {
            _ = try await office.signUp(link: link, organisation: "Again", newcomer)
        }
        #expect(try await instance.directory.organisations().map(\.title) == ["Acme"])
    }

    @Test("of many first sign-ups at the same moment one succeeds")
    func racingSignUps() async throws {
        let link = try #require(try await office.makeFirstLink())
        let made = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<20 {
                group.addTask { [office] in
                    let newcomer = Administration.Newcomer(
                        fullName: "Ann", email: "ann\(number)@example.com", password: "long enough pass")
                    return (try? await office.signUp(link: link, organisation: "Acme", newcomer)) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(made == 1)
        #expect(try await instance.directory.organisations().count == 1)
    }

    @Test("a weak password, a bad address or a name with invisible characters is refused with its field")
    func newcomers() async throws {
        let link = try #require(try await office.makeFirstLink())
        let cases = [
            ("Ann", "ann@example.com", "short", "password"), ("Ann", "ann@example.com", "aaaaaaaaaaaaaaaa", "password"),
            ("Ann", "ann", "long enough pass", "email"), ("Ann", "a nn@example.com", "long enough pass", "email"),
            ("Ann", "a@b@c", "long enough pass", "email"), ("", "ann@example.com", "long enough pass", "name"),
            ("A\u{202E}nn", "ann@example.com", "long enough pass", "name"),
            ("A\nnn", "ann@example.com", "long enough pass", "name"),
        ]
        for (name, email, password, field) in cases {
            do {
                _ = try await office.signUp(
                    link: link, organisation: "Acme", .init(fullName: name, email: email, password: password))
                Issue.record("\(name) \(email) \(password) was taken")
            } catch {
                guard case .invalid(field, _) = error else {
                    Issue.record("\(error) is not about \(field)")
                    continue
                }
            }
        }
        // A mistake does not use the link up.
        #expect(try await office.link(link) == .first)
    }

    @Test("an invitation works once, until it expires, for the address it names, with the role it gives")
    func invitations() async throws {
        let admin = try await instance.signUp().actor
        let issued = try await office.invite("bob@example.com", role: .policyManager, by: admin)
        let bob = Administration.Newcomer(fullName: "Bob", email: "bob@example.com", password: "bobs long password")
        await expectRefusal(.invalid(field: "email", reason: "is not the address this invitation is for")) {
            _ = try await office.join(
                link: issued.token, .init(fullName: "B", email: "eve@example.com", password: "bobs long password"))
        }
        let signedIn = try await office.join(link: issued.token, bob)
        #expect(signedIn.actor.role == .policyManager)
        #expect(signedIn.actor.organisation == admin.organisation)
        let void = Refusal.conflict("this link is not valid any more – ask for a new one")
        await expectRefusal(void) { _ = try await office.join(link: issued.token, bob) }
        let late = try await office.invite(nil, role: .viewer, by: admin)
        instance.wait(.seconds(7 * 86_400))
        await expectRefusal(void) { _ = try await office.join(link: late.token, bob) }
        await expectRefusal(void) { _ = try await office.join(link: "ghi_forged", bob) }
        // Stored as a digest only.
        let kept = try await instance.directory.all(Invitation.self, of: admin.organisation)
        #expect(kept.allSatisfy { !$0.row.body.contains(late.token) && $0.digest.count == 32 })
    }

    @Test("an address that has an account elsewhere cannot be told from a used link")
    func noEnumerationByInvitation() async throws {
        let admin = try await instance.signUp("ann@example.com").actor
        let issued = try await office.invite(nil, role: .viewer, by: admin)
        await expectRefusal(.conflict("this invitation cannot be used with this address")) {
            _ = try await office.join(
                link: issued.token, .init(fullName: "A", email: "ann@example.com", password: "another password"))
        }
    }

    @Test("sign-in fails alike for no account, a wrong password and a paused account")
    func signIn() async throws {
        let admin = try await instance.signUp("ann@example.com").actor
        let password = "correct horse battery"
        let good = try #require(try await office.signIn(email: "ANN@example.com", password: password))
        #expect(good.actor == admin)
        for (email, given) in [
            ("ann@example.com", "wrong"), ("nobody@example.com", password), ("no address", password),
            ("ann@example.com", String(repeating: "x", count: 100_000)),
        ] {
            #expect(try await office.signIn(email: email, password: given) == nil)
        }
        for _ in 0..<10 { _ = try await office.signIn(email: "ann@example.com", password: "wrong") }
        #expect(try await office.signIn(email: "ann@example.com", password: password) == nil)
        #expect(instance.world.events.last?.operation == "pauseAccount")
        instance.wait(.seconds(15 * 60))
        #expect(try await office.signIn(email: "ann@example.com", password: password) != nil)
    }

    @Test("failures at the same moment are all counted")
    func racingFailures() async throws {
        _ = try await instance.signUp("ann@example.com")
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask { [office] in _ = try? await office.signIn(email: "ann@example.com", password: "wrong") }
            }
        }
        #expect(try await office.signIn(email: "ann@example.com", password: "correct horse battery") == nil)
    }

    @Test("a sign-in ends by itself, by signing out, everywhere at once, and with a new password")
    func sessions() async throws {
        let first = try await instance.signUp("ann@example.com")
        let password = "correct horse battery"
        let second = try #require(try await office.signIn(email: "ann@example.com", password: password))
        try await office.signOut(session: first.token)
        #expect(try await office.actor(session: first.token) == nil)
        #expect(try await office.actor(session: second.token) != nil)
        try await office.signOutEverywhere(by: second.actor)
        #expect(try await office.actor(session: second.token) == nil)
        let third = try #require(try await office.signIn(email: "ann@example.com", password: password))
        let beside = try #require(try await office.signIn(email: "ann@example.com", password: password))
        await expectRefusal(.invalid(field: "present password", reason: "is wrong")) {
            _ = try await office.changePassword(from: "wrong", to: "a new long password", by: third.actor)
        }
        await expectRefusal(.invalid(field: "password", reason: "has at least 12 characters")) {
            _ = try await office.changePassword(from: password, to: "short", by: third.actor)
        }
        #expect(try await office.actor(session: beside.token) != nil)
        let changed = try await office.changePassword(from: password, to: "a new long password", by: third.actor)
        for old in [third, beside] { #expect(try await office.actor(session: old.token) == nil) }
        #expect(try await office.actor(session: changed.token) == third.actor)
        let event = try #require(instance.world.events.last)
        #expect(event.operation == "changePassword" && event.after.map { !$0.contains("scrypt") } ?? false)
        #expect(try await office.signIn(email: "ann@example.com", password: password) == nil)
        let fourth = try #require(
            try await office.signIn(email: "ann@example.com", password: "a new long password"))
        instance.wait(.seconds(7 * 86_400))
        #expect(try await office.actor(session: fourth.token) == nil)
    }

    @Test("a present password is guessed no more often by a browser that is signed in than by one that is not")
    func guessing() async throws {
        let ann = try await instance.signUp("ann@example.com").actor
        let (old, new) = ("correct horse battery", "a new long password")
        for _ in 0..<AdministrationBounds.failedSignIns {
            await expectRefusal(.invalid(field: "present password", reason: "is wrong")) {
                _ = try await office.changePassword(from: "wrong", to: new, by: ann)
            }
        }
        await expectRefusal(.conflict("the account pauses after too many failures – try again later")) {
            _ = try await office.changePassword(from: old, to: new, by: ann)
        }
        #expect(try await office.signIn(email: "ann@example.com", password: old) == nil)
        instance.wait(AdministrationBounds.pause)
        _ = try await office.changePassword(from: old, to: new, by: ann)
        let token = try await office.createToken("ci", role: .admin, expiresAt: nil, by: ann)
        let ci = try #require(try await office.actor(token: token.token))
        await expectRefusal(.conflict("only a member has a password")) {
            _ = try await office.changePassword(from: new, to: old, by: ci)
        }
    }

    @Test("an organisation keeps an admin")
    func lastAdmin() async throws {
        let admin = try await instance.signUp().actor
        guard case .member(let id, _) = admin.who else { return }
        await expectRefusal(.conflict("this is the last admin")) { try await office.removeMember(id, by: admin) }
        await expectRefusal(.conflict("this is the last admin")) {
            _ = try await office.changeRole(of: id, to: .viewer, by: admin)
        }
    }

    @Test("a token of the interface has a role no higher than its maker's, expires, and goes")
    func tokens() async throws {
        let admin = try await instance.signUp().actor
        let issued = try await office.createToken(
            "ci", role: .viewer, expiresAt: instance.world.now.advanced(by: .seconds(60)), by: admin)
        #expect(issued.token.hasPrefix("gha_"))
        #expect(try await office.actor(token: issued.token)?.role == .viewer)
        #expect(try await office.actor(token: issued.token + "0") == nil)
        let session = try #require(
            try await office.signIn(email: "ann@example.com", password: "correct horse battery"))
        #expect(try await office.actor(token: session.token) == nil)
        #expect(try await office.actor(session: issued.token) == nil)
        instance.wait(.seconds(60))
        #expect(try await office.actor(token: issued.token) == nil)
        try await office.removeToken(issued.record.id, by: admin)
        #expect(try await instance.directory.all(AdminToken.self, of: admin.organisation) == [])
    }
}

extension [UInt8] {
    /// Whether these bytes hold the text.
    func contains(_ text: String) -> Bool {
        let needle = Array(text.utf8)
        guard !needle.isEmpty, count >= needle.count else { return false }
        return (0...(count - needle.count)).contains { self[$0..<$0 + needle.count].elementsEqual(needle) }
    }
}
