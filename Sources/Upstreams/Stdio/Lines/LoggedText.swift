/// A peer's text as it may stand in a log or a terminal: one line, no control characters, not too long.
enum LoggedText {
    /// - Parameter cut: whether the line was longer than what is given.
    static func harmless(_ bytes: [UInt8], limit: Int, cut: Bool) -> String {
        let line = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes[...]
        var text = ""
        for scalar in String(decoding: line.prefix(limit), as: UTF8.self).unicodeScalars {
            if isHarmless(scalar) {
                text.unicodeScalars.append(scalar)
            } else {
                text += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        if cut || line.count > limit { text += "…" }
        return text
    }

    /// Neither moves a cursor nor changes a colour, a line or the direction of reading.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}
