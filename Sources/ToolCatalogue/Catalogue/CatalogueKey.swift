internal import Crypto
internal import WireJSON

/// A key that catalogues are signed with: Ed25519 (RFC 8032).
public struct CatalogueKey: Sendable {
    let key: Curve25519.Signing.PrivateKey

    /// Makes a new key.
    public init() { key = Curve25519.Signing.PrivateKey() }

    /// Takes a key kept as 64 hexadecimal digits; nil for anything else.
    public init?(hex: String) {
        guard let bytes = Hexadecimal.bytes(hex), let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
        else { return nil }
        self.key = key
    }

    /// The key as 64 hexadecimal digits: a secret. Only for keeping it.
    public var secretHex: String { Hexadecimal.text(key.rawRepresentation) }

    /// What others trust.
    public var publicKey: CataloguePublicKey { CataloguePublicKey(raw: Array(key.publicKey.rawRepresentation)) }
}

/// The half of a key that tells whether a catalogue was signed with the other.
public struct CataloguePublicKey: Sendable, Hashable, CustomStringConvertible {
    let raw: [UInt8]

    init(raw: [UInt8]) { self.raw = raw }

    /// Takes 64 hexadecimal digits; nil for anything else.
    public init?(hex: String) {
        guard let raw = Hexadecimal.bytes(hex), raw.count == 32 else { return nil }
        self.raw = raw
    }

    public var description: String { Hexadecimal.text(raw) }
}
