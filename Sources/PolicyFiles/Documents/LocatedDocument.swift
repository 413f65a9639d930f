/// Reads a document into located values. `.json` is JSON, read strictly; anything else is YAML, of which JSON is a
/// part.
public enum LocatedDocument {
    /// The document, or what is wrong with its syntax.
    ///
    /// - Parameter name: the file's name, for diagnostics and for telling JSON from YAML.
    public static func parse(_ bytes: [UInt8], name: String) -> (document: Located?, problems: [Diagnostic]) {
        guard bytes.count <= DocumentBounds.bytes else {
            return (nil, [problem(name, 1, 1, "the document is larger than \(DocumentBounds.bytes) bytes")])
        }
        return name.lowercased().hasSuffix(".json") ? parseJSON(bytes, name) : parseYAML(bytes, name)
    }

    static func problem(
        _ file: String, _ line: Int, _ column: Int, _ message: String, pointer: String = ""
    )
        -> Diagnostic
    {
        Diagnostic(severity: .error, file: file, line: line, column: column, pointer: pointer, message: message)
    }
}
