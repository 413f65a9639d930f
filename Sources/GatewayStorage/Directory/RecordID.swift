/// Names one record of the directory: 1 to 160 of `a-z 0-9 _ - .`.
///
/// Nothing else can be an id, so ids may be compared as Swift strings: in these characters equal texts are equal bytes.
public struct RecordID: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let text: String

    /// Nil for a text that no record can be named by.
    public init?(_ text: some StringProtocol) {
        guard (1...160).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        self.text = String(text)
    }

    public var description: String { text }

    public static func < (one: RecordID, other: RecordID) -> Bool {
        one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }
}
