import WireJSON

extension PlainValue {
    /// The value as JSON, indented; what is short stands on one line.
    var json: String {
        var text = ""
        write(into: &text, indent: 0)
        return text
    }

    private static let widest = 96

    private func write(into text: inout String, indent: Int) {
        let line = compact
        if indent > 0, depth <= 2, line.utf8.count + indent * 2 <= Self.widest {
            text += line
            return
        }
        let inner = String(repeating: "  ", count: indent + 1)
        let outer = String(repeating: "  ", count: indent)
        switch self {
        case .object(let members) where !members.isEmpty:
            text += "{"
            for (position, member) in members.enumerated() {
                text += (position == 0 ? "\n" : ",\n") + inner + Self.quoted(member.key) + ": "
                member.value.write(into: &text, indent: indent + 1)
            }
            text += "\n\(outer)}"
        case .list(let elements) where !elements.isEmpty:
            text += "["
            for (position, element) in elements.enumerated() {
                text += (position == 0 ? "\n" : ",\n") + inner
                element.write(into: &text, indent: indent + 1)
            }
            text += "\n\(outer)]"
        case .object, .list, .text, .number, .bool, .null:
            text += line
        }
    }

    /// The value on one line.
    private var compact: String {
        switch self {
        case .object(let members):
            members.isEmpty
                ? "{}"
                : "{ " + members.map { "\(Self.quoted($0.key)): \($0.value.compact)" }.joined(separator: ", ") + " }"
        case .list(let elements):
            elements.isEmpty ? "[]" : "[" + elements.map(\.compact).joined(separator: ", ") + "]"
        case .text(let text): Self.quoted(text)
        case .number(let number): number
        case .bool(let bool): bool ? "true" : "false"
        case .null: "null"
        }
    }

    /// Text as a JSON string.
    static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
