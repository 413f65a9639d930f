extension PlainValue {
    /// The value as a YAML document; what is short stands on one line.
    var yaml: String {
        if let line = flow(within: 0) { return line + "\n" }
        var text = ""
        writeBlock(into: &text, indent: 0)
        return text
    }

    private static let widest = 110

    /// Writes an object or a list over several lines, each with its indent.
    private func writeBlock(into text: inout String, indent: Int) {
        let margin = String(repeating: " ", count: indent)
        switch self {
        case .object(let members):
            for (position, member) in members.enumerated() {
                // The first line of an element of a list stands behind its dash.
                if position > 0 || !text.hasSuffix("- ") { text += margin }
                text += Self.scalar(member.key) + ":"
                member.value.writeAfterKey(into: &text, indent: indent)
            }
        case .list(let elements):
            for element in elements {
                text += margin + "- "
                if let line = element.flow(within: indent + 2) {
                    text += line + "\n"
                } else {
                    element.writeElement(into: &text, indent: indent + 2)
                }
            }
        case .text, .number, .bool, .null:
            text += (flow(within: 0) ?? "") + "\n"
        }
    }

    private func writeAfterKey(into text: inout String, indent: Int) {
        if let line = flow(within: indent + 16) {
            text += " \(line)\n"
        } else {
            text += "\n"
            writeBlock(into: &text, indent: indent + 2)
        }
    }

    private func writeElement(into text: inout String, indent: Int) {
        // A list in a list starts on a line of its own.
        if case .list = self {
            text += "\n"
        }
        writeBlock(into: &text, indent: indent)
    }

    /// The value on one line, when it is short enough and not too deep to be read there.
    private func flow(within indent: Int) -> String? {
        switch self {
        case .object(let members):
            if members.isEmpty { return "{}" }
            guard indent > 0, depth <= 2 else { return nil }
        case .list(let elements):
            if elements.isEmpty { return "[]" }
            guard depth <= 2 else { return nil }
        case .text, .number, .bool, .null:
            return inline
        }
        let line = inline
        return line.utf8.count + indent <= Self.widest ? line : nil
    }

    private var inline: String {
        switch self {
        case .object(let members):
            members.isEmpty
                ? "{}"
                : "{ " + members.map { "\(Self.scalar($0.key)): \($0.value.inline)" }.joined(separator: ", ") + " }"
        case .list(let elements):
            "[" + elements.map(\.inline).joined(separator: ", ") + "]"
        case .text(let text): Self.scalar(text)
        case .number(let number): number
        case .bool(let bool): bool ? "true" : "false"
        case .null: "null"
        }
    }

    /// Text without quotes where every reader of YAML takes it for that text, else in double quotes.
    private static func scalar(_ text: String) -> String {
        isPlain(text) ? text : quoted(forYAML: text)
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, (first | 0x20) &- 0x61 < 26 || first == UInt8(ascii: "_") else {
            return false
        }
        guard text.utf8.last != UInt8(ascii: " "), text.utf8.count <= widest else { return false }
        guard case .text = PlainScalar.content(of: text), !PlainScalar.isDoubtful(text) else { return false }
        return text.utf8.allSatisfy { byte in
            byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || " _-./".utf8.contains(byte)
        }
    }

    /// A JSON string is a YAML one, but for characters that YAML does not let stand as they are.
    private static func quoted(forYAML text: String) -> String {
        var quoted = ""
        for scalar in Self.quoted(text).unicodeScalars {
            switch scalar.value {
            case 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            case _:
                quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted
    }
}
