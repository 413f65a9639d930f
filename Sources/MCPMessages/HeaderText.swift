/// Text carried in a header field: plain visible ASCII as it is, everything else as `=?base64?…?=`.
///
/// Revision 2026-07-28, "Streamable HTTP", "Encoding of header values". The markers are lower-case, the base64 is
/// canonical with padding (RFC 4648 section 4), and a plain value that looks like the sentinel is itself encoded.
public enum HeaderText {
    private static let opening = Array("=?base64?".utf8)
    private static let closing = Array("?=".utf8)

    /// The bytes a header value stands for; nil where it is a malformed sentinel or has what a header carries encoded only.
    public static func decode(_ value: String) -> [UInt8]? {
        let bytes = Array(value.utf8)
        guard bytes.allSatisfy(isVisible) else { return nil }
        guard isSentinel(bytes) else { return bytes }
        return Base64.standard.decode(bytes[opening.count..<(bytes.count - closing.count)])
    }

    /// A header value for these bytes.
    public static func encode(_ utf8: [UInt8]) -> [UInt8] {
        let isPlain = utf8.allSatisfy(isVisible) && utf8.first != 0x20 && utf8.last != 0x20
        if isPlain, !isSentinel(utf8) { return utf8 }
        return opening + Base64.standard.encode(utf8) + closing
    }

    private static func isVisible(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) }

    private static func isSentinel(_ bytes: [UInt8]) -> Bool {
        bytes.first == UInt8(ascii: "=") && bytes.count >= opening.count + closing.count && bytes.starts(with: opening)
            && bytes.suffix(closing.count).elementsEqual(closing)
    }
}
