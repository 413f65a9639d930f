import Administration
import GatewayStorage
import Testing
import WireJSON

/// Tokens and invitations end with the member whose they are, and with the token that made them.
@Suite("Tokens and their members")
struct SponsorTests {
    private let instance = Instance()
    private var office: Administration { instance.administration }

    private func operatorOf(_ member: Actor) -> Actor { Actor(.operator, of: member.organisation, role: .admin) }

    private func id(_ actor: Actor) throws -> RecordID {
        guard case .member(let id, _) = actor.who else { throw NoMember() }
        return id
    }

    private struct NoMember: Error {}

    /// Who presents the token.
    private func bearer(_ token: String) async throws -> Actor { try #require(try await office.actor(token: token)) }

    private func token(
        _ label: String, _ role: Role = .admin, for email: String? = nil, by actor: Actor
    ) async throws -> Administration.Issued<AdminToken> {
        try await office.createToken(label, role: role, for: email, expiresAt: nil, by: actor)
    }

    /// Bob's token of the operator's making; what that made; what that made in turn.
    private struct Chain {
        let bob: Actor
        let tokens: [Administration.Issued<AdminToken>]
        let link: Administration.Issued<Invitation>
        let others: Administration.Issued<AdminToken>
    }

    private func chain() async throws -> (ann: Actor, Chain) {
        let ann = try await instance.signUp().actor
        let bob = try await instance.member("bob@example.com", .admin, by: ann)
        let first = try await token("first", for: "BOB@example.com", by: operatorOf(ann))
        let second = try await token("second", by: try await bearer(first.token))
        let third = try await token("third", .viewer, by: try await bearer(second.token))
        let link = try await office.invite(nil, role: .admin, by: try await bearer(second.token))
        let others = try await token("others", by: operatorOf(ann))
        return (ann, Chain(bob: bob, tokens: [first, second, third], link: link, others: others))
    }

    private func expectGone(_ chain: Chain, _ gone: Set<Int>, _ what: Comment) async throws {
        for (number, issued) in chain.tokens.enumerated() {
            #expect(try await (office.actor(token: issued.token) == nil) == gone.contains(number), what)
        }
        #expect(try await office.link(chain.link.token) == nil, what)
        #expect(try await office.actor(token: chain.others.token) != nil, what)
        let event = try #require(instance.world.events.last)
        let along = Set(event.along + [event.id])
        #expect(along.isSuperset(of: gone.map { chain.tokens[$0].record.id }) && along.contains(chain.link.record.id))
    }

    @Test("whose a token is, it says; what it makes is that member's")
    func inherited() async throws {
        let (_, chain) = try await chain()
        let bob = try id(chain.bob)
        for issued in chain.tokens { #expect(issued.record.sponsor.member == bob) }
        #expect(chain.link.record.sponsor.member == bob && chain.others.record.sponsor == Sponsor())
        let shown = try JSON(try #require(instance.world.events.first { $0.operation == "createToken" }?.after))
        #expect(shown["member"]?.string == bob.text && shown["made_with"] == nil)
    }

    @Test("a member's tokens and invitations end when it is removed")
    func member() async throws {
        let (ann, removed) = try await chain()
        try await office.removeMember(try id(removed.bob), by: ann)
        try await expectGone(removed, [0, 1, 2], "removed")
    }

    @Test("a disabled member's tokens and invitations end, and do not come back with it")
    func disabled() async throws {
        let (ann, chain) = try await chain()
        let bob = try id(chain.bob)
        _ = try await office.setDisabled(true, bob, by: ann)
        try await expectGone(chain, [0, 1, 2], "disabled")
        _ = try await office.setDisabled(false, bob, by: ann)
        for issued in chain.tokens { #expect(try await office.actor(token: issued.token) == nil) }
    }

    @Test("a lesser role ends the tokens that give more, and all that was made with them")
    func demoted() async throws {
        let (ann, chain) = try await chain()
        let own = try await token("own", .viewer, for: "bob@example.com", by: operatorOf(ann))
        _ = try await office.changeRole(of: try id(chain.bob), to: .policyManager, by: ann)
        try await expectGone(chain, [0, 1, 2], "demoted")
        #expect(try await office.actor(token: own.token)?.role == .viewer)
    }

    @Test("a token that is removed leaves nothing behind that was made with it")
    func removedToken() async throws {
        let (ann, chain) = try await chain()
        try await office.removeToken(chain.tokens[1].record.id, by: ann)
        try await expectGone(chain, [1, 2], "its own and its successor's")
        try await office.removeToken(chain.tokens[0].record.id, by: operatorOf(ann))
        #expect(try await office.actor(token: chain.others.token) != nil)
        let left = try await instance.directory.all(AdminToken.self, of: ann.organisation)
        #expect(left.map(\.label) == ["others"])
    }

    @Test("a token acts as no more than its member may at that moment, whatever was missed when the member went")
    func missed() async throws {
        let (ann, chain) = try await chain()
        let store = instance.directory.store
        // As if each had been made in the moment in which its member was changed.
        func put(_ change: (inout Member) -> Void) async throws {
            let bob = try await instance.directory.fetch(Member.self, try id(chain.bob), of: ann.organisation)
            var changed = bob
            change(&changed)
            _ = try await store.apply([.replace(bob.row, with: changed.row)])
        }
        try await put { $0.isDisabled = true }
        for issued in chain.tokens { #expect(try await office.actor(token: issued.token) == nil) }
        #expect(try await office.link(chain.link.token) == nil)
        try await put {
            $0.isDisabled = false
            $0.role = .viewer
        }
        #expect(try await office.actor(token: chain.tokens[0].token) == nil)
        #expect(try await office.actor(token: chain.tokens[2].token)?.role == .viewer)
        _ = try await store.apply([.remove(chain.tokens[1].record.row)])
        #expect(try await office.actor(token: chain.tokens[2].token) == nil, "what made it is not there")
    }

    @Test("a token is made for a member of one's organisation who may do that much, and for no other than its maker's")
    func refused() async throws {
        let (ann, chain) = try await chain()
        let other = try await instance.otherAdmin()
        _ = try await instance.member("vic@example.com", .viewer, by: ann)
        let stranger = Refusal.invalid(field: "for", reason: "is no member's address")
        for address in ["nobody@example.com", "mal@example.org", "no address", ""] {
            await expectRefusal(stranger) { _ = try await token("x", .viewer, for: address, by: operatorOf(ann)) }
        }
        #expect(other.organisation != ann.organisation)
        await expectRefusal(.conflict("the member whose it would be may not do that much")) {
            _ = try await token("x", .policyManager, for: "vic@example.com", by: operatorOf(ann))
        }
        let first = try await bearer(chain.tokens[0].token)
        await expectRefusal(.conflict("what a member's token makes is that member's")) {
            _ = try await token("x", .viewer, for: "vic@example.com", by: first)
        }
        let own = try await token("y", .viewer, for: "bob@example.com", by: first)
        #expect(own.record.sponsor.member == chain.tokens[0].record.sponsor.member)
    }

    @Test("a token that went while it acted makes nothing")
    func gone() async throws {
        let (ann, chain) = try await chain()
        let second = try await bearer(chain.tokens[1].token)
        try await office.removeToken(chain.tokens[0].record.id, by: ann)
        await expectRefusal(.conflict("the member whose it would be may not do that much")) {
            _ = try await token("late", .viewer, by: second)
        }
        await expectRefusal(.unknown("token")) { _ = try await office.invite(nil, role: .admin, by: second) }
        #expect(try await instance.directory.all(Invitation.self, of: ann.organisation) == [])
    }

    @Test("records of earlier versions are read, work, and end with the maker that they name")
    func earlier() async throws {
        let ann = try await instance.signUp().actor
        let bob = try await instance.member("bob@example.com", .admin, by: ann)
        let store = instance.directory.store
        /// The record as it was written before it said whose it is: but for its maker, as the operator's are.
        func old<Record: DirectoryRecord>(_ record: Record, by maker: String, as key: String) async throws {
            let body = String(decoding: record.row.body, as: UTF8.self)
            let json = try JSON(record.row.body)
            let was = json["shown"]?[key]?.string ?? ""
            let text = body.replacing(#""\#(key)":"\#(was)""#, with: #""\#(key)":"\#(maker)""#)
            let row = DirectoryRow(
                kind: record.row.kind, organisation: record.row.organisation, id: record.row.id, name: record.row.name,
                handle: record.row.handle, parents: record.row.parents, body: Array(text.utf8))
            _ = try await store.apply([.replace(record.row, with: row)])
        }
        let first = try await token("first", by: operatorOf(ann))
        let second = try await token("second", by: operatorOf(ann))
        let bobs = try await token("bobs", by: operatorOf(ann))
        let link = try await office.invite(nil, role: .admin, by: operatorOf(ann))
        try await old(second.record, by: "token \(first.record.id) first", as: "created_by")
        try await old(link.record, by: "token \(second.record.id) second", as: "invited_by")
        try await old(bobs.record, by: "member \(try id(bob)) bob@example.com", as: "created_by")
        for issued in [first, second, bobs] { #expect(try await office.actor(token: issued.token)?.role == .admin) }
        try await office.removeToken(first.record.id, by: ann)
        #expect(try await office.actor(token: second.token) == nil)
        #expect(try await office.link(link.token) == nil)
        #expect(try await office.actor(token: bobs.token) != nil)
        try await office.removeMember(try id(bob), by: ann)
        #expect(try await instance.directory.all(AdminToken.self, of: ann.organisation) == [])
    }
}
