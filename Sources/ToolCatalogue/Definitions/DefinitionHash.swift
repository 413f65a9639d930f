internal import Crypto
public import WireJSON

/// A stable fingerprint of one tool definition: the same for the same meaning, another for any change a model could see.
///
/// SHA-256, lower-case hex, over a canonical form: the exact-decimal variant of RFC 8785, and the lists whose order
/// means nothing (`required`, `enum`, `type`, a `default` that is a list) sorted, because real servers print them from
/// unordered sets and change them from run to run. Every member of the definition is covered.
public struct DefinitionHash: Sendable, Hashable, CustomStringConvertible {
    public let hex: String

    /// Takes a fingerprint made earlier.
    public init(hex: String) { self.hex = hex }

    public init(of definition: JSON) {
        var hasher = SHA256()
        CanonicalDefinition.bytes(of: definition).withUnsafeBytes { hasher.update(bufferPointer: $0) }
        hex = Hexadecimal.text(hasher.finalize())
    }

    public var description: String { hex }
}
