public import PolicyEngine

/// Writes policy documents: what is written is read back as an equal document.
///
/// Everything the document says is kept, in its order; windows and durations are written in their shortest spelling.
public enum PolicyWriter {
    /// The document as JSON, indented by two spaces, with a line feed at the end.
    public static func json(_ document: PolicyDocument) -> String {
        document.plainValue.json + "\n"
    }

    /// The document as YAML, with a line feed at the end. What is short stands on one line.
    ///
    /// Text with a U+FEFF in it is written and not read back: YAML's reader would lose it, so it is refused there.
    public static func yaml(_ document: PolicyDocument) -> String {
        document.plainValue.yaml
    }
}
