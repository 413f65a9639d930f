import Administration
import GatewayStorage
import Synchronization
import Testing

/// Who is gone stays gone, and who only tries learns nothing.
struct WayBackTests {
    private let instance = Instance()
    private var office: Administration { instance.administration }

    /// An admin beside the first one.
    private func secondAdmin(_ first: Actor) async throws -> (id: RecordID, actor: Actor) {
        let issued = try await office.invite(nil, role: .admin, by: first)
        let joined = try await office.join(
            link: issued.token, .init(fullName: "Bob", email: "bob@example.com", password: "bobs long password"))
        guard case .member(let id, _) = joined.actor.who else { preconditionFailure("a member joined") }
        return (id, joined.actor)
    }

    @Test("a member that is removed leaves no token and no invitation behind; others' stay")
    func removed() async throws {
        let ann = try await instance.signUp().actor
        let bob = try await secondAdmin(ann)
        let own = try await office.createToken("bobs", role: .viewer, expiresAt: nil, by: bob.actor)
        let link = try await office.invite(nil, role: .viewer, by: bob.actor)
        let others = try await office.createToken("anns", role: .admin, expiresAt: nil, by: ann)
        try await office.removeMember(bob.id, by: ann)
        #expect(try await office.actor(token: own.token) == nil)
        #expect(try await office.link(link.token) == nil)
        #expect(try await office.actor(token: others.token) != nil)
        let event = try #require(instance.world.events.last)
        #expect(Set(event.along) == [own.record.id, link.record.id])
    }

    @Test("a member that is kept out leaves no token and no invitation behind")
    func disabled() async throws {
        let ann = try await instance.signUp().actor
        let bob = try await secondAdmin(ann)
        let own = try await office.createToken("bobs", role: .admin, expiresAt: nil, by: bob.actor)
        let link = try await office.invite(nil, role: .admin, by: bob.actor)
        _ = try await office.setDisabled(true, bob.id, by: ann)
        #expect(try await office.actor(token: own.token) == nil)
        #expect(try await office.link(link.token) == nil)
        _ = try await office.setDisabled(false, bob.id, by: ann)
        #expect(try await office.actor(token: own.token) == nil)
    }

    @Test("a member with a lesser role keeps what that role could have given, and no more")
    func demoted() async throws {
        let ann = try await instance.signUp().actor
        let bob = try await secondAdmin(ann)
        let admins = try await office.createToken("high", role: .admin, expiresAt: nil, by: bob.actor)
        let viewers = try await office.createToken("low", role: .viewer, expiresAt: nil, by: bob.actor)
        let link = try await office.invite(nil, role: .admin, by: bob.actor)
        _ = try await office.changeRole(of: bob.id, to: .policyManager, by: ann)
        #expect(try await office.actor(token: admins.token) == nil)
        #expect(try await office.link(link.token) == nil)
        #expect(try await office.actor(token: viewers.token) != nil)
    }

    @Test("the first link is good again where its sign-up could not be kept")
    func firstLink() async throws {
        let link = try #require(try await office.makeFirstLink())
        let ann = Administration.Newcomer(fullName: "Ann", email: "ann@example.com", password: "long enough pass")
        instance.change { $0.isAuditThere = false }
        await expectRefusal(.unavailable("the act cannot be recorded in the audit, so it is not done")) {
            _ = try await office.signUp(link: link, organisation: "Acme", ann)
        }
        instance.change { $0.isAuditThere = true }
        _ = try await office.signUp(link: link, organisation: "Acme", ann)
    }

    @Test("a member has so many sign-ins at a time; one more ends the oldest")
    func sessions() async throws {
        let first = try await instance.signUp()
        instance.wait(.seconds(1))
        var tokens: [String] = []
        for _ in 0..<AdministrationBounds.sessions {
            let entered = try await office.signIn(email: "ann@example.com", password: "correct horse battery")
            tokens.append(try #require(entered).token)
            instance.wait(.milliseconds(1))
        }
        #expect(try await office.actor(session: first.token) == nil)
        #expect(try await office.actor(session: tokens[0]) != nil)
        let kept = try await instance.directory.all(Session.self, of: first.actor.organisation)
        #expect(kept.count == AdministrationBounds.sessions)
    }

    @Test("invitations that nobody can use any more are forgotten with the next one")
    func invitations() async throws {
        let ann = try await instance.signUp().actor
        for _ in 0..<3 { _ = try await office.invite(nil, role: .viewer, by: ann) }
        instance.wait(AdministrationBounds.invitation)
        let new = try await office.invite(nil, role: .viewer, by: ann)
        let kept = try await instance.directory.all(Invitation.self, of: ann.organisation)
        #expect(kept.map(\.id) == [new.record.id])
    }

    @Test("a sign-in that fails takes one write, whatever the reason")
    func writes() async throws {
        let store = CountedDirectory()
        let instance = Instance(store)
        let office = instance.administration
        _ = try await instance.signUp()
        func writes(_ email: String, _ password: String) async throws -> Int {
            let before = store.writes
            #expect(try await office.signIn(email: email, password: password) == nil)
            return store.writes - before
        }
        #expect(try await writes("nobody@example.com", "correct horse battery") == 1)
        #expect(try await writes("no address", "correct horse battery") == 1)
        for _ in 0..<AdministrationBounds.failedSignIns {
            #expect(try await writes("ann@example.com", "wrong horse battery") == 1)
        }
        #expect(try await writes("ann@example.com", "correct horse battery") == 1, "paused")
        #expect(try await writes("ann@example.com", "wrong horse battery") == 1, "paused")
    }
}

/// A directory in memory that counts what is written to it.
final class CountedDirectory: DirectoryStore {
    private let store = MemoryDirectory()
    private let counted = Mutex(0)
    var writes: Int { counted.withLock { $0 } }

    func rows(_ query: DirectoryQuery) async throws(StorageError) -> [DirectoryRow] { try await store.rows(query) }

    func apply(_ changes: [DirectoryChange]) async throws(StorageError) -> DirectoryVerdict {
        counted.withLock { $0 += 1 }
        return try await store.apply(changes)
    }
}
