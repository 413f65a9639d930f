import WireJSON

/// A value to be written, of a document whose places do not matter any more.
indirect enum PlainValue {
    case object([(key: String, value: PlainValue)])
    case list([PlainValue])
    case text(String)
    /// In JSON's grammar.
    case number(String)
    case bool(Bool)
    case null

    init(_ json: JSON) {
        switch json.kind {
        case .object: self = .object(json.members.map { ($0.key.string, PlainValue($0.value)) })
        case .array: self = .list(json.elements.map { PlainValue($0) })
        case .string: self = .text(json.string ?? "")
        case .number: self = .number(String(decoding: json.bytes, as: UTF8.self))
        case .bool: self = .bool(json.bool == true)
        case .null: self = .null
        }
    }

    /// How many objects and lists are in one another.
    var depth: Int {
        switch self {
        case .object(let members): 1 + (members.map(\.value.depth).max() ?? 0)
        case .list(let elements): 1 + (elements.map(\.depth).max() ?? 0)
        case .text, .number, .bool, .null: 0
        }
    }
}
