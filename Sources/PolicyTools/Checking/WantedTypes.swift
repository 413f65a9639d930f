import PolicyEngine
import WireJSON

/// The JSON types that a comparison can judge.
enum WantedTypes {
    /// `nil` when it judges every type.
    static func of(_ comparison: Comparison) -> Set<String>? {
        switch comparison.op {
        case .exists: return nil
        case .equal, .notEqual: return name(comparison.value).map { [$0] }
        case .isIn, .isNotIn:
            let names = comparison.value.elements.map { name($0) }
            return names.isEmpty || names.contains(nil) ? nil : Set(names.compactMap { $0 })
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            return [comparison.value.kind == .number ? "number" : "string"]
        case .contains: return comparison.value.kind == .string ? ["string", "array"] : ["array"]
        case .regex, .pathWithin, .hostIn, .ipIn: return ["string"]
        }
    }

    /// A way to say what was probably meant.
    static func suggestion(for comparison: Comparison, _ schema: ArgumentSchema) -> String? {
        guard let types = schema.types else { return nil }
        if types == ["array"] {
            return comparison.op == .equal || comparison.op == .isIn
                ? "write `\(comparison.path)[*]`, or use `contains`" : "write `\(comparison.path)[*]`"
        }
        let value = comparison.value
        if types == ["string"], value.kind == .number || value.kind == .bool, comparison.op == .equal {
            return "write it as text: \"\(String(decoding: value.bytes, as: UTF8.self))\""
        }
        if types == ["number"], let text = value.string, ExactDecimal(text) != nil {
            return "write it as a number: \(text)"
        }
        if types == ["boolean"], let text = value.string, text == "true" || text == "false" {
            return "write it without quotes: \(text)"
        }
        return nil
    }

    private static func name(_ value: JSON) -> String? {
        switch value.kind {
        case .object: "object"
        case .array: "array"
        case .string: "string"
        case .number: "number"
        case .bool: "boolean"
        case .null: nil
        }
    }
}

/// JSON types in words.
enum TypeWords {
    static func of(_ schema: ArgumentSchema) -> String {
        let words = (schema.types ?? []).sorted().map { type in
            switch type {
            case "string": "text"
            case "number": "a number"
            case "boolean": "true or false"
            case "array": "a list"
            case "object": "an object"
            case _: "null"
            }
        }
        return words.joined(separator: " or ")
    }
}
