import PolicyEngine
import WireJSON

/// What a tool's input schema says of one place in its arguments, for those who check policies (JSON Schema 2020-12).
///
/// Where it does not say, or says it in a way not understood here, nothing is known and nothing is reported.
struct ArgumentSchema: Sendable {
    /// What a path leads to.
    enum Place {
        case declared(ArgumentSchema)
        /// The schema lists what there is, and this name is not in it; the steps behind it are left.
        case undeclared(String, among: ArgumentSchema, rest: ArraySlice<PolicyPath.Step>)
        case unknown
    }

    private let root: JSON
    private let stated: JSON
    /// What the schema leads to, one of which describes the value; empty when nothing is known.
    private let alternatives: [JSON]
    /// A call must have it, and so must everything it lies in.
    private(set) var isRequired: Bool

    init(inputSchema: JSON) {
        self.init(root: inputSchema, stated: inputSchema, isRequired: true)
    }

    private init(root: JSON, stated: JSON, isRequired: Bool) {
        var hops = PolicyToolsBounds.schemaHops
        self.root = root
        self.stated = stated
        self.alternatives = Self.alternatives(of: stated, in: root, &hops) ?? []
        self.isRequired = isRequired
    }

    /// An absent argument is judged as this one (policy.md section 2).
    var hasDefault: Bool {
        let said = stated["default"] ?? (alternatives.count == 1 ? alternatives.first?["default"] : nil)
        return said.map { !$0.isNull } ?? false
    }

    /// The JSON types the value may have; `nil` when that is not known. `integer` is `number`.
    var types: Set<String>? {
        guard !alternatives.isEmpty else { return nil }
        var types: Set<String> = []
        for alternative in alternatives {
            guard let type = alternative["type"] else { return nil }
            let names = type.kind == .array ? type.elements.map(\.string) : [type.string]
            for name in names {
                guard let name else { return nil }
                types.insert(name == "integer" ? "number" : name)
            }
        }
        return types
    }

    /// The only values it may have; `nil` when there are others or that is not known.
    var values: [JSON]? {
        guard !alternatives.isEmpty else { return nil }
        var values: [JSON] = []
        for alternative in alternatives {
            if let only = alternative["enum"], only.kind == .array {
                values += only.elements
            } else if let only = alternative["const"] {
                values.append(only)
            } else if alternative["type"]?.hasText("null") != true {
                return nil
            }
        }
        return values
    }

    /// The place that the steps lead to from here.
    func place(after steps: ArraySlice<PolicyPath.Step>) -> Place {
        guard let step = steps.first else { return .declared(self) }
        let next: Place
        switch step {
        case .key(let key): next = member(String(decoding: key, as: UTF8.self))
        case .index, .anyElement: next = element(step)
        case .carried: return .unknown
        }
        switch next {
        case .declared(let schema): return schema.place(after: steps.dropFirst())
        case .undeclared(let name, let among, _):
            return .undeclared(name, among: among, rest: steps.dropFirst())
        case .unknown: return .unknown
        }
    }

    /// The names of an object's members.
    var memberNames: [String] {
        alternatives.count == 1 ? alternatives[0]["properties"]?.members.map { $0.key.string } ?? [] : []
    }

    private func member(_ name: String) -> Place {
        guard alternatives.count == 1, let schema = alternatives.first, let properties = schema["properties"],
            properties.kind == .object
        else { return .unknown }
        if let property = properties[name] {
            let isRequired = isRequired && schema["required"]?.elements.contains { $0.hasText(name) } ?? false
            return .declared(ArgumentSchema(root: root, stated: property, isRequired: isRequired))
        }
        // A schema that lets further members in, or describes them elsewhere, may know this one.
        let others = ["additionalProperties", "patternProperties", "allOf", "anyOf", "oneOf", "if", "dependentSchemas"]
        let isClosed = others.allSatisfy { schema[$0] == nil || schema[$0]?.bool == false }
        guard isClosed else { return .unknown }
        return .undeclared(name, among: self, rest: [])
    }

    private func element(_ step: PolicyPath.Step) -> Place {
        guard alternatives.count == 1, let schema = alternatives.first, schema["prefixItems"] == nil,
            let items = schema["items"], items.kind == .object
        else { return .unknown }
        // Whether there is such an element is not the schema's to say.
        return .declared(ArgumentSchema(root: root, stated: items, isRequired: isRequired && step == .anyElement))
    }

    private static func alternatives(of schema: JSON, in root: JSON, _ hops: inout Int) -> [JSON]? {
        guard schema.kind == .object, hops > 0 else { return nil }
        hops -= 1
        if schema["type"] != nil || schema["properties"] != nil || schema["enum"] != nil { return [schema] }
        if let reference = schema["$ref"]?.string {
            return referred(to: reference, in: root).flatMap { alternatives(of: $0, in: root, &hops) }
        }
        if let all = schema["allOf"], all.count == 1, let only = all[0] {
            return alternatives(of: only, in: root, &hops)
        }
        guard let several = schema["anyOf"] ?? schema["oneOf"] else { return [schema] }
        var found: [JSON] = []
        for one in several.elements {
            guard let more = alternatives(of: one, in: root, &hops) else { return nil }
            found += more
        }
        // `null` stands for no value: what else there is describes it.
        let valued = found.filter { $0["type"]?.hasText("null") != true }
        return valued.isEmpty ? found : valued
    }

    private static func referred(to reference: String, in root: JSON) -> JSON? {
        guard reference.utf8.first == UInt8(ascii: "#"), !reference.utf8.contains(UInt8(ascii: "%")) else { return nil }
        var place = root
        for token in JSONPointer.tokens(of: String(reference.dropFirst())) {
            guard let next = place[token] else { return nil }
            place = next
        }
        return place
    }
}
