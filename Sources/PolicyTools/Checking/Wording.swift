import PolicyEngine

/// Names as they stand in messages: short, and with nothing in them that a terminal obeys.
enum Wording {
    /// A stranger's text on one line, cut where it is long.
    static func shown(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > PolicyToolsBounds.shownText else { return safe(text) }
        return safe(String(String.UnicodeScalarView(scalars.prefix(PolicyToolsBounds.shownText)))) + "…"
    }

    /// A text with nothing in it that a terminal obeys or that changes the direction of what follows.
    static func safe(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            case _:
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    static func quoted(_ text: some CustomStringConvertible) -> String { "`\(shown(text.description))`" }

    /// `` `a`, `b` and 3 more``
    static func list(_ names: [ToolName]) -> String {
        let shown = names.prefix(PolicyToolsBounds.namedTools).map { quoted($0) }
        let rest = names.count - shown.count
        if rest > 0 { return shown.joined(separator: ", ") + " and \(rest) more" }
        guard let last = shown.last, shown.count > 1 else { return shown.first ?? "nothing" }
        return shown.dropLast().joined(separator: ", ") + " and " + last
    }

    static func count(_ number: Int, _ one: String, _ several: String) -> String {
        "\(number) \(number == 1 ? one : several)"
    }
}
