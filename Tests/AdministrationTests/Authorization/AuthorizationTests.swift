import Administration
import GatewayStorage
import OAuthMessages
import Synchronization
import Testing
import WireJSON

/// Clients that members let sign in: what is asked, given, renewed and taken back.
@Suite("Authorisation server")
struct AuthorizationTests {
    @Test("a code becomes tokens once, for the very endpoint, and a refresh token becomes the next ones once")
    func way() async throws {
        let desk = try await SignInDesk()
        let client = try await desk.register()
        let given = try await desk.exchange(try await desk.code(client), client)
        let claims = try #require(Token(given.access)?.claims)
        #expect(claims["iss"]?.string == SignInDesk.issuer && claims["aud"]?.string == SignInDesk.gateway + "/mcp/iam")
        #expect(try #require(claims["exp"]?.int) - (try #require(claims["iat"]?.int)) == 600)
        let connection = try #require(try await desk.connections.first)
        #expect(claims["connection"]?.string == connection.id.text && claims["sub"]?.string == connection.member.text)
        let next = try await desk.refresh(given.refresh, client)
        #expect(next.refresh != given.refresh && next.access != given.access)
        #expect(try await desk.inForce == 1)
    }

    @Test("a code that is shown again takes back what it gave, and it is recorded")
    func replayedCode() async throws {
        let desk = try await SignInDesk()
        let client = try await desk.register()
        let code = try await desk.code(client)
        let given = try await desk.exchange(code, client)
        let before = desk.instance.world.events.count
        await expectRefused(.invalidGrant) { _ = try await desk.exchange(code, client) }
        #expect(try await desk.connections.isEmpty)
        #expect(desk.events(since: before) == ["disconnectClient"])
        await expectRefused(.invalidGrant) { _ = try await desk.refresh(given.refresh, client) }
    }

    static let wrong: [[String: String?]] = [
        ["code_verifier": ProofKey().verifier], ["code_verifier": "short"], ["redirect_uri": "https://client.example/"],
        ["redirect_uri": "http://127.0.0.1/cb"], ["resource": SignInDesk.gateway + "/mcp/other"],
        ["resource": SignInDesk.gateway + "/mcp"], ["client_id": "https://client.example/about"],
    ]

    @Test("a code that is shown with anything wrong is void, for its owner too", arguments: wrong)
    func wrongCode(changes: [String: String?]) async throws {
        let desk = try await SignInDesk()
        let client = try await desk.register()
        let code = try await desk.code(client)
        await expectRefused(.invalidGrant) { _ = try await desk.exchange(code, client, changes) }
        await expectRefused(.invalidGrant) { _ = try await desk.exchange(code, client) }
        #expect(try await desk.connections.isEmpty)
    }

    @Test("a code without its verifier is asked for it, and nothing is given")
    func missing() async throws {
        let desk = try await SignInDesk()
        let client = try await desk.register()
        let code = try await desk.code(client)
        await expectRefused(.invalidRequest) { _ = try await desk.exchange(code, client, ["code_verifier": nil]) }
        await expectRefused(.invalidRequest) { _ = try await desk.exchange(code, client, ["client_id": nil]) }
        await expectRefused(.unsupportedGrantType) {
            _ = try await desk.exchange(code, client, ["grant_type": "password"])
        }
        await expectRefused(.invalidClient) { _ = try await desk.exchange(code, client, ["client_secret": "s"]) }
    }

    @Test("a code is good for a minute")
    func lateCode() async throws {
        let desk = try await SignInDesk()
        let client = try await desk.register()
        let codes = (try await desk.code(client), try await desk.code(client))
        desk.instance.wait(AuthorizationBounds.code - .milliseconds(1))
        _ = try await desk.exchange(codes.0, client)
        desk.instance.wait(.milliseconds(1))
        await expectRefused(.invalidGrant) { _ = try await desk.exchange(codes.1, client) }
    }

    @Test("a refresh token that is shown again, or by another client, takes everything back", arguments: [true, false])
    func reused(isOthers: Bool) async throws {
        let desk = try await SignInDesk()
        let (client, other) = (try await desk.register(), try await desk.register("Other"))
        let first = try await desk.exchange(try await desk.code(client), client)
        let second = try await desk.refresh(first.refresh, client)
        await expectRefused(.invalidGrant) {
            _ = try await isOthers ? desk.refresh(second.refresh, other) : desk.refresh(first.refresh, client)
        }
        await expectRefused(.invalidGrant) { _ = try await desk.refresh(second.refresh, client) }
        #expect(try await desk.inForce == 0)
    }

    @Test("of many that show one token at the same moment one gets new ones, and then nobody has anything")
    func race() async throws {
        let desk = try await SignInDesk()
        let client = try await desk.register()
        let given = try await desk.exchange(try await desk.code(client), client)
        let won = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 { group.addTask { (try? await desk.refresh(given.refresh, client)) != nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(won == 1)
        #expect(try await desk.inForce == 0)
    }

    @Test("texts that are no tokens are nobody's, and take nothing back")
    func strangers() async throws {
        let desk = try await SignInDesk()
        let client = try await desk.register()
        let given = try await desk.exchange(try await desk.code(client), client)
        let family = given.refresh.prefix(4 + 64)
        for text in [
            "", "ghr_", "ghs_x", given.access, given.refresh.uppercased(), given.refresh + "0", String(family),
        ] {
            await expectRefused(.invalidGrant, "\(text)") { _ = try await desk.refresh(text, client) }
        }
        #expect(try await desk.inForce == 1)
    }

    @Test("what ends the grant, the member or the member's right ends the client", arguments: 0..<7)
    func ends(how: Int) async throws {
        let desk = try await SignInDesk()
        let joined = try await desk.instance.member("pat@example.com", .policyManager, by: desk.admin)
        _ = try await desk.office.changeGrant(
            desk.grant, tags: nil, expiresAt: nil, connectableBy: .some(.policyManager), by: desk.admin)
        let client = try await desk.register()
        let given = try await desk.exchange(try await desk.code(client, by: joined), client)
        #expect(try await desk.inForce == 1)
        guard case .member(let member, _) = joined.who else { return }
        let changes = desk.instance.world.changes
        switch how {
        case 0: _ = try await desk.office.revokeGrant(desk.grant, by: desk.admin)
        case 1: try await desk.office.setStopped(true, .grant(desk.grant), by: desk.admin)
        case 2: try await desk.office.removeMember(member, by: desk.admin)
        case 6: _ = try await desk.office.setDisabled(true, member, by: desk.admin)
        case 3: _ = try await desk.office.changeRole(of: member, to: .viewer, by: desk.admin)
        case 4:
            _ = try await desk.office.changeGrant(
                desk.grant, tags: nil, expiresAt: nil, connectableBy: .some(nil), by: desk.admin)
        default:
            let connection = try #require(try await desk.connections.first)
            try await desk.office.disconnect(connection.id, by: desk.admin)
        }
        #expect(try await desk.inForce == 0)
        #expect(desk.instance.world.changes == changes + 1)
        await expectRefused(.invalidGrant) { _ = try await desk.refresh(given.refresh, client) }
    }

    @Test("whoever comes back after being kept out, or gets a role back, connects clients anew", arguments: 0..<3)
    func comesBack(how: Int) async throws {
        let desk = try await SignInDesk()
        let joined = try await desk.instance.member("pat@example.com", .policyManager, by: desk.admin)
        _ = try await desk.office.changeGrant(
            desk.grant, tags: nil, expiresAt: nil, connectableBy: .some(.policyManager), by: desk.admin)
        let client = try await desk.register()
        let given = try await desk.exchange(try await desk.code(client, by: joined), client)
        let others = try await desk.exchange(try await desk.code(client), client)
        guard case .member(let member, _) = joined.who else { return }
        if how == 0 {
            _ = try await desk.office.changeRole(of: member, to: .viewer, by: desk.admin)
            _ = try await desk.office.changeRole(of: member, to: .policyManager, by: desk.admin)
        } else {
            if how == 1 {
                _ = try await desk.office.setDisabled(true, member, by: desk.admin)
            } else {
                // As an earlier version did, which let the connections be.
                let old = try await desk.instance.directory.fetch(Member.self, member, of: desk.admin.organisation)
                var kept = old
                kept.isDisabled = true
                _ = try await desk.instance.directory.store.apply([.replace(old.row, with: kept.row)])
            }
            _ = try await desk.office.setDisabled(false, member, by: desk.admin)
        }
        #expect(try await desk.connections.map(\.member) != [member])
        #expect(try await desk.inForce == 1)
        await expectRefused(.invalidGrant) { _ = try await desk.refresh(given.refresh, client) }
        _ = try await desk.refresh(others.refresh, client)
        _ = try await desk.exchange(try await desk.code(client, by: joined), client)
        #expect(try await desk.inForce == 2)
    }

    @Test(
        "a client that refreshes at that moment keeps nobody from being kept out or made less",
        arguments: [true, false])
    func refreshesMeanwhile(isDisabled: Bool) async throws {
        let desk = try await SignInDesk()
        let joined = try await desk.instance.member("pat@example.com", .policyManager, by: desk.admin)
        _ = try await desk.office.changeGrant(
            desk.grant, tags: nil, expiresAt: nil, connectableBy: .some(.policyManager), by: desk.admin)
        let client = try await desk.register()
        let given = try await desk.exchange(try await desk.code(client, by: joined), client)
        guard case .member(let member, _) = joined.who else { return }
        let got = Mutex<SignInDesk.Given?>(nil)
        desk.instance.change {
            $0.meanwhile = {
                let given = try? await desk.refresh(given.refresh, client)
                got.withLock { $0 = given }
            }
        }
        if isDisabled {
            _ = try await desk.office.setDisabled(true, member, by: desk.admin)
        } else {
            _ = try await desk.office.changeRole(of: member, to: .viewer, by: desk.admin)
        }
        let last = try #require(got.withLock { $0 })
        #expect(try await desk.connections.isEmpty)
        await expectRefused(.invalidGrant) { _ = try await desk.refresh(last.refresh, client) }
    }

    @Test("a stopped organisation's clients get nothing until it goes on")
    func stopped() async throws {
        let desk = try await SignInDesk()
        let client = try await desk.register()
        let given = try await desk.exchange(try await desk.code(client), client)
        try await desk.office.setStopped(true, .organisation, by: desk.admin)
        await expectRefused(.invalidGrant) { _ = try await desk.refresh(given.refresh, client) }
        try await desk.office.setStopped(false, .organisation, by: desk.admin)
        _ = try await desk.refresh(given.refresh, client)
    }

    @Test("a connection that is not refreshed ends by itself, and is removed when another is made")
    func idle() async throws {
        let desk = try await SignInDesk()
        let client = try await desk.register()
        let given = try await desk.exchange(try await desk.code(client), client)
        _ = try await desk.code(client)
        desk.instance.wait(AuthorizationBounds.connection)
        #expect(try await desk.inForce == 0)
        await expectRefused(.invalidGrant) { _ = try await desk.refresh(given.refresh, client) }
        _ = try await desk.code(client)
        #expect(try await desk.connections.count == 1)
    }

    @Test("a member has a bound of connections")
    func bound() async throws {
        let desk = try await SignInDesk()
        let client = try await desk.register()
        for _ in 0..<64 { _ = try await desk.code(client) }
        await expectRefusal(.conflict("too many clients are connected – an admin can disconnect some")) {
            _ = try await desk.code(client)
        }
    }

    @Test("revocation takes a client's own token and nobody else's", arguments: [true, false])
    func revocation(isAccess: Bool) async throws {
        let desk = try await SignInDesk()
        let (client, other) = (try await desk.register(), try await desk.register("Other"))
        let given = try await desk.exchange(try await desk.code(client), client)
        let token = isAccess ? given.access : given.refresh
        for wrong in [["token": token, "client_id": other], ["token": token + "x", "client_id": client]] {
            try await desk.server.revoke(wrong)
            #expect(try await desk.inForce == 1)
        }
        await expectRefused(.invalidRequest) { try await desk.server.revoke(["token": token]) }
        try await desk.server.revoke(["token": token, "client_id": client])
        #expect(try await desk.connections.isEmpty)
    }

    @Test("nothing is given that cannot be recorded")
    func unrecorded() async throws {
        let desk = try await SignInDesk()
        let client = try await desk.register()
        let request = try await desk.ready(desk.question(client))
        desk.instance.change { $0.isAuditThere = false }
        await expectRefused(.temporarilyUnavailable) { _ = try await desk.register() }
        await expectRefusal(.unavailable("the act cannot be recorded in the audit, so it is not done")) {
            _ = try await desk.server.consent(to: request, with: desk.grant, by: desk.admin)
        }
        #expect(try await desk.connections.isEmpty)
    }

    @Test("no event, and nothing that is shown of a connection, holds a token")
    func secrecy() async throws {
        let desk = try await SignInDesk()
        let client = try await desk.register()
        let code = try await desk.code(client)
        let given = try await desk.exchange(code, client)
        let rows = try await desk.instance.directory.store.rows(
            DirectoryQuery(.connection, of: desk.admin.organisation))
        var seen = rows.map(\.body) + desk.instance.world.events.compactMap(\.after)
        var writer = JSONWriter()
        for connection in try await desk.connections { connection.describe(to: &writer) }
        seen.append(writer.bytes)
        for secret in [code, given.refresh, given.access, String(given.refresh.suffix(64)), client] {
            #expect(!seen.contains { String(decoding: $0, as: UTF8.self).contains(secret) })
        }
        #expect(!String(decoding: writer.bytes, as: UTF8.self).contains("digest"))
    }
}
