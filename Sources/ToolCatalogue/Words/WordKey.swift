/// The first sixteen bytes of a word in lower case, as a number: words compare in one instruction and never collide.
///
/// Two longer words with the same beginning are one word. Lower case covers ASCII, Latin-1 and Cyrillic.
struct WordKey: Hashable, Sendable {
    private(set) var value: UInt128 = 0
    private(set) var count: UInt8 = 0

    init() {}

    init(_ word: String) {
        for byte in word.utf8 { append(byte) }
    }

    /// Adds a byte that is in lower case.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        guard count < 16 else { return }
        value = value << 8 | UInt128(byte)
        count &+= 1
    }

    /// Adds the bytes of another word.
    mutating func append(_ other: WordKey) {
        for place in stride(from: Int(other.count) - 1, through: 0, by: -1) {
            append(UInt8(truncatingIfNeeded: other.value >> (8 * UInt128(place))))
        }
    }

    @inline(__always)
    var slot: Int {
        let low = UInt64(truncatingIfNeeded: value)
        let high = UInt64(truncatingIfNeeded: value >> 64)
        let mixed = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: mixed >> 32)
    }
}
