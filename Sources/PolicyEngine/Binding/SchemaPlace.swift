import WireJSON

/// One place of a tool's input schema: what the accepted definition says of the argument there (JSON Schema 2020-12).
///
/// Understood are `type`, `default`, `properties`, `items`, `prefixItems`, references within the schema, `anyOf`,
/// `oneOf` and an `allOf` of one. Where several schemas may describe a value, only what they agree on is known; from
/// anything else in a schema nothing is concluded.
struct SchemaPlace: Sendable {
    private let root: JSON
    /// The schema written at this place.
    private let stated: JSON?
    /// What it leads to, one of which describes the value; empty when nothing is known.
    private let alternatives: [JSON]

    /// The place of the arguments themselves.
    init(inputSchema: JSON) {
        self.init(root: inputSchema, stated: inputSchema)
    }

    private init(root: JSON, stated: JSON?) {
        var hops = PolicyBounds.schemaHops
        self.root = root
        self.stated = stated
        self.alternatives = stated.flatMap { Self.alternatives(of: $0, in: root, hops: &hops) } ?? []
    }

    /// What an absent argument stands for; `nil` when nothing is said, or `null`, which says that there is no value.
    var defaultValue: JSON? {
        let said = stated?["default"] ?? (alternatives.count == 1 ? alternatives.first?["default"] : nil)
        return said.flatMap { $0.isNull ? nil : $0 }
    }

    /// The types the value may have; all of them where the schema does not say.
    var types: ValueTypes {
        var types: ValueTypes = []
        for alternative in alternatives {
            guard let named = alternative["type"].flatMap({ ValueTypes($0) }) else { return .any }
            types.formUnion(named)
        }
        return types.isEmpty ? .any : types
    }

    /// The place of the member or element that the step leads to.
    func place(after step: PolicyPath.Step) -> SchemaPlace {
        switch step {
        case .key(let key):
            let name = String(decoding: key, as: UTF8.self)
            return SchemaPlace(root: root, stated: theOnly { $0["properties"] }?[name])
        case .index(let index):
            return SchemaPlace(root: root, stated: theOnly { $0["prefixItems"] }?[index] ?? theOnly { $0["items"] })
        case .anyElement:
            let isMixed = alternatives.contains { $0["prefixItems"] != nil }
            return SchemaPlace(root: root, stated: isMixed ? nil : theOnly { $0["items"] })
        case .carried:
            // Of what a text holds a schema says nothing that servers are known to keep to.
            return SchemaPlace(root: root, stated: nil)
        }
    }

    /// Tells whether both names are declared as members: then neither is a careless spelling of the other.
    func declares(_ name: String, and other: String) -> Bool {
        guard let properties = theOnly({ $0["properties"] }) else { return false }
        return properties[name] != nil && properties[other] != nil
    }

    /// A part of the one alternative that has it; with two that have it, it is not known which describes the value.
    private func theOnly(_ part: (JSON) -> JSON?) -> JSON? {
        let parts = alternatives.compactMap(part)
        return parts.count == 1 ? parts.first : nil
    }

    /// The schemas that a schema leads to; `nil` when that is not known. Follows at most `hops`, so that neither
    /// circular references nor alternatives of alternatives take long.
    private static func alternatives(of schema: JSON, in root: JSON, hops: inout Int) -> [JSON]? {
        guard schema.kind == .object, hops > 0 else { return nil }
        hops -= 1
        if schema["type"] != nil || schema["properties"] != nil || schema["items"] != nil { return [schema] }
        if let reference = schema["$ref"]?.string {
            guard let target = referred(to: reference, in: root) else { return nil }
            return alternatives(of: target, in: root, hops: &hops)
        }
        if let single = schema["allOf"], single.count == 1, let only = single[0] {
            return alternatives(of: only, in: root, hops: &hops)
        }
        guard let several = schema["anyOf"] ?? schema["oneOf"] else { return [schema] }
        var found: [JSON] = []
        for one in several.elements {
            guard let more = alternatives(of: one, in: root, hops: &hops) else { return nil }
            found += more
        }
        return found
    }

    /// Follows a reference within the schema, a JSON Pointer as a fragment: `#/$defs/Address`.
    private static func referred(to reference: String, in root: JSON) -> JSON? {
        guard reference.utf8.first == UInt8(ascii: "#"), !reference.utf8.contains(UInt8(ascii: "%")) else { return nil }
        var place = root
        for escaped in reference.dropFirst().split(separator: "/") {
            let token = escaped.split(separator: "~1", omittingEmptySubsequences: false).joined(separator: "/")
                .split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
            guard let next = place[token] else { return nil }
            place = next
        }
        return place
    }
}
