import Administration
import GatewayStorage
import Testing
import WireJSON

/// Registered servers that ask for tokens.
@Suite("Registered servers that ask for tokens")
struct OAuthServerTests {
    private static let secret = "client-secret-of-the-test"
    private static let given = [OAuthChoices.secretName: secret]

    private static func choices(
        issuer: String? = "https://login.example", client: String? = "gatehouse"
    ) -> ServerChoices {
        var choices = ServerChoices(transport: .url("https://notes.example/mcp"))
        choices.oauth = OAuthChoices()
        choices.oauth?.issuer = issuer
        choices.oauth?.clientID = client
        return choices
    }

    private static func text(_ bytes: [UInt8]?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }

    @Test("the client's secret is sealed with the others, and is in no record, event, listing or export")
    func sealed() async throws {
        let instance = Instance()
        let office = instance.administration
        let admin = try await instance.signUp().actor
        let server = try await office.registerServer(
            "notes", Self.choices(), secrets: Self.given.merging(["X-Key": "hush"]) { one, _ in one }, by: admin)
        #expect(server.settings.oauth?.hasSecret == true && server.settings.secretNames == ["X-Key"])
        #expect(try await office.openSecrets(of: server)[OAuthChoices.secretName] == Self.secret)
        var told = instance.world.events.map { Self.text($0.after) + Self.text($0.before) }
        told += try await office.export(by: admin).map(\.text)
        told.append(Self.text(server.row.body))
        #expect(!told.joined().contains(Self.secret))
        let exported = try #require(try await office.export(by: admin).first { $0.path == "gatehouse.yaml" })
        #expect(exported.text.contains("${GATEHOUSE_NOTES_OAUTH_CLIENT_SECRET}"))
        #expect(try JSON(Array(exported.text.utf8))["servers"]?["notes"]?["oauth"]?["issuer"]?.string != nil)
    }

    @Test("a kept secret goes to no other issuer and no other client; without `oauth` it goes away")
    func elsewhere() async throws {
        let instance = Instance()
        let office = instance.administration
        let admin = try await instance.signUp().actor
        let server = try await office.registerServer("notes", Self.choices(), secrets: Self.given, by: admin)
        let refusal = Refusal.invalid(
            field: "oauth", reason: "names another issuer or client: give its `client_secret` with it")
        for changed in [
            Self.choices(issuer: "https://evil.example"), Self.choices(issuer: "https://login.example/"),
            Self.choices(issuer: nil), Self.choices(client: "other"),
        ] {
            await expectRefusal(refusal) {
                _ = try await office.changeServer(server.id, changed, secrets: [:], isEnabled: true, by: admin)
            }
        }
        let kept = try await office.changeServer(server.id, Self.choices(), secrets: [:], isEnabled: true, by: admin)
        #expect(try await office.openSecrets(of: kept) == Self.given)
        let moved = try await office.changeServer(
            server.id, Self.choices(issuer: "https://other.example"), secrets: [OAuthChoices.secretName: "newer"],
            isEnabled: true, by: admin)
        #expect(try await office.openSecrets(of: moved) == [OAuthChoices.secretName: "newer"])
        var without = Self.choices()
        without.oauth = nil
        let plain = try await office.changeServer(server.id, without, secrets: [:], isEnabled: true, by: admin)
        #expect(try await office.openSecrets(of: plain).isEmpty && plain.settings.oauth == nil)
    }

    @Test("a command asks for no tokens")
    func command() async throws {
        let instance = Instance()
        let admin = try await instance.signUp().actor
        var choices = ServerChoices(transport: .command(["server"], directory: nil))
        choices.oauth = OAuthChoices()
        await expectRefusal(.invalid(field: "oauth", reason: "is of a server that has a `url`")) {
            _ = try await instance.administration.registerServer("notes", choices, secrets: [:], by: admin)
        }
    }

    @Test("the link to sign in by is for admins of the server's own organisation; others see that somebody has to")
    func link() async throws {
        let instance = Instance()
        instance.change {
            $0.standing = AuthorizationStanding(.needsSignIn, reason: "sign in", link: "http://c/connect/k")
        }
        let office = instance.administration
        let admin = try await instance.signUp().actor
        let server = try await office.registerServer("notes", Self.choices(), secrets: [:], by: admin)
        #expect(office.standing(at: server, for: admin)?.link == "http://c/connect/k")
        for role in [Role.viewer, .policyManager] {
            let seen = office.standing(at: server, for: admin.with(role))
            #expect(seen?.state == .needsSignIn && seen?.link == nil)
        }
        #expect(office.standing(at: server, for: try await instance.otherAdmin()) == nil)
        let other = try await office.registerServer("plain", World.url, secrets: [:], by: admin)
        #expect(office.standing(at: other, for: admin) == nil)
        // The link would be to the server of the file that owns the name.
        instance.change { $0.declared = DeclaredNames(servers: ["notes"]) }
        #expect(office.standing(at: server, for: admin) == nil)
        let events = instance.world.events.count
        await office.noteSignIn(isNeeded: true, at: "notes")
        #expect(instance.world.events.count == events)
    }

    @Test("that somebody has to sign in, and that somebody did, is in the organisation's events, without the link")
    func events() async throws {
        let instance = Instance()
        let office = instance.administration
        let admin = try await instance.signUp().actor
        let server = try await office.registerServer("notes", Self.choices(), secrets: [:], by: admin)
        await office.noteSignIn(isNeeded: true, at: "notes")
        await office.noteSignIn(isNeeded: false, at: "notes")
        await office.noteSignIn(isNeeded: true, at: "declared-by-a-file")
        let events = instance.world.events.suffix(2)
        #expect(events.map(\.operation) == ["signInNeeded", "signedIn"])
        #expect(
            events.allSatisfy { $0.actor == "gateway" && $0.id == server.id && $0.organisation == admin.organisation })
    }

    @Test("with its server, what it gave is forgotten")
    func forgotten() async throws {
        let instance = Instance()
        let admin = try await instance.signUp().actor
        let server = try await instance.administration.registerServer("notes", Self.choices(), secrets: [:], by: admin)
        try await instance.administration.removeServer(server.id, by: admin)
        #expect(instance.world.forgotten == [server.id])
    }
}
