import Foundation

/// Strangers' words on a terminal: an instance's, a server's, a file's. What a terminal would obey, or would not show, is
/// spelled out: escapes (ECMA-48, C0 and C1), marks that turn the direction of writing, characters without a width.
enum TerminalText {
    /// On one line and not endless.
    static func line(_ text: String, limit: Int = RemoteBounds.shownValue) -> String {
        let scalars = text.unicodeScalars
        return scalars.prefix(limit).map { isShown($0) ? String($0) : spelled($0) }.joined()
            + (scalars.dropFirst(limit).isEmpty ? "" : "…")
    }

    /// Our own sentences, which may hold somebody's words: line ends stay.
    static func lines(_ text: String) -> String {
        text.unicodeScalars.map { $0 == "\n" || isShown($0) ? String($0) : spelled($0) }.joined()
    }

    /// JSON that means the same: in it, such characters stand in strings only, and can be written as escapes (RFC 8259
    /// section 7).
    static func json(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: Array(bytes), as: UTF8.self).unicodeScalars.map { scalar in
            if isShown(scalar) || scalar == "\n" || scalar == "\r" || scalar == "\t" { return String(scalar) }
            return String(scalar).utf16.map { unit in
                let digits = String(unit, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }.joined()
        }.joined()
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }

    private static func spelled(_ scalar: Unicode.Scalar) -> String { "\\u{\(String(scalar.value, radix: 16))}" }
}
