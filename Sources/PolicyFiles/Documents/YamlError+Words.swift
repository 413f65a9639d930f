import Yams

extension YamlError {
    /// Where it is and what it is, in words.
    var told: (line: Int, column: Int, message: String) {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return (mark.line, mark.column, Self.words(for: problem))
        case .duplicatedKeysInMapping(let duplicates, let context):
            let key = duplicates.first ?? ""
            return (context.mark.line, context.mark.column, "duplicate key `\(key)`: here and again further down")
        case .reader(let problem, let offset, _, let yaml):
            var cursor = LineCursor(Array(yaml.utf8))
            let (line, column) = cursor.place(of: offset ?? 0)
            return (line, column, "not YAML: \(problem)")
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return (1, 1, "not YAML")
        }
    }

    private static func words(for problem: String) -> String {
        if problem.hasPrefix("Maximum nesting level") { return "nested too deeply" }
        return switch problem {
        case "but found another document": "more than one document"
        case "found undefined alias", "did not find expected alphabetic or numeric character": YAMLReader.noAnchors
        case _: "not YAML: \(problem)"
        }
    }
}
