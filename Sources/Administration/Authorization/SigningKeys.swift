internal import Crypto
import GatewayStorage
import MCPMessages
import WireJSON

/// The keys that this instance signs tokens with (ES256): one for each day, made from the key that seals secrets, so that
/// nothing of them is kept anywhere and every process of the instance has the same.
struct SigningKeys: Sendable {
    let keyring: Keyring

    /// The one that signs now.
    func current(at now: WallTime) throws(Refusal) -> SigningKey {
        try SigningKey(keyring.current, period: Self.period(now))
    }

    /// Those whose tokens may still be good, and the next.
    func published(at now: WallTime) throws(Refusal) -> [SigningKey] {
        let period = Self.period(now)
        var keys: [SigningKey] = []
        for secret in keyring.keys {
            for period in (period - 1)...(period + 1) { keys.append(try SigningKey(secret, period: period)) }
        }
        return keys
    }

    private static func period(_ now: WallTime) -> Int64 {
        max(0, now.milliseconds) / 1000 / AuthorizationBounds.signingPeriod
    }
}

/// One key that signs.
struct SigningKey: Sendable {
    /// Its name among the published ones, of its public half alone.
    let id: String
    private let key: P256.Signing.PrivateKey

    init(_ secret: SecretKey, period: Int64) throws(Refusal) {
        // One in 2³² texts of 32 bytes is no key of this curve; the next one is.
        for attempt in 0..<4 {
            let bytes = secret.derived(for: "gatehouse-token-key-1\n\(period)\n\(attempt)")
            guard let key = try? P256.Signing.PrivateKey(rawRepresentation: bytes) else { continue }
            self.key = key
            id = Hexadecimal.text(Array(SHA256.hash(data: Array(key.publicKey.x963Representation)).prefix(8)))
            return
        }
        throw .unavailable("there is no key to sign tokens with")
    }

    /// A token with these claims (RFC 7515 section 7.1, RFC 9068 section 2.1).
    func token(_ claims: (inout JSONWriter) -> Void) throws(Refusal) -> String {
        var header = JSONWriter()
        header.object { json in
            json.member("alg", "ES256")
            json.member("typ", "at+jwt")
            json.member("kid", id)
        }
        var payload = JSONWriter()
        payload.object(claims)
        let signed = Base64.url.encode(header.bytes) + [UInt8(ascii: ".")] + Base64.url.encode(payload.bytes)
        guard let signature = try? key.signature(for: signed) else { throw .unavailable("a token cannot be signed") }
        return String(
            decoding: signed + [UInt8(ascii: ".")] + Base64.url.encode(Array(signature.rawRepresentation)),
            as: UTF8.self)
    }

    /// The claims of a token that this key signed, however old; nil for any other.
    func claims(of token: String) -> JSON? {
        let parts = Array(token.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let signature = Base64.url.decode(parts[2]),
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature),
            key.publicKey.isValidSignature(signature, for: Array(parts[0] + [UInt8(ascii: ".")] + parts[1])),
            let claims = Base64.url.decode(parts[1])
        else { return nil }
        return try? JSON(claims)
    }

    /// Its public half (RFC 7517).
    func write(to writer: inout JSONWriter) {
        // An uncompressed point: one byte that says so, then both coordinates.
        let point = Array(key.publicKey.x963Representation)
        writer.object { json in
            json.member("kty", "EC")
            json.member("crv", "P-256")
            json.member("use", "sig")
            json.member("alg", "ES256")
            json.member("kid", id)
            json.member("x", String(decoding: Base64.url.encode(Array(point[1..<33])), as: UTF8.self))
            json.member("y", String(decoding: Base64.url.encode(Array(point[33..<65])), as: UTF8.self))
        }
    }
}
