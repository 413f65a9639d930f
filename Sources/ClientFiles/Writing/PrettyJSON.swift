import WireJSON

/// A value on several lines, as people write configuration.
struct PrettyJSON {
    let unit: String
    let newline: String

    /// - Parameter indent: That of the line the value begins on.
    func text(_ value: JSON, indent: String) -> String {
        let inner = indent + unit
        switch value.kind {
        case .object where value.count > 0:
            let members = value.members.map { key, value in
                inner + Self.quoted(key.string) + ": " + text(value, indent: inner)
            }
            return "{" + newline + members.joined(separator: "," + newline) + newline + indent + "}"
        case .array where value.count > 0:
            let isShort = value.elements.allSatisfy { $0.kind != .object && $0.kind != .array }
            if isShort { return "[" + value.elements.map { text($0, indent: inner) }.joined(separator: ", ") + "]" }
            let elements = value.elements.map { inner + text($0, indent: inner) }
            return "[" + newline + elements.joined(separator: "," + newline) + newline + indent + "]"
        case .object, .array, .string, .number, .bool, .null: return String(decoding: value.bytes, as: UTF8.self)
        }
    }

    static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
