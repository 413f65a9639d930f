import PolicyEngine
import PolicyFiles

/// Finds comments in YAML.
///
/// What starts with `#` may be one, or a part of a text; which, the YAML reader says: a comment is what may go without
/// the document becoming another.
enum CommentScan {
    /// How many `#` are looked at one by one; of more, the next is taken for a comment, so that none is lost unsaid.
    private static let tries = 64

    /// The line of the first comment; `nil` when there is none.
    static func firstComment(in bytes: [UInt8], meaning document: PolicyDocument, name: String) -> Int? {
        var line = 1
        var tried = 0
        for (offset, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\n") { line += 1 }
            guard byte == UInt8(ascii: "#"), offset == 0 || bytes[offset - 1] <= UInt8(ascii: " ") else { continue }
            tried += 1
            if tried > tries { return line }
            let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let without = Array(bytes[..<offset] + bytes[end...])
            if PolicyFile.parse(without, name: name).document == document { return line }
        }
        return nil
    }
}
