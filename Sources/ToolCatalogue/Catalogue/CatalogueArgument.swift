public import WireJSON

/// An argument of a tool, by name and type.
public struct CatalogueArgument: Sendable, Hashable {
    /// The JSON type that a schema gives an argument.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case text = "s"
        case number = "n"
        case integer = "i"
        case truth = "b"
        case list = "a"
        case object = "o"
        /// None, several, or one that is no type of JSON Schema.
        case any = "?"

        /// The type in words, for pages.
        public var words: String {
            switch self {
            case .text: "text"
            case .number: "number"
            case .integer: "whole number"
            case .truth: "true or false"
            case .list: "list"
            case .object: "object"
            case .any: "any"
            }
        }
    }

    public let name: String
    public let kind: Kind
    public let isRequired: Bool

    public init(name: String, kind: Kind, isRequired: Bool) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
    }

    /// The arguments at the top of an input schema, as many as are read of one.
    public static func list(of schema: JSON?) -> [CatalogueArgument] {
        guard let schema, let properties = schema["properties"] else { return [] }
        let required = Set(schema["required"]?.elements.compactMap(\.utf8) ?? [])
        return properties.members.prefix(CatalogueBounds.properties).map { key, value in
            CatalogueArgument(name: key.string, kind: kind(of: value), isRequired: required.contains(key.utf8))
        }
    }

    private static func kind(of schema: JSON) -> Kind {
        let own = schema["type"].map(types) ?? []
        let alternatives =
            (schema["anyOf"]?.elements ?? schema["oneOf"]?.elements)
            .map { $0.prefix(CatalogueBounds.choices).flatMap { $0["type"].map(types) ?? [] } } ?? []
        let kinds = Set(own + alternatives)
        return kinds.count == 1 ? kinds.first ?? .any : .any
    }

    private static func types(_ type: JSON) -> [Kind] {
        let names = type.kind == .array ? type.elements.compactMap(\.string) : [type.string].compactMap(\.self)
        return names.compactMap { name in
            switch name {
            case "string": .text
            case "number": .number
            case "integer": .integer
            case "boolean": .truth
            case "array": .list
            case "object": .object
            // `null` says that it may be left out.
            default: nil
            }
        }
    }
}
