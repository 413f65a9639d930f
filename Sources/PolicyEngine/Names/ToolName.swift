/// The name of a tool, exactly as its server spells it.
///
/// Names are equal when their UTF-8 bytes are equal, never by Unicode equivalence: `café` spelled with one code point
/// and with two are two tools (policy.md section 1).
public struct ToolName: Sendable, Hashable, Comparable {
    /// The bytes of the name: valid UTF-8, 1 to ``PolicyBounds/nameBytes`` of them.
    public let utf8: [UInt8]

    /// Takes the name; `nil` when it is empty, too long or not UTF-8.
    public init?(_ utf8: some Sequence<UInt8>) {
        let bytes = Array(utf8)
        guard !bytes.isEmpty, bytes.count <= PolicyBounds.nameBytes else { return nil }
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        self.utf8 = bytes
    }

    /// Takes the name; `nil` when it is empty or too long.
    public init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= PolicyBounds.nameBytes else { return nil }
        self.utf8 = Array(text.utf8)
    }

    /// Orders names by their bytes.
    public static func < (left: ToolName, right: ToolName) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

extension ToolName: CustomStringConvertible {
    public var description: String { String(decoding: utf8, as: UTF8.self) }
}
