/// Text carried in a header field: plain visible ASCII as it is, everything else as `=?base64?…?=`.
///
/// Revision 2026-07-28, "Streamable HTTP", "Encoding of header values". The markers are lower-case, the base64 is
/// canonical with padding (RFC 4648 section 4), and a plain value that looks like the sentinel is itself encoded.
public enum HeaderText {
    private static let opening = Array("=?base64?".utf8)
    private static let closing = Array("?=".utf8)
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The bytes a header value stands for; nil where it is a malformed sentinel or has what a header carries encoded only.
    public static func decode(_ value: String) -> [UInt8]? {
        let bytes = Array(value.utf8)
        guard bytes.allSatisfy(isVisible) else { return nil }
        guard isSentinel(bytes) else { return bytes }
        return decodeBase64(bytes[opening.count..<(bytes.count - closing.count)])
    }

    /// A header value for these bytes.
    public static func encode(_ utf8: [UInt8]) -> [UInt8] {
        let isPlain = utf8.allSatisfy(isVisible) && utf8.first != 0x20 && utf8.last != 0x20
        if isPlain, !isSentinel(utf8) { return utf8 }
        return opening + encodeBase64(utf8) + closing
    }

    private static func isVisible(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) }

    private static func isSentinel(_ bytes: [UInt8]) -> Bool {
        bytes.first == UInt8(ascii: "=") && bytes.count >= opening.count + closing.count && bytes.starts(with: opening)
            && bytes.suffix(closing.count).elementsEqual(closing)
    }

    private static func encodeBase64(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let group = bytes[index..<min(index + 3, bytes.count)]
            var bits = 0
            for byte in group { bits = bits << 8 | Int(byte) }
            bits <<= 8 * (3 - group.count)
            for place in 0..<4 {
                text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
            index += 3
        }
        return text
    }

    /// Decodes and encodes back: only the canonical spelling is accepted.
    private static func decodeBase64(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        var bytes: [UInt8] = []
        var bits = 0
        var held = 0
        for character in text where character != UInt8(ascii: "=") {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            bits = bits << 6 | value
            held += 6
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> held))
                bits &= (1 << held) - 1
            }
        }
        return encodeBase64(bytes).elementsEqual(text) ? bytes : nil
    }
}
