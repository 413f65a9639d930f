import WireJSON

extension Shape {
    /// The shape as a JSON Schema (draft 2020-12, as OpenAPI 3.1 has it).
    func write(to writer: inout JSONWriter) {
        writer.object { json in
            switch self {
            case .any: break
            case .text(let form, let bytes):
                json.member("type", "string")
                // Characters, where the bound is of bytes: what is sent may be refused, what is answered fits.
                json.member("maxLength", bytes)
                if case .some = form { json.member("minLength", 1) }
                if let pattern = form.pattern { json.member("pattern", pattern) }
                if case .time = form { json.member("format", "date-time") }
            case .choice(let words):
                json.member("type", "string")
                json.key("enum")
                json.array { json in for word in words { json.string(word) } }
            case .integer(let range):
                json.member("type", "integer")
                json.member("minimum", range.lowerBound)
                json.member("maximum", range.upperBound)
            case .boolean: json.member("type", "boolean")
            case .list(let element, let most):
                json.member("type", "array")
                json.member("maxItems", most)
                json.key("items")
                element.write(to: &json)
            case .table(let member, let most):
                json.member("type", "object")
                json.member("maxProperties", most)
                json.key("additionalProperties")
                member.write(to: &json)
            case .object(let fields): Self.write(fields, to: &json)
            case .nullable(let shape): Self.writeAny(of: [shape], andNull: true, to: &json)
            case .either(let shapes): Self.writeAny(of: shapes, andNull: false, to: &json)
            case .anyObject: json.member("type", "object")
            }
        }
    }

    private static func writeAny(of shapes: [Shape], andNull: Bool, to json: inout JSONWriter) {
        json.key("anyOf")
        json.array { json in
            for shape in shapes { shape.write(to: &json) }
            if andNull { json.object { $0.member("type", "null") } }
        }
    }

    private static func write(_ fields: [Field], to json: inout JSONWriter) {
        json.member("type", "object")
        json.key("properties")
        json.object { json in
            for field in fields {
                json.key(field.name)
                field.shape.write(to: &json)
            }
        }
        json.key("required")
        json.array { json in for field in fields where field.isRequired { json.string(field.name) } }
        json.member("additionalProperties", false)
    }
}
