import WireJSON

/// A rule's value, decoded once so that judging decodes only the call.
enum Literal: Sendable {
    case null
    case truth(Bool)
    case number(Quantity)
    case text([UInt8])
    case list([Literal])
    case object([Member])

    struct Member: Sendable {
        let key: String
        let value: Literal
    }

    /// Decodes the value; `nil` when a number in it is too large to be represented.
    init?(_ json: JSON) {
        switch json.kind {
        case .null:
            self = .null
        case .bool:
            self = .truth(json.bool == true)
        case .number:
            let source = json.source
            guard let quantity = Quantity(json, in: source.span) else { return nil }
            self = .number(quantity)
        case .string:
            self = .text(json.utf8 ?? [])
        case .array:
            var elements: [Literal] = []
            for element in json.elements {
                guard let element = Literal(element) else { return nil }
                elements.append(element)
            }
            self = .list(elements)
        case .object:
            var members: [Member] = []
            for member in json.members {
                guard let value = Literal(member.value) else { return nil }
                members.append(Member(key: member.key.string, value: value))
            }
            self = .object(members)
        }
    }
}
