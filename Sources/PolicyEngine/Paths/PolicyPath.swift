/// Where a condition looks: into the call's arguments (`args.items[*].amount`) or at its context (`grant.label`).
///
///     path  = "args" step *step / context
///     step  = "." name / "[" index "]" / "[*]" / "[" JSON-string "]" / ".json()"
///     name  = any characters except . [ ] ( ) " and white space
public struct PolicyPath: Sendable {
    /// What a path starts from.
    public enum Root: Sendable, Hashable {
        case arguments([Step])
        case context(ContextField)
    }

    /// One step into a value.
    public enum Step: Sendable, Hashable {
        /// The member of an object, by the bytes of its key.
        case key([UInt8])
        /// The element of a list, from 0.
        case index(Int)
        /// Any element of a list in `deny_if` and `approve_if`; every element in `require`.
        case anyElement
        /// The JSON that a text carries.
        case carried
    }

    /// The path as written.
    public let text: String
    public let root: Root

    /// Reads a path.
    public init(_ text: String) throws(PolicyPathError) {
        var reader = PathReader(text)
        self.root = try reader.read()
        self.text = text
    }

    /// Has a `[*]` in it, so that it may show several values.
    public var hasAnyElement: Bool {
        guard case .arguments(let steps) = root else { return false }
        return steps.contains(.anyElement)
    }

    /// Looks into the arguments, not at the context.
    public var isArgument: Bool {
        guard case .arguments = root else { return false }
        return true
    }
}

extension PolicyPath: Hashable, CustomStringConvertible {
    public static func == (left: PolicyPath, right: PolicyPath) -> Bool { left.root == right.root }

    public func hash(into hasher: inout Hasher) { hasher.combine(root) }

    public var description: String { text }
}
