import WireJSON

/// The JSON types that a schema allows a value to have (JSON Schema's `type`).
struct ValueTypes: OptionSet, Sendable {
    let rawValue: UInt8

    static let null = ValueTypes(rawValue: 1)
    static let boolean = ValueTypes(rawValue: 2)
    /// A number without fraction; every `number` may be one.
    static let integer = ValueTypes(rawValue: 4)
    static let fraction = ValueTypes(rawValue: 8)
    static let string = ValueTypes(rawValue: 16)
    static let array = ValueTypes(rawValue: 32)
    static let object = ValueTypes(rawValue: 64)
    static let any: ValueTypes = [.null, .boolean, .integer, .fraction, .string, .array, .object]

    /// Reads the schema's `type`: a name or a list of names; `nil` when it is neither.
    init?(_ type: JSON) {
        switch type.kind {
        case .string:
            guard let named = Self.named(type) else { return nil }
            self = named
        case .array:
            var types: ValueTypes = []
            for name in type.elements {
                guard let named = Self.named(name) else { return nil }
                types.formUnion(named)
            }
            self = types
        case .object, .number, .bool, .null:
            return nil
        }
    }

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    private static func named(_ name: JSON) -> ValueTypes? {
        switch name.string {
        case "null": .null
        case "boolean": .boolean
        case "integer": .integer
        case "number": [.integer, .fraction]
        case "string": .string
        case "array": .array
        case "object": .object
        case _: nil
        }
    }

    /// Tells whether what was seen is of one of these types. `null` is: it stands for no value, and no operator but
    /// `exists` takes it unless the rule asks for it.
    func admit(_ sight: borrowing Sight) -> Bool {
        if self == .any { return true }
        return switch sight.kind {
        case .absent, .obscured, .null: true
        case .truth: contains(.boolean)
        case .number: contains(.fraction) || contains(.integer) && sight.number % PolicyBounds.unit == 0
        case .largeNumber: contains(.fraction) || contains(.integer) && sight.json?.number?.isInteger == true
        case .text, .spelledText: contains(.string)
        case .list: contains(.array)
        case .object: contains(.object)
        }
    }
}

extension ExactDecimal {
    /// Has nothing behind the point: in the normalised text, the exponent makes up for every place of the mantissa.
    fileprivate var isInteger: Bool {
        let parts = normalised.split(separator: "e")
        let places = parts[0].split(separator: ".").dropFirst().first?.count ?? 0
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        return exponent >= places
    }
}
