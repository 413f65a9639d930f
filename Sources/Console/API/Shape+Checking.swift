import Administration
import Gateway
import GatewayStorage
import WireJSON

extension Shape {
    /// What is wrong with a value, with the JSON Pointer of the place; nil where it has this shape.
    func fault(of value: JSON, at pointer: String = "") -> String? {
        func fault(_ words: String) -> String { "\(pointer.isEmpty ? "the body" : "`\(pointer)`") \(words)" }
        switch self {
        case .any: return nil
        case .text(let form, let most):
            guard let text = value.string else { return fault("is a text") }
            guard text.utf8.count <= most else { return fault("has at most \(most) bytes") }
            return form.accepts(text) ? nil : fault("has another form")
        case .choice(let words):
            guard let text = value.string, words.contains(where: { $0.utf8.elementsEqual(text.utf8) }) else {
                return fault("is one of \(words.map { "`\($0)`" }.joined(separator: ", "))")
            }
            return nil
        case .integer(let range):
            guard let number = value.int, range.contains(number) else {
                return fault("is a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return nil
        case .boolean: return value.bool == nil ? fault("is `true` or `false`") : nil
        case .list(let element, let most):
            guard value.kind == .array else { return fault("is a list") }
            guard value.count <= most else { return fault("has at most \(most) elements") }
            for (index, item) in value.elements.enumerated() {
                if let fault = element.fault(of: item, at: "\(pointer)/\(index)") { return fault }
            }
            return nil
        case .table(let member, let most):
            guard value.kind == .object else { return fault("is an object") }
            guard value.count <= most else { return fault("has at most \(most) members") }
            for (key, item) in value.members {
                if let fault = member.fault(of: item, at: "\(pointer)/\(key.string)") { return fault }
            }
            return nil
        case .object(let fields): return Self.fault(of: value, fields, at: pointer)
        case .nullable(let shape): return value.isNull ? nil : shape.fault(of: value, at: pointer)
        case .either(let shapes):
            let isAny = shapes.contains { $0.fault(of: value, at: pointer) == nil }
            return isAny ? nil : shapes.first?.fault(of: value, at: pointer)
        case .anyObject: return value.kind == .object ? nil : fault("is an object")
        }
    }

    private static func fault(of value: JSON, _ fields: [Field], at pointer: String) -> String? {
        guard value.kind == .object else { return "\(pointer.isEmpty ? "the body" : "`\(pointer)`") is an object" }
        for (key, item) in value.members {
            guard let field = fields.first(where: { key.equals($0.name) }) else {
                return "`\(pointer)/\(key.string)` is not known"
            }
            if let fault = field.shape.fault(of: item, at: "\(pointer)/\(field.name)") { return fault }
        }
        for field in fields where field.isRequired && value[field.name] == nil {
            return "`\(pointer)/\(field.name)` is missing"
        }
        return nil
    }
}

extension Shape.Form {
    func accepts(_ text: String) -> Bool {
        switch self {
        case .any: true
        case .some: !text.isEmpty
        case .id: RecordID(text) != nil
        case .slug: Server.isSlug(text)
        case .key: (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        case .time: Timestamp.time(text) != nil
        case .state: PolicyState(text) != nil && text.utf8.count <= 9
        }
    }
}
