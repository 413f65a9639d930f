/// Base64, of which only the canonical spelling is read: one text for each run of bytes.
///
/// A lenient reader would take a changed text for the same bytes (RFC 4648 section 3.5).
public struct Base64: Sendable {
    /// With `+`, `/` and padding (RFC 4648 section 4).
    public static let standard = Base64("+/", isPadded: true)
    /// With `-`, `_` and no padding (RFC 4648 section 5).
    public static let url = Base64("-_", isPadded: false)

    private let alphabet: [UInt8]
    /// By character; 64 for what stands for nothing.
    private let values: [UInt8]
    private let isPadded: Bool

    private init(_ lastTwo: String, isPadded: Bool) {
        alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8) + Array(lastTwo.utf8)
        var values = [UInt8](repeating: 64, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        self.values = values
        self.isPadded = isPadded
    }

    public func encode(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var bits = 0
        var held = 0
        for byte in bytes {
            bits = bits << 8 | Int(byte)
            held += 8
            while held >= 6 {
                held -= 6
                text.append(alphabet[bits >> held & 63])
            }
            bits &= (1 << held) - 1
        }
        if held > 0 { text.append(alphabet[bits << (6 - held) & 63]) }
        while isPadded, text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
        return text
    }

    /// The bytes; nil for anything that ``encode(_:)`` does not write.
    public func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var characters = Array(text)
        if isPadded {
            guard characters.count % 4 == 0 else { return nil }
            for _ in 0..<2 where characters.last == UInt8(ascii: "=") { characters.removeLast() }
        }
        guard characters.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count * 3 / 4)
        var bits = 0
        var held = 0
        for character in characters {
            let value = values[Int(character)]
            guard value < 64 else { return nil }
            bits = bits << 6 | Int(value)
            held += 6
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> held))
                bits &= (1 << held) - 1
            }
        }
        // Bits left over would be another spelling of the same bytes.
        return bits == 0 ? bytes : nil
    }
}
