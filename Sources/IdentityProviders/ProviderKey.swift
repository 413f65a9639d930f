import JWTKit
import MCPMessages
import WireJSON

/// One public key of a provider (RFC 7517).
struct ProviderKey: Sendable {
    let name: [UInt8]?
    let family: SigningAlgorithm.Family
    /// The one algorithm it is for, where its provider says so.
    private let algorithm: String?
    private let material: Material

    private enum Material: Sendable {
        case rsa(modulus: String, exponent: String)
        case point(x: String, y: String)
        case edwards(x: String)
    }

    /// Nil for what is no public key to verify with: a secret one, one for another use, one of an unfit size.
    init?(_ key: JSON) {
        guard key["use"].map({ $0.hasText("sig") }) ?? true,
            key["key_ops"].map({ $0.elements.contains { $0.hasText("verify") } }) ?? true,
            key["d"] == nil, key["k"] == nil
        else { return nil }
        switch key["kty"]?.string {
        case "RSA":
            guard let modulus = key["n"]?.string, let exponent = key["e"]?.string,
                let number = Base64.url.decode(modulus.utf8), let power = Base64.url.decode(exponent.utf8),
                IdentityBounds.rsaBits.contains(Self.bits(number)), (1...4).contains(power.count),
                power.last.map({ $0 & 1 == 1 }) ?? false, power != [1]
            else { return nil }
            family = .rsa
            material = .rsa(modulus: modulus, exponent: exponent)
        case "EC":
            guard let curve = key["crv"]?.string, ["P-256", "P-384", "P-521"].contains(curve),
                let x = key["x"]?.string, let y = key["y"]?.string
            else { return nil }
            family = .curve(curve)
            material = .point(x: x, y: y)
        case "OKP":
            guard key["crv"]?.hasText("Ed25519") ?? false, let x = key["x"]?.string else { return nil }
            family = .edwards
            material = .edwards(x: x)
        default: return nil
        }
        name = key["kid"]?.utf8
        algorithm = key["alg"]?.string
    }

    /// Whether it is one that this algorithm could have been used with.
    func fits(_ algorithm: SigningAlgorithm) -> Bool {
        family == algorithm.family && (self.algorithm.map { $0 == algorithm.rawValue } ?? true)
    }

    /// Whether it signed this token.
    func signed(_ token: SignedToken) async -> Bool {
        guard fits(token.algorithm), let algorithm = JWK.Algorithm(rawValue: token.algorithm.rawValue) else {
            return false
        }
        let keys = JWTKeyCollection()
        do {
            // It is the only key there is, whatever the token calls its own.
            try await keys.add(jwk: jwk(for: algorithm), isDefault: true)
            _ = try await keys.verify(token.bytes, as: SignatureAlone.self)
            return true
        } catch {
            return false
        }
    }

    private func jwk(for algorithm: JWK.Algorithm) -> JWK {
        switch (material, family) {
        case (.rsa(let modulus, let exponent), _):
            .rsa(algorithm, identifier: "key", modulus: modulus, exponent: exponent)
        case (.point(let x, let y), .curve("P-384")):
            .ecdsa(algorithm, identifier: "key", x: x, y: y, curve: .p384)
        case (.point(let x, let y), .curve("P-521")):
            .ecdsa(algorithm, identifier: "key", x: x, y: y, curve: .p521)
        case (.point(let x, let y), _):
            .ecdsa(algorithm, identifier: "key", x: x, y: y, curve: .p256)
        case (.edwards(let x), _):
            .octetKeyPair(algorithm, identifier: "key", x: x, y: nil, curve: .ed25519)
        }
    }

    private static func bits(_ number: [UInt8]) -> Int {
        let significant = number.drop { $0 == 0 }
        return significant.count * 8 - (significant.first?.leadingZeroBitCount ?? 0)
    }
}

/// The claims are read elsewhere, strictly; of the library only the signature is asked.
private struct SignatureAlone: JWTPayload {
    func verify(using algorithm: some JWTAlgorithm) async throws {}
}
