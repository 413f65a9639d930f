import Crypto
import Gateway
import IdentityProviders
import LoopbackServer
import MCPMessages
import Testing
import WireJSON

/// Hostile inputs 61: a token is in order in every respect, or it is nobody's.
@Suite("Provider tokens")
struct TokenTests {
    static let issuer = TestIssuer()
    private static let now = TestIssuer.now

    private static func verdict(
        on token: [UInt8], keys: String = issuer.keys,
        algorithms: Set<SigningAlgorithm> = Set(SigningAlgorithm.allCases)
    ) async throws -> TokenVerdict {
        try await LoopbackServer.serving({ _, _ in .init(200, keys) }) { server in
            try await TestIssuer.judge(keysAt: server.origin, algorithms: algorithms).verdict(on: token, at: now)
        }
    }

    private static func isVerified(_ verdict: TokenVerdict) -> Bool {
        if case .verified = verdict { true } else { false }
    }

    @Test("a token in order is told with its subject, audiences, scopes and end")
    func inOrder() async throws {
        guard case .verified(let token) = try await Self.verdict(on: Self.issuer.token()) else {
            Issue.record("not verified")
            return
        }
        #expect(token.provider == "corp" && token.subject == "alice")
        #expect(token.audiences == [TestIssuer.audience] && token.scopes == ["mcp:tools", "extra"])
        #expect(token.end == Self.now + 630)
        #expect(token.claims["groups"]?[0]?.string == "platform")
    }

    @Test("an Edwards key signs as well")
    func edwards() async throws {
        #expect(Self.isVerified(try await Self.verdict(on: Self.issuer.edwardsToken())))
    }

    /// Claims that are changed, and whether the token is still in order.
    static let changes: [(changes: [String: String?], isInOrder: Bool)] = [
        (["exp": "\(now - 29)"], true), (["exp": "\(now - 30)"], false), (["exp": "\(now - 31)"], false),
        (["exp": nil], false), (["exp": "\"\(now + 600)\""], false), (["exp": "-1"], false), (["exp": "null"], false),
        (["exp": "9223372036854775807"], false), (["exp": "1e400"], false), (["exp": "\(now + 600).5"], true),
        (["nbf": "\(now + 30)"], true), (["nbf": "\(now + 31)"], false), (["nbf": "\"x\""], false),
        (["iat": "\(now + 31)"], false), (["iat": nil], true),
        (["iss": "\"https://login.example/\""], false), (["iss": "\"https://evil.example\""], false),
        (["iss": nil], false), (["iss": "[\"https://login.example\"]"], false),
        (["iss": "\"HTTPS://login.example\""], false),
        (["sub": nil], false), (["sub": "\"\""], false), (["sub": "1"], false), (["sub": "\"a b\""], false),
        (["sub": "\"a\\u0000b\""], false), (["sub": "\"caf\u{E9}\""], false),
        (["sub": "\"\(String(repeating: "a", count: 256))\""], false),
        (["aud": nil], false), (["aud": "[]"], false), (["aud": "[1]"], false), (["aud": "{}"], false),
        (["aud": "[\"https://a.example\",\"\(TestIssuer.audience)\"]"], true),
        (["aud": "[\(Array(repeating: "\"a\"", count: 33).joined(separator: ","))]"], false),
        (["cnf": #"{"jkt":"x"}"#], false),
    ]

    @Test("times, issuer, subject and audience are all there and in order", arguments: changes)
    func claims(_ changes: [String: String?], _ isInOrder: Bool) async throws {
        let token = try Self.issuer.token(TestIssuer.claims(changes))
        #expect(Self.isVerified(try await Self.verdict(on: token)) == isInOrder)
    }

    @Test(
        "claims that two readers could take for two are refused although the signature is good",
        arguments: [
            #""sub":"bob""#, #""s\u0075b":"bob""#, #""groups":[],"groups":["admin"]"#, #""x":{"y":1,"y":2}"#,
        ])
    func isAmbiguous(_ more: String) async throws {
        let token = try Self.issuer.token(TestIssuer.claims(more: more))
        #expect(!Self.isVerified(try await Self.verdict(on: token)))
    }

    static let headers = [
        #"{"alg":"none"}"#, #"{"alg":"None","kid":"k1"}"#, #"{"alg":"NONE","kid":"k1"}"#, #"{"alg":"","kid":"k1"}"#,
        #"{"alg":"HS256","kid":"k1"}"#, #"{"alg":"HS384","kid":"k1"}"#, #"{"alg":"HS512","kid":"k1"}"#,
        #"{"alg":"RS256","kid":"k1"}"#, #"{"alg":"ES384","kid":"k1"}"#, #"{"alg":"EdDSA","kid":"k1"}"#,
        #"{"alg":["ES256"],"kid":"k1"}"#, #"{"kid":"k1"}"#, #"{"alg":"ES256","alg":"none","kid":"k1"}"#,
        #"{"alg":"ES256","kid":"k2"}"#, #"{"alg":"ES256","kid":"../../dev/null"}"#,
        #"{"alg":"ES256","kid":"k1' OR '1"}"#,
        #"{"alg":"ES256","kid":1}"#, #"{"alg":"ES256","kid":"ed"}"#,
        #"{"alg":"ES256","kid":"\#(String(repeating: "k", count: 300))"}"#,
        #"{"alg":"ES256","kid":"k1","crit":["exp"]}"#, #"{"alg":"ES256","kid":"k1","b64":false}"#,
        #"{"alg":"ES256","kid":"k1","typ":"dpop+jwt"}"#, #"{"alg":"ES256","kid":"k1","typ":1}"#,
        "[]", "ES256",
    ]

    @Test(
        "a header that names no key and no algorithm of the provider's makes no token",
        arguments: headers)
    func namesNothing(_ header: String) async throws {
        #expect(!Self.isVerified(try await Self.verdict(on: Self.issuer.token(header: header))))
    }

    @Test("keys and addresses of keys in a token's own header are nobody's word")
    func injected() async throws {
        let stranger = TestIssuer()
        for more in [
            #""jwk":\#(stranger.ellipticKey())"#, #""jku":"https://evil.example/keys""#, #""x5u":"https://evil""#,
        ] {
            let own = try Self.issuer.token(header: Self.issuer.header(more: more))
            #expect(Self.isVerified(try await Self.verdict(on: own)))
            let foreign = try stranger.token(header: stranger.header(more: more))
            #expect(!Self.isVerified(try await Self.verdict(on: foreign)))
        }
    }

    @Test("the public key is no secret to sign with")
    func confusion() async throws {
        let published = Self.issuer.elliptic.publicKey
        for secret in [
            Array(published.rawRepresentation), Array(published.pemRepresentation.utf8), Array(Self.issuer.keys.utf8),
        ] {
            for algorithm in ["HS256", "ES256"] {
                let text = TestIssuer.unsigned(Self.issuer.header(algorithm), TestIssuer.claims())
                let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: secret))
                let token = Array("\(text).\(base64(Array(code)))".utf8)
                #expect(!Self.isVerified(try await Self.verdict(on: token)))
            }
        }
    }

    @Test("a signature of another key, a changed byte, or none at all is refused")
    func forged() async throws {
        let good = try Self.issuer.token()
        let dot = try #require(good.lastIndex(of: UInt8(ascii: ".")))
        var changed = good
        changed[good.firstIndex(of: UInt8(ascii: "."))! + 5] ^= 1
        let tokens: [[UInt8]] = [
            try TestIssuer().token(), changed, Array(good[...dot]), Array(good[..<dot]), good + Array("A".utf8),
            good + Array("=".utf8), good + Array(".x".utf8), good + Array(" ".utf8), [], Array("..".utf8),
            Array("a.b.c".utf8),
            Array(String(repeating: "a", count: 100_000).utf8), Array(String(repeating: ".", count: 10_000).utf8),
            Array("\(TestIssuer.unsigned(#"{"alg":"none"}"#, TestIssuer.claims())).".utf8),
            Array(
                "\(String(decoding: good[..<dot], as: UTF8.self)).\(base64([UInt8](repeating: 0, count: 64)))"
                    .utf8),
        ]
        for token in tokens { #expect(!Self.isVerified(try await Self.verdict(on: token))) }
    }

    @Test("an algorithm that the configuration does not name is refused")
    func algorithms() async throws {
        #expect(!Self.isVerified(try await Self.verdict(on: Self.issuer.token(), algorithms: [.rs256, .edDSA])))
    }

    @Test("a claim deeper or larger than the bounds is refused")
    func bounds() async throws {
        let deep = "\"x\":" + String(repeating: "[", count: 20) + String(repeating: "]", count: 20)
        let large = "\"x\":\"\(String(repeating: "a", count: 17_000))\""
        for more in [deep, large] {
            #expect(!Self.isVerified(try await Self.verdict(on: Self.issuer.token(TestIssuer.claims(more: more)))))
        }
    }
}
