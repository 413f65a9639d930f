import Administration
import WireJSON

/// What a JSON value of the interface looks like: bodies are checked against it, and `openapi.json` is written from it.
indirect enum Shape: Sendable {
    case text(Form = .any, bytes: Int = AdministrationBounds.nameBytes)
    case choice([String])
    case integer(ClosedRange<Int>)
    case boolean
    case list(Shape, most: Int)
    /// An object whose members all have one shape.
    case table(Shape, most: Int)
    /// An object with these members and no others.
    case object([Field])
    case nullable(Shape)
    case either([Shape])
    /// Any JSON object.
    case anyObject
    /// Any JSON value.
    case any

    struct Field: Sendable {
        let name: String
        let shape: Shape
        var isRequired = true

        static func need(_ name: String, _ shape: Shape) -> Field { Field(name: name, shape: shape) }
        static func may(_ name: String, _ shape: Shape) -> Field { Field(name: name, shape: shape, isRequired: false) }
    }

    /// What a text must look like.
    enum Form: Sendable {
        case any
        /// At least one character.
        case some
        case id
        case slug
        /// RFC 3339 in UTC.
        case time
        /// Of a policy: a version's number, `published` or `draft`.
        case state
        /// Of an `Idempotency-Key`.
        case key

        var pattern: String? {
            switch self {
            case .any, .some: nil
            case .id: "^[a-z0-9_.-]{1,160}$"
            case .slug: "^[a-z0-9](_?[a-z0-9-])*$"
            case .state: "^([1-9][0-9]{0,7}|published|draft)$"
            case .key: "^[!-~]{1,128}$"
            case .time: #"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?Z$"#
            }
        }
    }
}
