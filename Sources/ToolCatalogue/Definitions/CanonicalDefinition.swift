import WireJSON

/// The canonical form of a definition that `DefinitionHash` covers.
enum CanonicalDefinition {
    /// Members whose list is a set.
    private static let unordered = ["required", "enum", "type", "default"]

    static func bytes(of definition: JSON) -> [UInt8] { bytes(of: definition, isUnordered: false) }

    private static func bytes(of value: JSON, isUnordered: Bool) -> [UInt8] {
        switch value.kind {
        case .object: object(value)
        case .array: array(value, isUnordered: isUnordered)
        case .string, .number, .bool, .null: value.canonicalExact()
        }
    }

    private static func object(_ value: JSON) -> [UInt8] {
        var members: [(key: [UInt8], value: JSON, isUnordered: Bool)] = []
        for (key, value) in value.members {
            members.append((key.utf8, value, unordered.contains(where: key.equals)))
        }
        members.sort { $0.key.lexicographicallyPrecedes($1.key) }
        var writer = JSONWriter()
        writer.beginObject()
        for member in members {
            writer.key(String(decoding: member.key, as: UTF8.self))
            writer.raw(bytes(of: member.value, isUnordered: member.isUnordered))
        }
        writer.endObject()
        return writer.bytes
    }

    private static func array(_ value: JSON, isUnordered: Bool) -> [UInt8] {
        var elements = value.elements.map { bytes(of: $0, isUnordered: false) }
        if isUnordered { elements.sort { $0.lexicographicallyPrecedes($1) } }
        var writer = JSONWriter()
        writer.beginArray()
        for element in elements { writer.raw(element) }
        writer.endArray()
        return writer.bytes
    }
}
