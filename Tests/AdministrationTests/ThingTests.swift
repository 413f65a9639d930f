import Administration
import GatewayStorage
import Testing
import WireJSON

/// Servers, policies, grants and secrets.
struct ThingTests {
    private let instance = Instance()
    private var office: Administration { instance.administration }

    private func tool(_ name: String, _ text: String) -> ListedTool {
        let json = #"{"name":"\#(name)","description":"\#(text)"}"#
        return ListedTool(name: Array(name.utf8), hash: text, definition: Array(json.utf8))
    }

    @Test("a server's secrets are sealed, never described, and open for their own server only")
    func secrets() async throws {
        let admin = try await instance.signUp().actor
        let world = try await World(instance, admin)
        let server = try await office.show(ServerRecord.self, world.ids.server, as: .showServer, by: admin)
        #expect(server.settings.secretNames == ["X-Key"])
        #expect(try await office.openSecrets(of: server) == ["X-Key": "hush"])
        let sealed = try #require(
            try await instance.directory.all(SealedSecret.self, of: admin.organisation).first)
        #expect(!sealed.row.body.contains("hush") && !server.row.body.contains("hush"))
        #expect(instance.world.events.allSatisfy { !($0.after ?? []).contains("hush") })
        let other = try await office.registerServer("git", World.url, secrets: ["A": "b"], by: admin)
        let moved = SealedSecret(
            organisation: sealed.organisation, id: try #require(RecordID("sec_1")), server: other.id,
            keyID: sealed.keyID, sealed: sealed.sealed)
        let own = try #require(
            try await instance.directory.all(SealedSecret.self, of: admin.organisation).first { $0.server == other.id })
        #expect(
            try await instance.directory.store.apply([.remove(own.row), .insert(moved.row)]) == .applied)
        await expectRefusal(.unavailable("a sealed secret cannot be opened")) {
            _ = try await office.openSecrets(of: other)
        }
    }

    @Test("rotating seals every secret with the new key; the old one is then not needed")
    func rotation() async throws {
        let (old, new) = (SecretKey.make().key, SecretKey.make().key)
        let instance = Instance(keyring: Keyring(old))
        let admin = try await instance.signUp().actor
        let world = try await World(instance, admin)
        let both = instance.administration(Keyring(new, earlier: [old]))
        let server = try await both.show(ServerRecord.self, world.ids.server, as: .showServer, by: admin)
        #expect(try await both.openSecrets(of: server) == ["X-Key": "hush"])
        #expect(try await both.rotateSecrets(by: admin) == 1)
        #expect(try await both.rotateSecrets(by: admin) == 0)
        #expect(try await instance.administration(Keyring(new)).openSecrets(of: server) == ["X-Key": "hush"])
        await expectRefusal(.unavailable("the key `\(new.id)` that seals a secret is not here")) {
            _ = try await instance.administration(Keyring(old)).openSecrets(of: server)
        }
    }

    @Test(
        "a weak secret key is refused",
        arguments: [
            String(repeating: "0", count: 64), String(repeating: "ab", count: 32), "", "00ff", "password",
            (0..<32).map { Hexadecimal.text([UInt8($0)]) }.joined(), String(repeating: "0123456789abcdef", count: 4),
        ])
    func weakKeys(hex: String) {
        #expect(throws: SecretKey.Weakness.self) { _ = try SecretKey(hex: hex) }
    }

    @Test("only an admin registers a command")
    func commands() async throws {
        let admin = try await instance.signUp().actor
        let choices = ServerChoices(transport: .command(["/bin/true"], directory: nil))
        for role in [Role.viewer, .policyManager] {
            await expectRefusal(.notAllowed(needs: .role(.admin))) {
                _ = try await office.registerServer("x", choices, secrets: [:], by: admin.with(role))
            }
        }
        #expect(try await office.registerServer("x", choices, secrets: [:], by: admin).settings.isCommand)
    }

    @Test("a scan keeps every definition; nothing is accepted until a person does, by the hash they looked at")
    func acceptance() async throws {
        let admin = try await instance.signUp().actor
        let server = try await office.registerServer("iam", World.url, secrets: [:], by: admin)
        await expectRefusal(.unavailable("cannot be reached")) { _ = try await office.scan(server.id, by: admin) }
        instance.change { [tool] in $0.listed["iam"] = [tool("a", "one"), tool("b", "two"), tool("a", "again")] }
        let first = try await office.scan(server.id, by: admin)
        #expect(first.map(\.state) == [.new, .new])
        #expect(first.allSatisfy { $0.accepted == nil })
        await expectRefusal(.conflict("the definition was changed meanwhile – look again")) {
            _ = try await office.acceptDefinitions([(Array("a".utf8), "other")], of: server.id, by: admin)
        }
        let all = try await office.acceptDefinitions(nil, of: server.id, by: admin)
        #expect(all.map(\.state) == [.accepted, .accepted])
        instance.change { [tool] in $0.listed["iam"] = [tool("a", "poisoned"), tool("c", "three")] }
        let second = try await office.scan(server.id, by: admin)
        let states = Dictionary(
            uniqueKeysWithValues: second.map { (String(decoding: $0.tool, as: UTF8.self), $0.state) })
        #expect(states == ["a": .changed, "b": .gone, "c": .new])
        let difference = try await office.difference(tool: Array("a".utf8), of: server.id, by: admin)
        #expect(difference.differences.map(\.pointer) == ["/description"])
        #expect(difference.differences.first?.after == Array("\"poisoned\"".utf8))
        #expect(second.first { $0.tool == [0x61] }?.acceptedHash == "one")
    }

    @Test(
        "a policy with an error is never published and leaves the one in force; versions stay; rolling back makes a new one"
    )
    func policies() async throws {
        let admin = try await instance.signUp().actor
        let policy = try await office.createPolicy("readers", draft: "{", by: admin)
        let problem = PolicyProblem(line: 1, column: 1, pointer: "", message: "no JSON")
        await expectRefusal(.policyErrors([problem])) { _ = try await office.publishPolicy(policy.id, by: admin) }
        let draft = try await office.draftPolicy(policy.id, "{\"n\":1}", by: admin)
        #expect(draft.verdict?.errors == [])
        #expect(try await office.publishPolicy(policy.id, by: admin).number == 1)
        #expect(try await office.publishPolicy(policy.id, document: "{\"n\":2}", by: admin).number == 2)
        let back = try await office.rollBackPolicy(policy.id, to: 1, by: admin)
        #expect(back.number == 3 && back.document == "{\"n\":1}")
        let kept = try await office.show(PolicyRecord.self, policy.id, as: .showPolicy, by: admin)
        #expect(kept.published == 3 && kept.draft == nil)
        for number in [0, 4, -1, Int.max] {
            await expectRefusal(.unknown("version of this policy")) {
                _ = try await office.version(number, of: policy.id, by: admin)
            }
        }
        await expectRefusal(.conflict("there is another policy of this name")) {
            _ = try await office.createPolicy("readers", draft: nil, by: admin)
        }
    }

    @Test("of two that publish at the same moment one is told to look again")
    func racingPublishes() async throws {
        let admin = try await instance.signUp().actor
        let policy = try await office.createPolicy("readers", draft: nil, by: admin)
        let numbers = await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<8 {
                group.addTask { [office] in
                    try? await office.publishPolicy(policy.id, document: "{}", by: admin).number
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let made = numbers.compactMap(\.self).sorted()
        #expect(made == Array(1...max(1, made.count)))
    }

    @Test("rotating leaves the old token as long as said; revoking takes all at once and frees the label")
    func grants() async throws {
        let admin = try await instance.signUp().actor
        let world = try await World(instance, admin)
        let id = world.ids.grant
        func inForce() async throws -> Int {
            try await instance.directory.all(Credential.self, of: admin.organisation, parents: [.grant: id])
                .count { $0.isInForce(at: instance.world.now) }
        }
        let rotated = try await office.rotateGrant(id, overlap: .seconds(60), by: admin)
        #expect(rotated.token.hasPrefix("ghs_") && BearerToken.isFormed(rotated.token, for: .grant))
        #expect(try await inForce() == 2)
        instance.wait(.seconds(60))
        #expect(try await inForce() == 1)
        _ = try await office.rotateGrant(id, overlap: .zero, by: admin)
        #expect(try await inForce() == 1)
        #expect(try await office.attachments(of: id, by: admin).count == 1)
        _ = try await office.revokeGrant(id, by: admin)
        #expect(try await inForce() == 0)
        await expectRefusal(.conflict("this grant is revoked")) { _ = try await office.revokeGrant(id, by: admin) }
        #expect(
            try await office.createGrant("claude", tags: [:], expiresAt: nil, pairs: [], by: admin).record.label
                == "claude")
    }

    @Test("a policy manager changes the policy before a server, but gives no server and no observe mode")
    func attaching() async throws {
        let admin = try await instance.signUp().actor
        let world = try await World(instance, admin)
        let manager = admin.with(.policyManager)
        let (server, grant) = (world.ids.server, world.ids.grant)
        let other = try await office.createPolicy("others", draft: nil, by: manager)
        let pair = Administration.Pair(server: server, policy: other.id, mode: .enforce)
        #expect(try await office.attach(pair, to: grant, by: manager).policy == other.id)
        var watched = pair
        watched.mode = .observe
        await expectRefusal(.notAllowed(needs: .role(.admin))) {
            _ = try await office.attach(watched, to: grant, by: manager)
        }
        let git = try await office.registerServer("git", World.url, secrets: [:], by: admin)
        await expectRefusal(.notAllowed(needs: .role(.admin))) {
            _ = try await office.attach(.init(server: git.id, policy: other.id, mode: .enforce), to: grant, by: manager)
        }
        await expectRefusal(.conflict("it is still in use by an attachment")) {
            try await office.removeServer(server, by: admin)
        }
    }

    @Test("an id longer than any of ours is an unknown one")
    func longIDs() async throws {
        let admin = try await instance.signUp().actor
        let world = try await World(instance, admin)
        let long = try #require(RecordID(String(repeating: "0", count: 160)))
        let (server, policy, grant) = (world.ids.server, world.ids.policy, world.ids.grant)
        for pair in [(long, policy), (server, long)] {
            let kind = pair.0 == long ? "server" : "policy"
            let pair = Administration.Pair(server: pair.0, policy: pair.1, mode: .enforce)
            await expectRefusal(.unknown(kind)) { _ = try await office.attach(pair, to: grant, by: admin) }
            await expectRefusal(.unknown(kind)) {
                _ = try await office.createGrant("x", tags: [:], expiresAt: nil, pairs: [pair], by: admin)
            }
        }
        await expectRefusal(.unknown("attachment")) { try await office.detach(long, from: grant, by: admin) }
        await expectRefusal(.unknown("grant")) { try await office.detach(server, from: long, by: admin) }
        await expectRefusal(.unknown("tool")) {
            _ = try await office.difference(tool: [UInt8](repeating: 0, count: 9000), of: server, by: admin)
        }
    }

    @Test("what cannot be recorded in the audit is not done")
    func noAudit() async throws {
        let admin = try await instance.signUp().actor
        instance.change { $0.isAuditThere = false }
        await expectRefusal(.unavailable("the act cannot be recorded in the audit, so it is not done")) {
            _ = try await office.createPolicy("readers", draft: nil, by: admin)
        }
        #expect(try await instance.directory.all(PolicyRecord.self, of: admin.organisation) == [])
    }

    @Test("each change leaves an event with who, what, before and after; a reader sees their organisation's only")
    func events() async throws {
        let admin = try await instance.signUp("ann@example.com").actor
        let policy = try await office.createPolicy("readers", draft: nil, by: admin)
        _ = try await office.publishPolicy(policy.id, document: "{}", by: admin)
        let last = try #require(instance.world.events.last)
        #expect(last.operation == "publishPolicy" && last.actor.hasSuffix(" ann@example.com"))
        #expect(last.before?.contains("\"newest\":0") == true && last.after?.contains("\"newest\":1") == true)
        let stranger = try await instance.otherAdmin()
        let seen = try await office.events(before: nil, limit: 200, by: stranger).items
        #expect(seen.allSatisfy { $0.json.contains(stranger.organisation.text) })
        #expect(try await office.events(before: nil, limit: 2, by: admin).next != nil)
    }

    @Test("what files own is not taken here")
    func declared() async throws {
        let admin = try await instance.signUp().actor
        instance.change { $0.declared = DeclaredNames(servers: ["iam"], policies: ["readers"], grants: ["claude"]) }
        await expectRefusal(.declared("this server")) {
            _ = try await office.registerServer("iam", World.url, secrets: [:], by: admin)
        }
        await expectRefusal(.declared("this policy")) {
            _ = try await office.createPolicy("readers", draft: nil, by: admin)
        }
        await expectRefusal(.declared("this grant")) {
            _ = try await office.createGrant("claude", tags: [:], expiresAt: nil, pairs: [], by: admin)
        }
    }

    @Test("moments are written as RFC 3339 and read back", arguments: [0, 1, 951_782_400_000, 1_790_000_000_123, -1])
    func timestamps(milliseconds: Int64) {
        let time = WallTime(milliseconds: milliseconds)
        #expect(Timestamp.time(Timestamp.text(time)) == time)
        #expect(Timestamp.text(WallTime(milliseconds: 951_782_400_000)) == "2000-02-29T00:00:00.000Z")
        for text in ["2001-02-29T00:00:00Z", "2000-13-01T00:00:00Z", "2000-01-01", "2000-01-01T00:00:00+00:00", ""] {
            #expect(Timestamp.time(text) == nil)
        }
    }
}
