import WireJSON

/// What a YAML scalar without quotes means here: JSON's `true`, `false`, `null` and numbers, and else text.
///
/// So a policy means the same in both spellings, and `no`, `on` or `1_000` are never silently something else.
enum PlainScalar {
    static func content(of text: String) -> Located.Content {
        switch text {
        case "true": .bool(true)
        case "false": .bool(false)
        case "null", "~", "": .null
        case _: isNumber(text) ? .number(text) : .text(text)
        }
    }

    /// Tells whether YAML 1.1 or another reader takes the text for a truth, a number or nothing.
    static func isDoubtful(_ text: String) -> Bool {
        let word = text.lowercased()
        if words.contains(word) { return true }
        guard let first = word.utf8.first(where: { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            word.utf8.first.map({ $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 &- 0x30 < 10 }) == true
        else { return false }
        // 0x1F, 0o17, 010, 1_000, +1, 1., 12:30:00
        return first &- 0x30 < 10
            && word.utf8.allSatisfy { $0 &- 0x30 < 10 || "+-_.:xoabcdef".utf8.contains($0) }
            && !word.utf8.dropFirst().contains(UInt8(ascii: "-"))
    }

    private static let words: Set<String> = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", ".inf", "-.inf", "+.inf", ".nan",
    ]

    private static func isNumber(_ text: String) -> Bool {
        guard let first = text.utf8.first, first &- 0x30 < 10 || first == UInt8(ascii: "-") else { return false }
        return (try? JSON(Array(text.utf8)))?.kind == .number && text.utf8.last.map { $0 &- 0x30 < 10 } == true
    }
}
