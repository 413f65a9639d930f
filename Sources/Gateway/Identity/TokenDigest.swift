internal import Crypto
import WireJSON

/// The SHA-256 of a bearer token: all that is kept of it.
public struct TokenDigest: Sendable, Hashable {
    private let high: UInt64, upper: UInt64, lower: UInt64, low: UInt64

    /// Digests a token as presented.
    public init(of token: some Sequence<UInt8>) {
        var hasher = SHA256()
        Array(token).withUnsafeBytes { hasher.update(bufferPointer: $0) }
        self.init(bytes: Array(hasher.finalize()))
    }

    /// Reads 64 hexadecimal digits.
    public init?(hex: String) {
        guard let bytes = Hexadecimal.bytes(hex), bytes.count == 32 else { return nil }
        self.init(bytes: bytes)
    }

    private init(bytes: [UInt8]) {
        func word(_ index: Int) -> UInt64 { bytes[index * 8..<index * 8 + 8].reduce(0) { $0 << 8 | UInt64($1) } }
        high = word(0)
        upper = word(1)
        lower = word(2)
        low = word(3)
    }

    public var hex: String {
        Hexadecimal.text([high, upper, lower, low].flatMap { word in withUnsafeBytes(of: word.bigEndian, Array.init) })
    }
}
