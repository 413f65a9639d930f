import Crypto
import Fetching
import IdentityProviders
import Logging
import LoopbackServer
import MCPMessages
import Synchronization

/// An issuer with real keys, and tokens with whatever a test wants wrong in them.
struct TestIssuer: Sendable {
    static let name = "https://login.example"
    static let audience = "https://gateway.example/mcp/tools"
    static let now: Int64 = 1_800_000_000

    let elliptic = P256.Signing.PrivateKey()
    let edwards = Curve25519.Signing.PrivateKey()
    var keyName = "k1"

    /// The published set.
    var keys: String { #"{"keys":[\#(ellipticKey()),\#(edwardsKey())]}"# }

    func ellipticKey(_ members: String = #""alg":"ES256","use":"sig""#) -> String {
        let point = Array(elliptic.publicKey.rawRepresentation)
        let (x, y) = (base64(point[..<32]), base64(point[32...]))
        return #"{"kty":"EC","crv":"P-256","kid":"\#(keyName)","x":"\#(x)","y":"\#(y)",\#(members)}"#
    }

    func edwardsKey() -> String {
        let x = base64(Array(edwards.publicKey.rawRepresentation))
        return #"{"kty":"OKP","crv":"Ed25519","kid":"ed","x":"\#(x)"}"#
    }

    /// Claims in order, others instead of some, and more.
    static func claims(_ changes: [String: String?] = [:], more: String = "") -> String {
        var members: [String: String?] = [
            "iss": "\"\(name)\"", "sub": "\"alice\"", "aud": "\"\(audience)\"", "exp": "\(now + 600)",
            "iat": "\(now)", "scope": "\"mcp:tools extra\"", "groups": #"["platform"]"#,
        ]
        for (key, value) in changes { members[key] = value }
        let written = members.sorted { $0.key < $1.key }.compactMap { key, value in value.map { "\"\(key)\":\($0)" } }
        return "{\((written + (more.isEmpty ? [] : [more])).joined(separator: ","))}"
    }

    func header(_ algorithm: String = "ES256", more: String = "") -> String {
        #"{"alg":"\#(algorithm)","typ":"JWT","kid":"\#(keyName)"\#(more.isEmpty ? "" : "," + more)}"#
    }

    func token(header: String? = nil, _ claims: String = claims()) throws -> [UInt8] {
        let text = Self.unsigned(header ?? self.header(), claims)
        let signature = try elliptic.signature(for: Array(text.utf8)).rawRepresentation
        return Array("\(text).\(base64(Array(signature)))".utf8)
    }

    func edwardsToken(_ claims: String = claims()) throws -> [UInt8] {
        let text = Self.unsigned(#"{"alg":"EdDSA","kid":"ed"}"#, claims)
        return Array("\(text).\(base64(Array(try edwards.signature(for: Array(text.utf8)))))".utf8)
    }

    static func unsigned(_ header: String, _ claims: String) -> String {
        "\(base64(header.utf8)).\(base64(claims.utf8))"
    }

    /// A judge that gets this issuer's keys over HTTP, from a place that an operator typed.
    static func judge(
        keysAt url: String, algorithms: Set<SigningAlgorithm> = Set(SigningAlgorithm.allCases), leeway: Int64 = 30,
        bounds: FetchBounds = .init(), clock: @escaping @Sendable () -> UInt64 = { 0 }
    ) throws -> TokenJudge {
        let address = try WebAddress(name, isOperatorTyped: true)
        let settings = ProviderSettings(
            name: "corp", issuer: name, address: address, keys: try WebAddress(url, isOperatorTyped: true),
            algorithms: algorithms, leeway: leeway)
        return TokenJudge(
            [settings], bounds: bounds, clock: clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}

/// A value that a test changes while a server reads it.
final class Changing<Value: Sendable>: Sendable {
    private let held: Mutex<Value>
    init(_ value: Value) { held = Mutex(value) }
    var value: Value {
        get { held.withLock { $0 } }
        set { held.withLock { $0 = newValue } }
    }
}

/// As JOSE writes it.
func base64(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: Base64.url.encode(Array(bytes)), as: UTF8.self)
}
