import Fetching
import Gateway
import Logging
import LoopbackServer
import NIOCore
import Testing

@testable import IdentityProviders

/// A provider's keys: asked for seldom, believed only as far as they can be used.
@Suite("Provider keys")
struct KeyTests {
    private static let second: UInt64 = 1_000_000_000

    private static func word(_ verdict: TokenVerdict) -> String {
        switch verdict {
        case .verified: "verified"
        case .invalid: "invalid"
        case .unavailable: "unavailable"
        }
    }

    /// Judges tokens one after another against keys that a closure publishes.
    private struct World: Sendable {
        let judge: TokenJudge
        let time: Changing<UInt64>
        let server: LoopbackServer

        func word(on token: [UInt8]) async -> String {
            KeyTests.word(await judge.verdict(on: token, at: TestIssuer.now))
        }

        func expect(
            _ expected: String, of token: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            let told = await word(on: token)
            #expect(told == expected, sourceLocation: sourceLocation)
        }
    }

    private static func with(
        _ answer: @escaping @Sendable () -> LoopbackServer.Answer, bounds: FetchBounds = .init(),
        _ body: (World) async throws -> Void
    ) async throws {
        let time = Changing<UInt64>(0)
        try await LoopbackServer.serving({ _, _ in answer() }) { server in
            let judge = try TestIssuer.judge(keysAt: server.origin + "/keys", bounds: bounds) { time.value }
            try await body(World(judge: judge, time: time, server: server))
        }
    }

    @Test("keys are asked for once, however many tokens come at a time")
    func singleFlight() async throws {
        let issuer = TestIssuer()
        try await Self.with({ .init(200, issuer.keys) }) { world in
            let token = try issuer.token()
            let words = await withTaskGroup(of: String.self) { group in
                for _ in 0..<50 { group.addTask { await world.word(on: token) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(words == Array(repeating: "verified", count: 50))
            #expect(world.server.requests.map(\.path) == ["/keys"])
        }
    }

    @Test("a token of a new key is good as soon as the keys may be asked for again; unknown keys ask no more often")
    func rotation() async throws {
        let old = TestIssuer()
        let new = TestIssuer(keyName: "k2")
        let published = Changing(old.keys)
        try await Self.with({ .init(200, published.value) }) { world in
            try await world.expect("verified", of: old.token())
            published.value = new.keys
            try await world.expect("invalid", of: new.token())
            for _ in 0..<20 { try await world.expect("invalid", of: TestIssuer(keyName: "evil").token()) }
            #expect(world.server.requests.count == 1)
            world.time.value = 31 * Self.second
            try await world.expect("verified", of: new.token())
            try await world.expect("invalid", of: old.token())
            #expect(world.server.requests.count == 2)
        }
    }

    @Test("keys are asked for anew after ten minutes, and a withdrawn one vouches for nothing more")
    func withdrawn() async throws {
        let issuer = TestIssuer()
        let other = TestIssuer(keyName: "k2")
        let published = Changing(issuer.keys)
        try await Self.with({ .init(200, published.value) }) { world in
            try await world.expect("verified", of: issuer.token())
            published.value = other.keys
            world.time.value = 601 * Self.second
            try await world.expect("invalid", of: issuer.token())
        }
    }

    @Test("while a provider cannot be asked, known keys are used for an hour, and no longer")
    func outage() async throws {
        let issuer = TestIssuer()
        let status = Changing(200)
        try await Self.with({ .init(status.value, issuer.keys) }) { world in
            try await world.expect("verified", of: issuer.token())
            status.value = 500
            world.time.value = 3599 * Self.second
            try await world.expect("verified", of: issuer.token())
            // Whether a key that is not known is one of its newer ones cannot be told.
            try await world.expect("unavailable", of: TestIssuer(keyName: "k9").token())
            world.time.value = 3601 * Self.second
            try await world.expect("unavailable", of: issuer.token())
            status.value = 200
            world.time.value = 3607 * Self.second
            try await world.expect("verified", of: issuer.token())
        }
    }

    @Test("a failed question is not repeated at once")
    func failurePause() async throws {
        let issuer = TestIssuer()
        try await Self.with({ .init(500) }) { world in
            for _ in 0..<10 { try await world.expect("unavailable", of: issuer.token()) }
            #expect(world.server.requests.count == 1)
        }
    }

    @Test("a provider that begins to answer and stalls is given up", .timeLimit(.minutes(1)))
    func stalled() async throws {
        let issuer = TestIssuer()
        var bounds = FetchBounds()
        bounds.time = .milliseconds(200)
        try await Self.with({ .stalled(200, issuer.keys) }, bounds: bounds) { world in
            let token = try issuer.token()
            let words = await withTaskGroup(of: String.self) { group in
                for _ in 0..<50 { group.addTask { await world.word(on: token) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(words == Array(repeating: "unavailable", count: 50))
            #expect(world.server.requests.count == 1)
        }
    }

    @Test("1024 tokens wait for keys that were asked for; one more is told at once that there are none")
    func waiting() async throws {
        let issuer = TestIssuer()
        let token = try #require(SignedToken(try issuer.token()))
        let keys = try #require(KeySet(Array(issuer.keys.utf8)))
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let desk = KeyDesk(clock: { 0 }) {
            for await _ in gate { break }
            return keys
        }
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<1026 {
                group.addTask { if case .found = await desk.finding(for: token) { true } else { false } }
            }
            #expect(await group.next() == false)
            opening.yield()
            #expect(await group.reduce(0) { $0 + ($1 ? 1 : 0) } == 1025)
        }
    }

    static let lies: [(String, @Sendable (TestIssuer) -> LoopbackServer.Answer)] = [
        ("no JSON", { _ in .init(200, "<html>") }), ("nothing", { _ in .init(200, "") }),
        ("no keys", { _ in .init(200, #"{"keys":[]}"#) }),
        ("another shape", { _ in .init(200, #"{"keys":{"k1":1}}"#) }),
        ("a redirect", { _ in .init(302, fields: [("Location", "http://127.0.0.1:1/")]) }),
        ("two sets", { .init(200, #"{"keys":[],"keys":[\#($0.ellipticKey())]}"#) }),
        (
            "too much",
            { .init(200, #"{"x":"\#(String(repeating: "x", count: 600_000))","keys":[\#($0.ellipticKey())]}"#) }
        ),
        ("too deep", { _ in .init(200, String(repeating: "[", count: 100_000)) }),
        ("a key to encrypt with", { .init(200, #"{"keys":[\#($0.ellipticKey(#""use":"enc""#))]}"#) }),
        ("a key to sign with only", { .init(200, #"{"keys":[\#($0.ellipticKey(#""key_ops":["sign"]"#))]}"#) }),
        ("a key for another algorithm", { .init(200, #"{"keys":[\#($0.ellipticKey(#""alg":"ES384""#))]}"#) }),
        ("a secret key", { .init(200, #"{"keys":[\#($0.ellipticKey(#""d":"AQ""#))]}"#) }),
        ("a symmetric key", { _ in .init(200, #"{"keys":[{"kty":"oct","kid":"k1","k":"c2VjcmV0","alg":"ES256"}]}"#) }),
        ("two keys of one name", { .init(200, #"{"keys":[\#($0.ellipticKey()),\#($0.ellipticKey())]}"#) }),
        (
            "a point off the curve",
            { _ in
                .init(200, #"{"keys":[{"kty":"EC","crv":"P-256","kid":"k1","x":"AQ","y":"AQ"}]}"#)
            }
        ),
        (
            "a short RSA key",
            { _ in
                .init(
                    200, #"{"keys":[{"kty":"RSA","kid":"k1","n":"\#(String(repeating: "_", count: 171))","e":"AQAB"}]}"#
                )
            }
        ),
        (
            "an enormous RSA key",
            { _ in
                .init(
                    200,
                    #"{"keys":[{"kty":"RSA","kid":"k1","n":"\#(String(repeating: "_", count: 20_000))","e":"AQAB"}]}"#)
            }
        ),
    ]

    @Test("keys that lie let nobody in", arguments: lies.indices)
    func lied(_ index: Int) async throws {
        let (_, answer) = Self.lies[index]
        let issuer = TestIssuer()
        try await Self.with({ answer(issuer) }) { world in
            let told = await world.word(on: try issuer.token())
            #expect(told != "verified")
        }
    }

    @Test("a token that names no key is good with the only key that fits, and with no one of two")
    func unnamed() async throws {
        let issuer = TestIssuer()
        let other = TestIssuer(keyName: "k2")
        let token = try issuer.token(header: #"{"alg":"ES256"}"#)
        try await Self.with({ .init(200, issuer.keys) }) { #expect(await $0.word(on: token) == "verified") }
        let both = #"{"keys":[\#(issuer.ellipticKey()),\#(other.ellipticKey())]}"#
        try await Self.with({ .init(200, both) }) { #expect(await $0.word(on: token) == "invalid") }
    }
}

/// Where keys are looked for when only the issuer was typed.
@Suite("Provider discovery")
struct DiscoveryTests {
    private static func word(
        issuer suffix: String = "", signs: TestIssuer,
        _ answer: @escaping @Sendable (_ origin: String, _ path: String) -> LoopbackServer.Answer
    ) async throws -> (word: String, paths: [String]) {
        try await LoopbackServer.serving({ answer($0, $1.path) }) { server in
            let issuer = server.origin + suffix
            let settings = ProviderSettings(
                name: "corp", issuer: issuer, address: try WebAddress(issuer, isOperatorTyped: true))
            let judge = TokenJudge(
                [settings], clock: { 0 }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let token = try signs.token(TestIssuer.claims(["iss": "\"\(issuer)\""]))
            let verdict = await judge.verdict(on: token, at: TestIssuer.now)
            let word = if case .verified = verdict { "verified" } else { "refused" }
            return (word, server.requests.map(\.path))
        }
    }

    @Test("the metadata is found in the order of the specification, and the keys where it says")
    func found() async throws {
        let issuer = TestIssuer()
        let result = try await Self.word(issuer: "/realm", signs: issuer) { origin, path in
            switch path {
            case "/realm/.well-known/openid-configuration":
                .init(200, #"{"issuer":"\#(origin)/realm","jwks_uri":"\#(origin)/keys"}"#)
            case "/keys": .init(200, issuer.keys)
            default: .init(404)
            }
        }
        #expect(result.word == "verified")
        #expect(
            result.paths == [
                "/.well-known/oauth-authorization-server/realm", "/.well-known/openid-configuration/realm",
                "/realm/.well-known/openid-configuration", "/keys",
            ])
    }

    @Test(
        "metadata that names another issuer, or keys in a private network or in the clear, is not followed",
        arguments: [
            #"{"issuer":"https://evil.example","jwks_uri":"ORIGIN/keys"}"#,
            #"{"issuer":"ORIGIN/","jwks_uri":"ORIGIN/keys"}"#,
            #"{"issuer":"ORIGIN","jwks_uri":"http://localhost:PORT/keys"}"#,
            #"{"issuer":"ORIGIN","jwks_uri":"https://127.0.0.1:1/keys"}"#,
            #"{"issuer":"ORIGIN","jwks_uri":"file:///keys"}"#,
            #"{"issuer":"ORIGIN"}"#, #"{"issuer":"ORIGIN","jwks_uri":["ORIGIN/keys"]}"#,
        ])
    func swapped(_ document: String) async throws {
        let issuer = TestIssuer()
        let result = try await Self.word(signs: issuer) { origin, path in
            guard path != "/keys" else { return .init(200, issuer.keys) }
            let port = origin.split(separator: ":").last ?? ""
            return .init(200, document.replacing("ORIGIN", with: origin).replacing("PORT", with: port))
        }
        #expect(result.word == "refused")
        #expect(!result.paths.contains("/keys"))
    }
}
