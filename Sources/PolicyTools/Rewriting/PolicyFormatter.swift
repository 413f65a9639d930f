public import PolicyEngine
public import PolicyFiles

/// Writes a policy in the one form that all are written in, so that reviews show what has changed and nothing else.
///
/// Tools, patterns, rules and conditions keep their order; the keys of one object stand in the order of the language's
/// documentation, and durations and windows in their shortest spelling. Both forms are read as one document.
public enum PolicyFormatter {
    /// How a document is written.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        case json
        case yaml

        /// JSON when the name ends with `.json`, else YAML.
        public init(ofFile name: String) {
            self = name.lowercased().hasSuffix(".json") ? .json : .yaml
        }
    }

    /// A document in its form.
    public struct Formatted: Sendable, Equatable {
        public var text: String
        /// The line of the first comment, which the text has not; `nil` when nothing is lost.
        public var firstComment: Int?
        /// The text is another than what was read.
        public var isChanged: Bool
    }

    /// Formats a file's bytes; `nil` when there is an error in it, which the diagnostics tell.
    public static func format(
        _ bytes: [UInt8], name: String
    ) -> (formatted: Formatted?, diagnostics: [Diagnostic]) {
        let (document, diagnostics) = PolicyFile.parse(bytes, name: name)
        guard let document else { return (nil, diagnostics) }
        let form = Form(ofFile: name)
        let text = write(document, as: form)
        let formatted = Formatted(
            text: text,
            firstComment: form == .yaml ? CommentScan.firstComment(in: bytes, meaning: document, name: name) : nil,
            isChanged: !text.utf8.elementsEqual(bytes))
        return (formatted, diagnostics)
    }

    /// The document as text, with a line feed at the end.
    public static func write(_ document: PolicyDocument, as form: Form) -> String {
        switch form {
        case .json: PolicyWriter.json(document)
        case .yaml: PolicyWriter.yaml(document)
        }
    }
}
