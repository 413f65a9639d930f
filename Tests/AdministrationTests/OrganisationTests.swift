import Administration
import GatewayStorage
import Testing
import WireJSON

/// What one organisation has of another: nothing, the machine included.
struct OrganisationTests {
    private let instance = Instance()
    private var office: Administration { instance.administration }
    private static let command = ServerChoices(transport: .command(["/bin/true"], directory: nil))

    @Test("only the first organisation's admins run programs on the machine, and those whom the operator lets")
    func machine() async throws {
        let ann = try await instance.signUp().actor
        _ = try await office.registerServer("one", Self.command, secrets: [:], by: ann)
        let mal = try await instance.otherAdmin()
        await expectRefusal(.notAllowed(needs: .operator)) {
            _ = try await office.registerServer("two", Self.command, secrets: [:], by: mal)
        }
        // Nor by changing what they have; what the operator put there is not theirs to change.
        let server = try await office.registerServer("two", World.url, secrets: [:], by: mal)
        await expectRefusal(.notAllowed(needs: .operator)) {
            _ = try await office.changeServer(server.id, Self.command, secrets: [:], isEnabled: true, by: mal)
        }
        let owner = Actor(.operator, of: mal.organisation, role: .admin)
        let given = try await office.registerServer("three", Self.command, secrets: ["A": "b"], by: owner)
        await expectRefusal(.notAllowed(needs: .operator)) {
            _ = try await office.changeServer(
                given.id, given.settings, secrets: ["LD_PRELOAD": "/tmp/x.so"], isEnabled: true, by: mal)
        }
        let made = try await office.createOrganisation("Third", admin: nil, mayUseMachine: true, by: owner)
        let joined = try await office.join(
            link: made.invitation.token,
            .init(fullName: "Tom", email: "tom@example.org", password: "staple battery horse"))
        _ = try await office.registerServer("four", Self.command, secrets: [:], by: joined.actor)
    }

    @Test("the first organisation is the machine's also where the operator makes it")
    func firstByOperator() async throws {
        let nobody = try #require(RecordID("none"))
        let owner = Actor(.operator, of: nobody, role: .admin)
        let made = try await office.createOrganisation("Acme", admin: nil, by: owner)
        #expect(made.organisation.mayUseMachine)
        instance.wait(.seconds(1))
        let next = try await office.createOrganisation("Umbrella", admin: nil, by: owner)
        #expect(!next.organisation.mayUseMachine)
        #expect(try await office.organisations(by: owner).map(\.title) == ["Acme", "Umbrella"])
        let admin = Actor(.token(nobody, label: "x", of: nil), of: made.organisation.id, role: .admin)
        await expectRefusal(.notAllowed(needs: .operator)) { _ = try await office.organisations(by: admin) }
    }

    @Test("calls are asked for of the actor's organisation, whatever the filter says; argument values only for admins")
    func calls() async throws {
        let ann = try await instance.signUp().actor
        instance.change { world in
            let json = #"{"outcome":"allowed","arguments":{"key":"hush"},"argumentKeys":["key"],"n":1.0}"#
            world.calls = [KeptEvent(sequence: 7, json: Array(json.utf8))]
        }
        let filter = AuditFilter(kind: "event", organisation: "default", grant: "laptop", limit: 9_999)
        let shown = try await office.calls(filter, by: ann.with(.viewer))
        let asked = try #require(instance.world.asked.last)
        #expect(asked.organisation == ann.organisation.text && asked.kind == "decision" && asked.grant == "laptop")
        #expect(asked.limit == AdministrationBounds.page)
        #expect(
            String(decoding: shown.items[0].json, as: UTF8.self)
                == #"{"outcome":"allowed","argumentKeys":["key"],"n":1.0}"#)
        let whole = try await office.calls(filter, by: ann)
        #expect(String(decoding: whole.items[0].json, as: UTF8.self).contains("hush"))
    }

    @Test("a call of which it cannot be told what is in it is shown to admins only")
    func unreadableCalls() async throws {
        let ann = try await instance.signUp().actor
        let kept = [#"{"arguments":{"key":"hush"}"#, #"[{"arguments":"hush"}]"#, #"{"outcome":"allowed"}"#, ""]
        instance.change { world in
            world.calls = kept.enumerated().map { KeptEvent(sequence: Int64(9 - $0), json: Array($1.utf8)) }
        }
        let shown = try await office.calls(AuditFilter(limit: 4), by: ann.with(.policyManager))
        #expect(shown.items.map { String(decoding: $0.json, as: UTF8.self) } == [#"{"outcome":"allowed"}"#])
        #expect(shown.next == "6", "what is left out is not where the next page begins")
        #expect(try await office.calls(AuditFilter(limit: 4), by: ann).items.count == 4)
    }

    @Test("revoked grants are listed for a while, not for ever")
    func revokedGrants() async throws {
        let ann = try await instance.signUp().actor
        var rows: [DirectoryChange] = []
        for number in 0...AdministrationBounds.revokedGrants {
            let id = try #require(RecordID("gra_\(100_000 + number)"))
            var grant = GrantRecord(
                organisation: ann.organisation, id: id, label: "old", tags: [:], expiresAt: nil, createdBy: "ann",
                createdAt: instance.world.now)
            grant.revokedAt = instance.world.now
            rows.append(.insert(grant.row))
        }
        #expect(try await instance.directory.store.apply(rows) == .applied)
        _ = try await office.createGrant("new", tags: [:], expiresAt: nil, pairs: [], by: ann)
        let kept = try await instance.directory.all(GrantRecord.self, of: ann.organisation)
        #expect(kept.count == AdministrationBounds.revokedGrants + 1)
        #expect(!kept.contains { $0.id.text == "gra_100000" } && kept.contains { $0.label == "new" })
    }

    @Test("a grant has so many tokens at a time")
    func credentials() async throws {
        let ann = try await instance.signUp().actor
        let grant = try await office.createGrant("g", tags: [:], expiresAt: nil, pairs: [], by: ann).record.id
        for _ in 1..<AdministrationBounds.credentials {
            _ = try await office.rotateGrant(grant, overlap: .seconds(60), by: ann)
        }
        await expectRefusal(.conflict("too many earlier tokens go on – rotate without an overlap")) {
            _ = try await office.rotateGrant(grant, overlap: .seconds(60), by: ann)
        }
        _ = try await office.rotateGrant(grant, overlap: .zero, by: ann)
        let kept = try await instance.directory.all(Credential.self, of: ann.organisation)
        #expect(kept.count == 1)
    }
}
