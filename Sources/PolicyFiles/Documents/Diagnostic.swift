/// Something about a document that a person should know, with its place and, where there is one, a way out.
public struct Diagnostic: Sendable, Equatable {
    public enum Severity: String, Sendable {
        /// The document cannot be used.
        case error
        /// The document can be used, but may not mean what its author thinks.
        case warning
    }

    public var severity: Severity
    /// As the person named it.
    public var file: String
    /// From 1.
    public var line: Int
    /// From 1, in Unicode scalars.
    public var column: Int
    /// The place as a JSON Pointer (RFC 6901); empty for the document itself.
    public var pointer: String
    /// Lower case, no full stop, the document's words in backticks.
    public var message: String
    public var suggestion: String?

    public init(
        severity: Severity, file: String, line: Int, column: Int, pointer: String, message: String,
        suggestion: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.pointer = pointer
        self.message = message
        self.suggestion = suggestion
    }
}

extension Diagnostic: CustomStringConvertible {
    /// `policy.yaml:14:9: unknown operator `contians` – did you mean `contains`?`
    public var description: String {
        let kind = severity == .warning ? "warning: " : ""
        return "\(file):\(line):\(column): \(kind)\(message)" + (suggestion.map { " – \($0)" } ?? "")
    }
}
