internal import Crypto
import MCPMessages

/// Binds an authorisation code to whoever asked for it (RFC 7636, `S256`).
public struct ProofKey: Sendable, Equatable {
    /// 256 random bits; told to nobody but the token endpoint.
    public let verifier: String

    public init() { verifier = RandomText.make() }

    /// Its SHA-256, which the authorisation endpoint is told.
    public var challenge: String { Self.challenge(of: verifier) }

    /// The challenge that a verifier answers.
    public static func challenge(of verifier: String) -> String {
        String(decoding: Base64.url.encode(Array(SHA256.hash(data: Array(verifier.utf8)))), as: UTF8.self)
    }
}

/// Texts that nobody can guess.
public enum RandomText {
    /// 256 random bits in base64url.
    public static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return String(decoding: Base64.url.encode(bytes), as: UTF8.self)
    }
}
