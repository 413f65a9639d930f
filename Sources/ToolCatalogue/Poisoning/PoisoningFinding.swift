/// Something in a definition, or in text that a tool returned, that is there for the model and not for people.
public struct PoisoningFinding: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Characters that are not seen: Unicode tags, zero-width characters, long runs of variation selectors.
        case hiddenCharacters = "hidden characters"
        /// Characters that turn the direction of text, so that it reads otherwise than it is.
        case bidirectional = "bidirectional control"
        /// Terminal escapes and other control characters.
        case controlCharacters = "control characters"
        /// Letters of one script inside a word of another.
        case mixedScripts = "mixed scripts"
        /// Orders to the model that go beyond the tool: to disregard others, to conceal, to hand over.
        case instruction = "instruction to the model"
        /// Markup that imitates a client's own messages, or that a person does not see.
        case imitatedMarkup = "imitated markup"
        /// Files and places where credentials lie.
        case sensitivePlace = "sensitive place"
        /// A tool that another server provides.
        case foreignTool = "another server's tool"
        /// A name that looks like another's.
        case lookAlikeName = "look-alike name"
        /// Text that only a decoder can read.
        case encodedPayload = "encoded payload"
        /// More text than a description needs.
        case oversized = "oversized text"
        /// The definition is larger than is scanned.
        case unscanned = "not scanned whole"
    }

    public enum Severity: Int, Sendable, Hashable, Comparable, CaseIterable {
        /// Worth a look where one looks anyway.
        case notice
        /// A person should read it before it is accepted.
        case warning
        /// Nobody writes this by accident.
        case danger

        public static func < (one: Severity, other: Severity) -> Bool { one.rawValue < other.rawValue }
    }

    public let kind: Kind
    public let severity: Severity
    /// A JSON Pointer into what was scanned (RFC 6901); empty for a text alone.
    public let pointer: String
    /// What was found, every character outside printable ASCII written as `U+…`, cut to 80 characters. Safe to show.
    public let found: String
    /// The place is a key, not a value.
    public let isKey: Bool

    public init(_ kind: Kind, _ severity: Severity, at pointer: String, found: String, isKey: Bool = false) {
        self.kind = kind
        self.severity = severity
        self.pointer = pointer
        self.found = found
        self.isKey = isKey
    }
}
