public import WireJSON

/// Which arguments of a tool are repeated in `Mcp-Param-*` headers: the `x-mcp-header` annotations of its input schema.
///
/// Revision 2026-07-28, "Streamable HTTP", "Custom headers from tool parameters": an annotation stands on a property that
/// is reached from the root by `properties` alone, names an RFC 9110 token, is on a text, an integer or a boolean, and is
/// unlike every other without regard to case. A tool with any other is not to be used.
public struct HeaderAnnotations: Sendable {
    struct Annotation: Sendable {
        let path: [String]
        let header: String
    }

    private let annotations: [Annotation]

    /// No argument is repeated.
    public static let none = HeaderAnnotations(annotations: [])

    private init(annotations: [Annotation]) { self.annotations = annotations }

    public var isEmpty: Bool { annotations.isEmpty }

    /// Nil where an annotation is invalid.
    public init?(_ schema: JSON?) {
        var found: [Annotation] = []
        guard let schema else {
            annotations = []
            return
        }
        guard Self.collect(schema, at: [], depth: 0, into: &found) else { return nil }
        var names: Set<String> = []
        for annotation in found {
            guard names.insert(annotation.header.lowercased()).inserted else { return nil }
        }
        annotations = found
    }

    /// Whether the headers received repeat the arguments: each once where the argument is there, none where it is not.
    /// Headers for which the tool has no annotation are of no concern.
    ///
    /// - Parameter lines: field names as received, with their values.
    public func agree(with arguments: JSON?, _ lines: [(name: String, value: String)]) -> Bool {
        annotations.allSatisfy { annotation in
            let field = Self.field(annotation)
            let given = lines.filter {
                $0.name.utf8.count == field.utf8.count && $0.name.lowercased() == field.lowercased()
            }
            guard let value = Self.value(at: annotation.path, in: arguments) else { return given.isEmpty }
            guard given.count == 1, let decoded = HeaderText.decode(given[0].value) else { return false }
            if value.kind == .number {
                guard let number = value.number else { return false }
                return ExactDecimal(String(decoding: decoded, as: UTF8.self)) == number
            }
            return Self.text(of: value) == decoded
        }
    }

    /// The headers to send with these arguments.
    public func headers(for arguments: JSON?) -> [ParameterHeader] {
        annotations.compactMap { annotation in
            guard let value = Self.value(at: annotation.path, in: arguments), let text = Self.text(of: value),
                text.count <= MessageLimits.mirroredNameBytes
            else { return nil }
            return ParameterHeader(name: Self.field(annotation), value: HeaderText.encode(text))
        }
    }

    private static func field(_ annotation: Annotation) -> String { "Mcp-Param-" + annotation.header }

    /// The argument, where it is there and no null.
    private static func value(at path: [String], in arguments: JSON?) -> JSON? {
        var value = arguments
        for key in path { value = value?[key] }
        guard let value, !value.isNull else { return nil }
        return value
    }

    private static func text(of value: JSON) -> [UInt8]? {
        switch value.kind {
        case .string: value.utf8
        case .bool: Array((value.bool ?? false ? "true" : "false").utf8)
        case .number: Array(value.bytes)
        case .null, .array, .object: nil
        }
    }
}

// The walk over a schema's positions (JSON Schema 2020-12, "Applicators"); instance data is never entered.
extension HeaderAnnotations {
    private static let single = [
        "items", "contains", "unevaluatedItems", "additionalProperties", "propertyNames", "unevaluatedProperties",
        "not",
        "if", "then", "else", "contentSchema",
    ]
    private static let lists = ["allOf", "anyOf", "oneOf", "prefixItems"]
    private static let maps = ["patternProperties", "dependentSchemas", "$defs", "definitions"]

    /// False at the first annotation that is invalid.
    ///
    /// - Parameter path: the keys of `properties` from the root; nil once another way was taken.
    private static func collect(_ schema: JSON, at path: [String]?, depth: Int, into found: inout [Annotation]) -> Bool
    {
        guard schema.kind == .object, depth < MessageLimits.schemaDepth else {
            return depth < MessageLimits.schemaDepth
        }
        if let header = schema["x-mcp-header"] {
            guard let path, !path.isEmpty, let name = header.string, isToken(name),
                let type = schema["type"]?.string, ["string", "integer", "boolean"].contains(type)
            else { return false }
            found.append(Annotation(path: path, header: name))
        }
        for (key, value) in schema.members {
            let isFine: Bool
            let name = key.string
            switch name {
            case "properties":
                isFine = value.members.allSatisfy { key, sub in
                    collect(sub, at: path.map { $0 + [key.string] }, depth: depth + 1, into: &found)
                }
            case _ where single.contains(name): isFine = collect(value, at: nil, depth: depth + 1, into: &found)
            case _ where lists.contains(name):
                isFine = value.elements.allSatisfy { collect($0, at: nil, depth: depth + 1, into: &found) }
            case _ where maps.contains(name):
                isFine = value.members.allSatisfy { collect($0.value, at: nil, depth: depth + 1, into: &found) }
            default: isFine = true
            }
            guard isFine else { return false }
        }
        return true
    }

    /// RFC 9110 section 5.6.2.
    private static func isToken(_ text: String) -> Bool {
        let marks = Set("!#$%&'*+-.^_`|~".utf8)
        return !text.isEmpty && text.utf8.count <= 256
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || marks.contains($0)
            }
    }
}
