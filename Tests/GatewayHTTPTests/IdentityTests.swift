import Gateway
import GatewayHTTP
import GatewayTesting
import NIOCore
import Synchronization
import Testing
import WireJSON

/// Identity providers' tokens at the endpoint (RFC 9728, RFC 6750, RFC 8707).
@Suite("Provider tokens at the endpoint")
struct ProviderTokenTests {
    /// Tokens by what a judge finds of them: their text names it.
    private static func rules(
        _ world: RunningLine, port: Int, asked: Counted, scopes: [String] = ["mcp:tools"], claims: String = "{}"
    ) throws -> IdentityRules {
        let claims = try JSON(Array(claims.utf8))
        let provider = IdentityProvider(
            name: "corp", issuer: "https://login.example", scopes: scopes,
            mappings: [
                ClaimMapping(
                    when: [ClaimCondition(path: ["group"], values: ["platform"])], grant: world.principal.grant),
                ClaimMapping(
                    when: [ClaimCondition(path: ["role"], values: ["lead"])], grant: world.principal.grant),
            ])
        let now = world.line.clock.secondsSince1970
        return IdentityRules(generation: 1, providers: [provider]) { token, _ in
            asked.add()
            let text = String(decoding: token, as: UTF8.self)
            guard !text.hasPrefix("bad") else { return .invalid }
            guard !text.hasPrefix("away") else { return .unavailable }
            let audience = "http://127.0.0.1:\(port)/mcp/" + (text.hasPrefix("foreign") ? "other" : "tools")
            return .verified(
                VerifiedToken(
                    provider: "corp", subject: text == "bob" ? "bob" : "alice", audiences: [audience],
                    scopes: text.hasPrefix("weak") ? [] : ["mcp:tools"], claims: claims, end: now + 600))
        }
    }

    final class Counted: Sendable {
        private let held = Mutex(0)
        var value: Int { held.withLock { $0 } }
        func add() { held.withLock { $0 += 1 } }
    }

    private static func with(
        claims: String = #"{"group":"platform"}"#, _ body: (EndpointUnderTest, Counted) async throws -> Void
    ) async throws -> [String] {
        let asked = Counted()
        return try await EndpointUnderTest.with { endpoint in
            let world = endpoint.world
            world.line.configuration.replace(
                servers: [world.server], grants: [TokenDigest(of: RunningLine.token.utf8): world.principal],
                identity: try rules(world, port: endpoint.port, asked: asked, claims: claims))
            try await body(endpoint, asked)
        }
    }

    private static func metadata(_ endpoint: EndpointUnderTest) -> String {
        "http://127.0.0.1:\(endpoint.port)/.well-known/oauth-protected-resource/mcp/tools"
    }

    @Test("a token is judged once; then its bearer calls as whom the provider names")
    func judgedOnce() async throws {
        let words = try await Self.with { endpoint, asked in
            for _ in 0..<3 {
                let response = try await endpoint.exchange(endpoint.call("echo").with("Authorization", "Bearer good"))
                #expect(response.status == 200)
            }
            #expect(asked.value == 1)
            #expect(
                endpoint.world.upstream.calls.value.map(\.scope.principal)
                    == Array(repeating: "idp:corp:alice", count: 3))
        }
        #expect(words == ["allowed", "allowed", "allowed"])
    }

    @Test("a token that lay long is judged anew")
    func judgedAnew() async throws {
        _ = try await Self.with { endpoint, asked in
            let request = endpoint.call("echo").with("Authorization", "Bearer good")
            try await endpoint.expect(200, request)
            endpoint.world.clock.advance(by: .seconds(301))
            try await endpoint.expect(200, request)
            #expect(asked.value == 2)
        }
    }

    /// The token, the status, what the challenge says of it, and what the audit does.
    static let refused: [(token: String?, status: Int, problem: String?, word: String)] = [
        (nil, 401, nil, "unknown token"), ("bad", 401, "invalid_token", "invalid token"),
        ("foreign", 401, "invalid_token", "invalid token"), ("weak", 403, "insufficient_scope", "insufficient scope"),
        ("ghs_unknown", 401, "invalid_token", "unknown token"),
        (String(repeating: "x", count: 17_000), 401, "invalid_token", "invalid token"),
    ]

    @Test("who is refused is told where to get a token, and for what", arguments: refused)
    func challenged(_ token: String?, _ status: Int, _ problem: String?, _ word: String) async throws {
        let words = try await Self.with { endpoint, _ in
            let response = try await endpoint.exchange(
                endpoint.call("echo").with("Authorization", token.map { "Bearer \($0)" }))
            #expect(response.status == status)
            let error = problem.map { "error=\"\($0)\", " } ?? ""
            #expect(
                response["www-authenticate"]
                    == "Bearer \(error)resource_metadata=\"\(Self.metadata(endpoint))\", scope=\"mcp:tools\"")
            #expect(endpoint.world.upstream.calls.value.isEmpty)
        }
        #expect(words == ["refused (\(word))"])
    }

    @Test(
        "claims that lead to no grant, or to two, are 403 without a challenge",
        arguments: [
            "{}", #"{"group":"others"}"#, #"{"group":"platform","role":"lead"}"#,
            #"{"group":["platform"],"role":["x","lead"]}"#,
            #"{"group":{"platform":true}}"#, #"{"group":1}"#, #"{"group":null}"#, #"{"Group":"platform"}"#,
            #"{"group":"platform\u0000"}"#, #"{"group":"Platform"}"#,
        ])
    func unmapped(_ claims: String) async throws {
        let words = try await Self.with(claims: claims) { endpoint, _ in
            let response = try await endpoint.exchange(endpoint.call("echo").with("Authorization", "Bearer good"))
            #expect(response.status == 403 && response["www-authenticate"] == nil)
            #expect(endpoint.world.upstream.calls.value.isEmpty)
        }
        #expect(words == ["refused (no grant for this identity)"])
    }

    @Test("where a provider's keys cannot be had the answer is 503, and nothing is called")
    func unavailable() async throws {
        let words = try await Self.with { endpoint, _ in
            let response = try await endpoint.exchange(endpoint.call("echo").with("Authorization", "Bearer away"))
            #expect(response.status == 503 && response["www-authenticate"] == nil)
        }
        #expect(words == ["refused (identity provider unavailable)"])
    }

    @Test("a grant's token is a grant's whatever providers there are, and is never shown to one")
    func grants() async throws {
        _ = try await Self.with { endpoint, asked in
            try await endpoint.expect(200, endpoint.call("echo"))
            try await endpoint.expect(401, endpoint.call("echo").with("Authorization", "Bearer ghs_x.y.z"))
            #expect(asked.value == 0)
        }
    }

    @Test("a session is its own principal's, whichever of their tokens comes, and nobody else's")
    func session() async throws {
        _ = try await Self.with { endpoint, _ in
            func ping(_ token: String, _ session: String) -> HTTPRequest {
                endpoint.post(#"{"jsonrpc":"2.0","id":7,"method":"ping"}"#, session: session)
                    .with("Authorization", "Bearer \(token)")
            }
            let opened = try await endpoint.exchange(endpoint.initialize.with("Authorization", "Bearer good"))
            let session = try #require(opened["mcp-session-id"])
            try await endpoint.expect(200, ping("good", session))
            // The same person with the next token.
            try await endpoint.expect(200, ping("good-too", session))
            try await endpoint.expect(404, ping("bob", session))
            try await endpoint.expect(404, ping(RunningLine.token, session))
            try await endpoint.expect(401, ping("bad", session))
        }
    }

    @Test("a provider that is taken away takes its tokens along, known or not")
    func takenAway() async throws {
        _ = try await Self.with { endpoint, _ in
            let world = endpoint.world
            try await endpoint.expect(200, endpoint.call("echo").with("Authorization", "Bearer good"))
            world.line.configuration.replace(
                servers: [world.server], grants: [TokenDigest(of: RunningLine.token.utf8): world.principal])
            try await endpoint.expect(401, endpoint.call("echo").with("Authorization", "Bearer good"))
        }
    }

    @Test("a connection whose token is not judged in time is ended", .timeLimit(.minutes(1)))
    func judgedTooLate() async throws {
        var limits = EndpointUnderTest.limits
        limits.receive = .milliseconds(100)
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        _ = try await EndpointUnderTest.with(limits: limits) { endpoint in
            let world = endpoint.world
            let provider = IdentityProvider(name: "corp", issuer: "https://login.example", scopes: [], mappings: [])
            world.line.configuration.replace(
                servers: [world.server], grants: [:],
                identity: IdentityRules(generation: 1, providers: [provider]) { _, _ in
                    for await _ in gate { break }
                    return .invalid
                })
            let client = try await endpoint.connect()
            try await client.send(endpoint.call("echo").with("Authorization", "Bearer good").bytes)
            #expect(try await client.closed() == "")
            // What comes out later finds nobody to tell.
            opening.yield()
        }
    }

    @Test("requests sent ahead wait for the judgement, and are answered in their order")
    func pipelined() async throws {
        _ = try await Self.with { endpoint, _ in
            let client = try await endpoint.connect()
            let good = (1...3).map { endpoint.call("echo", id: "\($0)").with("Authorization", "Bearer good") }
            try await client.send(good.flatMap(\.bytes))
            for id in 1...3 {
                let response = try await client.response()
                #expect(response.status == 200 && response.json?["id"]?.int == id)
            }
            await client.leave()
        }
    }

    @Test("each endpoint says who issues tokens for it, to anybody")
    func documents() async throws {
        _ = try await Self.with { endpoint, _ in
            for (path, resource) in [
                ("/mcp/tools", "/mcp/tools"), ("/mcp/not-there", "/mcp/not-there"), ("", ""),
            ] {
                let request = endpoint.post("").by("GET").with("Authorization", nil)
                    .at("/.well-known/oauth-protected-resource" + path)
                let response = try await endpoint.expect(200, request)
                #expect(response["content-type"] == "application/json")
                #expect(response.json?["resource"]?.string == "http://127.0.0.1:\(endpoint.port)\(resource)")
                #expect(response.json?["authorization_servers"]?[0]?.string == "https://login.example")
            }
            for path in ["/mcp/", "/mcp/Tools", "/mcp/tools/", "/x", "x", "/mcp/tools?x"] {
                let request = endpoint.post("").by("GET").with("Authorization", nil)
                    .at("/.well-known/oauth-protected-resource" + path)
                try await endpoint.expect(404, request)
            }
        }
    }

    @Test("without providers there is no metadata, and only a grant's token is asked for")
    func none() async throws {
        _ = try await EndpointUnderTest.with { endpoint in
            let request = endpoint.post("").by("GET").at("/.well-known/oauth-protected-resource/mcp/tools")
            try await endpoint.expect(404, request)
            let refused = try await endpoint.exchange(endpoint.call("echo").with("Authorization", "Bearer a.b.c"))
            #expect(refused.status == 401 && refused["www-authenticate"] == "Bearer")
        }
    }
}
