import Fetching
import Gateway
import GatewayStorage
import LoopbackServer
import OAuthMessages
import Synchronization
import Testing

@testable import Upstreams

/// The gateway as an OAuth 2.1 client of its upstreams (MCP revision 2025-11-25, "Authorization").
@Suite("Upstream authorisation")
struct OAuthTests {
    static let own = OAuthSettings(grant: .clientCredentials, client: .init(id: "gate:house", secret: "s3cret/+"))
    static let person = OAuthSettings()

    @Test("the gateway gets a token for itself, for this server alone, and bears it")
    func clientCredentials() async throws {
        try await AuthorizationWorld.with(Self.own) { world in
            #expect(await world.ask() == nil)
            let asked = try #require(world.requests("/token").first)
            #expect(asked.form("grant_type") == ["client_credentials"])
            #expect(
                asked.form("resource").first?.replacing("%3A", with: ":").replacing("%2F", with: "/") == world.server
                    .origin + "/mcp")
            #expect(asked.form("scope") == ["read"])
            // RFC 6749 section 2.3.1: `gate%3Ahouse:s3cret%2F%2B`.
            #expect(asked.values(of: "authorization") == ["Basic Z2F0ZSUzQWhvdXNlOnMzY3JldCUyRiUyQg=="])
            #expect(asked.form("client_secret").isEmpty)
            #expect(world.borne == ["Bearer access-1"])
        }
    }

    @Test("however many requests wait, a token is asked for once")
    func singleFlight() async throws {
        try await AuthorizationWorld.with(Self.own) { world in
            let failures = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<50 { group.addTask { await world.ask() != nil } }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(failures == 0)
            #expect(world.requests("/token").count == 1)
        }
    }

    @Test("a token that the server turns down is replaced, and the request goes out once more")
    func turnedDown() async throws {
        try await AuthorizationWorld.with(Self.own) { world in
            #expect(await world.ask() == nil)
            world.peer.revokeAll()
            #expect(await world.ask() == nil)
            #expect(world.borne == ["Bearer access-1", "Bearer access-1", "Bearer access-2"])
        }
    }

    @Test("a server that takes no token is not asked for ever")
    func neverTaken() async throws {
        var rules = AuthorizationWorld.Rules()
        rules.takesTokens = false
        try await AuthorizationWorld.with(Self.own, rules: rules) { world in
            let failure = await world.ask()
            #expect(failure?.kind == .refused)
            #expect(world.requests("/mcp").filter { !$0.values(of: "authorization").isEmpty }.count == 2)
        }
    }

    @Test("a token is renewed before its end, and requests go on with it meanwhile")
    func renewed() async throws {
        try await AuthorizationWorld.with(Self.person) { world in
            try await world.signIn()
            #expect(await world.ask() == nil)
            world.clock.change { $0 += 3600 - 30 }
            #expect(await world.ask() == nil)
            #expect(world.borne.last == "Bearer access-1")
            // Past the first one's end, what comes waits for the second.
            world.clock.change { $0 += 60 }
            #expect(await world.ask() == nil)
            #expect(world.borne.last == "Bearer access-2")
            #expect(world.requests("/token").count == 2)
            let asked = try #require(world.requests("/token").last)
            #expect(asked.form("grant_type") == ["refresh_token"] && asked.form("refresh_token") == ["refresh-1"])
            #expect(asked.form("client_id") == ["registered"])
        }
    }

    @Test("where a refresh token is refused a person is asked for; where nobody answers, it is kept")
    func refused() async throws {
        try await AuthorizationWorld.with(Self.person) { world in
            try await world.signIn()
            world.peer.rules.withLock { $0.status = 500 }
            world.clock.change { $0 += 7200 }
            #expect(await world.ask() != nil)
            #expect(world.needs.value == 0)
            world.peer.rules.withLock { $0.status = 200 }
            world.clock.change { $0 += 11 }
            #expect(await world.ask() == nil)
            world.peer.rules.withLock { $0.refused["refresh_token"] = "invalid_grant" }
            world.clock.change { $0 += 7200 }
            #expect(await world.ask()?.detail.contains("sign in") ?? false)
            #expect(world.needs.value == 1)
            // Nothing is asked in vain until somebody has signed in.
            let count = world.server.requests.count
            #expect(await world.ask() != nil)
            #expect(world.server.requests.count == count)
            try await world.signIn()
            #expect(await world.ask() == nil)
        }
    }

    @Test("a person is led to the server with everything that binds the answer to the question")
    func question() async throws {
        try await AuthorizationWorld.with(Self.person) { world in
            let address = try await world.authorization.beginSignIn(redirect: AuthorizationWorld.redirect)
            #expect(address.hasPrefix(world.server.origin + "/authorize?"))
            let fields = FormText.read(address.split(separator: "?")[1]) ?? [:]
            #expect(fields["response_type"] == "code" && fields["code_challenge_method"] == "S256")
            #expect(fields["resource"] == world.server.origin + "/mcp" && fields["scope"] == "read")
            #expect(fields["client_id"] == "registered" && fields["redirect_uri"] == AuthorizationWorld.redirect)
            try await world.finish("code=c&state=\(fields["state"] ?? "")&iss=\(world.server.origin)")
            let verifier = world.requests("/token")[0].form("code_verifier").first ?? ""
            #expect(ProofKey.challenge(of: verifier) == fields["code_challenge"] && verifier.utf8.count == 43)
            #expect(world.requests("/register").count == 1)
        }
    }

    @Test("a registration is used again, once; who comes back from nowhere and tries again comes as a new client")
    func lostClient() async throws {
        try await AuthorizationWorld.with(Self.person) { world in
            func client() async throws -> String {
                let address = try await world.authorization.beginSignIn(redirect: AuthorizationWorld.redirect)
                return AuthorizationWorld.parameter("client_id", of: address)
            }
            try await world.signIn()
            world.peer.rules.withLock { $0.registration = #"{"client_id":"newer"}"# }
            #expect(try await client() == "registered")
            #expect(try await client() == "newer")
            #expect(world.requests("/register").count == 2)
            try await world.signIn()
            #expect(try await client() == "newer")
            #expect(world.requests("/register").count == 3)
        }
    }

    static let answers: [(String, @Sendable (String) -> String)] = [
        ("another state", { $0.replacing("state=", with: "state=x") }),
        ("no state", { $0.replacing("state=", with: "s=") }),
        ("two states", { $0 + "&state=x" }),
        ("another issuer", { $0.replacing("iss=", with: "iss=https://evil.example/") }),
        ("no issuer, though promised", { $0.replacing("&iss=", with: "&x=") }),
        ("two issuers", { "iss=https://evil.example&" + $0 }),
        ("an empty code", { $0.replacing("code=code-1", with: "code=") }),
        (
            "another issuer's error",
            { $0.replacing("code=code-1", with: "error=access_denied").replacing("iss=", with: "iss=x") }
        ),
    ]

    @Test(
        "an answer to another question, or of another server, is not taken and no code goes anywhere",
        arguments: answers.indices)
    func foreignAnswer(_ index: Int) async throws {
        try await AuthorizationWorld.with(Self.person) { world in
            await #expect(throws: OAuthProblem.foreignAnswer) {
                try await world.signIn(changing: Self.answers[index].1)
            }
            #expect(world.requests("/token").isEmpty)
        }
    }

    @Test("an answer is taken once, and in time")
    func once() async throws {
        try await AuthorizationWorld.with(Self.person) { world in
            let address = try await world.authorization.beginSignIn(redirect: AuthorizationWorld.redirect)
            let answer = "code=c&state=\(AuthorizationWorld.parameter("state", of: address))&iss=\(world.server.origin)"
            try await world.finish(answer)
            await #expect(throws: OAuthProblem.foreignAnswer) { try await world.finish(answer) }
            let late = try await world.authorization.beginSignIn(redirect: AuthorizationWorld.redirect)
            world.clock.change { $0 += 601 }
            await #expect(throws: OAuthProblem.foreignAnswer) {
                try await world.finish(
                    "code=c&state=\(AuthorizationWorld.parameter("state", of: late))&iss=\(world.server.origin)")
            }
            #expect(world.requests("/token").count == 1)
        }
    }

    /// What the two say of themselves, and why nobody is sent there.
    static let broken:
        [(name: String, problem: OAuthProblem, change: @Sendable (inout AuthorizationWorld.Rules) -> Void)] = [
            ("no PKCE", .noProofKeys, { $0.use(["code_challenge_methods_supported": nil]) }),
            ("plain PKCE", .noProofKeys, { $0.use(["code_challenge_methods_supported": #"["plain"]"#]) }),
            ("no registration", .noRegistration, { $0.use(["registration_endpoint": nil]) }),
            ("no token endpoint", .badMetadata("it names no token endpoint"), { $0.use(["token_endpoint": nil]) }),
            (
                "no authorisation endpoint", .badMetadata("it names no authorisation endpoint"),
                { $0.use(["authorization_endpoint": nil]) }
            ),
            (
                "another issuer", .badMetadata("the metadata names another issuer"),
                { $0.use(["issuer": #""https://evil.example""#]) }
            ),
            (
                "a slash behind the issuer", .badMetadata("the metadata names another issuer"),
                { $0.use(["issuer": #""ORIGIN/""#]) }
            ),
            (
                "a token endpoint in the clear",
                .badMetadata(
                    "an address of the authorisation server cannot be used: an address found in a document begins with `https://`"
                ),
                { $0.use(["token_endpoint": #""http://as.example.com/token""#]) }
            ),
            (
                "a resource elsewhere", .foreignResource("https://elsewhere.example/mcp"),
                { $0.resource(#"{"resource":"https://elsewhere.example/mcp","authorization_servers":["ORIGIN"]}"#) }
            ),
            (
                "a resource beside", .foreignResource("PLACE/mc"),
                { $0.resource(#"{"resource":"ORIGIN/mc","authorization_servers":["ORIGIN"]}"#) }
            ),
            ("no issuers", .noMetadata, { $0.resource(#"{"resource":"ORIGIN/mcp","authorization_servers":[]}"#) }),
            (
                "no metadata at all", .noMetadata,
                {
                    $0.documents["/.well-known/oauth-protected-resource/mcp"] = nil
                    $0.challenge = nil
                }
            ),
            (
                "a challenge that points inwards", .noMetadata,
                { $0.challenge = #"Bearer resource_metadata="http://127.0.0.1:1/internal""# }
            ),
            (
                "a registration refused", .refused("invalid_redirect_uri"),
                { $0.registration = #"{"error":"invalid_redirect_uri"}"# }
            ),
            ("a registration that is none", .unreadable, { $0.registration = #"{"client_id":7}"# }),
        ]

    @Test("nobody is sent to a server that says wrong things of itself", arguments: broken.indices)
    func isBroken(_ index: Int) async throws {
        var rules = AuthorizationWorld.Rules()
        Self.broken[index].change(&rules)
        try await AuthorizationWorld.with(Self.person, rules: rules) { world in
            let expected =
                if case .foreignResource("PLACE/mc") = Self.broken[index].problem {
                    OAuthProblem.foreignResource(world.server.origin + "/mc")
                } else { Self.broken[index].problem }
            await #expect(throws: expected, "\(Self.broken[index].name)") {
                _ = try await world.authorization.beginSignIn(redirect: AuthorizationWorld.redirect)
            }
            #expect(world.requests("/token").isEmpty)
        }
    }

    @Test("an issuer that an operator typed is asked, and no other")
    func typedIssuer() async throws {
        var settings = Self.person
        settings.issuer = "https://login.example"
        settings.issuerAddress = try .init("https://login.example", isOperatorTyped: true)
        try await AuthorizationWorld.with(settings) { world in
            await #expect(throws: OAuthProblem.otherIssuer) {
                _ = try await world.authorization.beginSignIn(redirect: AuthorizationWorld.redirect)
            }
        }
    }

    @Test("a document about the gateway names it where the server takes one")
    func clientDocument() async throws {
        var settings = Self.person
        settings.clientDocument = "https://gateway.example/client"
        var rules = AuthorizationWorld.Rules()
        rules.use(["client_id_metadata_document_supported": "true"])
        try await AuthorizationWorld.with(settings, rules: rules) { world in
            let address = try await world.authorization.beginSignIn(redirect: AuthorizationWorld.redirect)
            #expect(AuthorizationWorld.parameter("client_id", of: address) == "https://gateway.example/client")
            #expect(world.requests("/register").isEmpty)
        }
    }
}

extension AuthorizationWorld.Rules {
    mutating func use(_ changes: [String: String?]) {
        documents["/.well-known/oauth-authorization-server"] = Self.metadata(changes)
    }

    mutating func resource(_ document: String) { documents["/.well-known/oauth-protected-resource/mcp"] = document }
}
