extension CatalogueArgument {
    /// What an argument most likely is, by its name and type: our own words, and none where the name says nothing.
    public var meaning: String {
        let words = WordReader.words(
            of: Array(name.utf8), isName: true, limit: CatalogueBounds.nameWords, bytes: CatalogueBounds.nameBytes)
        let bytes = Array(name.utf8)
        let texts = words.map { $0.text(in: bytes).lowercased() }
        for row in Self.table where row.kinds.contains(kind) && texts.contains(where: row.words.contains) {
            return row.meaning
        }
        switch kind {
        case .truth: return "Switches something on or off"
        case .list: return "Several values"
        case .object: return "Values of its own, which a policy can look into"
        case .text, .number, .integer, .any: return ""
        }
    }

    private struct Row {
        let words: Set<String>
        let kinds: Set<Kind>
        let meaning: String

        init(_ words: Set<String>, _ kinds: Set<Kind>, _ meaning: String) {
            self.words = words
            self.kinds = kinds
            self.meaning = meaning
        }
    }

    private static let texts: Set<Kind> = [.text, .list, .any]

    /// The first row that fits is taken.
    private static let table = [
        Row(
            ["confirm", "confirmed", "confirmation", "approved", "acknowledge"], [.truth, .text, .any],
            "A flag the agent sets itself; it proves nothing about a person"),
        Row(["force", "forced"], [.truth, .any], "Leaves out a check that would otherwise stop the call"),
        Row(["dry"], [.truth, .any], "Whether the call only says what it would do"),
        Row(["recursive", "cascade"], [.truth, .any], "Whether what hangs on the object goes with it"),
        Row(
            ["password", "secret", "token", "apikey", "credential", "credentials"], texts,
            "A secret that passes through the model"),
        Row(["command", "cmd", "script", "shell"], texts, "Text that is run as a program or command"),
        Row(["code"], texts, "Text that may be run as a program"),
        Row(["sql", "query", "cypher", "statement"], texts, "What is asked for, as text"),
        Row(["url", "uri", "endpoint", "webhook", "href"], texts, "An address that is visited or passed on"),
        Row(["host", "hostname", "domain"], texts, "A host by name or address"),
        Row(["path", "file", "filename", "directory", "folder", "filepath"], texts, "A place in a file system"),
        Row(["arn"], texts, "An Amazon resource name"),
        Row(["email", "mail", "recipient", "recipients"], texts, "Whom it reaches, or a mail address"),
        Row(["amount", "price", "cost", "quantity"], [.number, .integer, .text, .any], "How much"),
        Row(["currency"], texts, "A currency"),
        Row(
            ["limit", "max", "maximum", "count", "size", "per", "top"], [.number, .integer, .any],
            "How many, at most"),
        Row(
            ["page", "offset", "cursor", "marker", "skip"], [.number, .integer, .text, .any], "Where to go on reading"),
        Row(["timeout", "ttl", "seconds", "duration"], [.number, .integer, .any], "How long"),
        Row(["region", "zone"], texts, "A region"),
        Row(["account", "tenant", "organization", "org"], texts, "An account, which decides whose things are meant"),
        Row(["environment", "env", "stage"], texts, "An environment, such as production or a test"),
        Row(["id", "ids", "uuid", "key"], [.text, .integer, .number, .list, .any], "Which one, by its identifier"),
        Row(["name", "names", "title", "slug"], texts, "Which one, by its name"),
        Row(
            ["body", "content", "text", "message", "comment", "description", "subject"], texts, "Text that is written"),
        Row(
            ["format", "type", "kind", "mode", "action", "operation", "method"], texts, "Which of several ways is meant"
        ),
        Row(["filter", "filters", "prefix", "pattern", "search"], texts, "Which ones are meant"),
        Row(["date", "start", "end", "since", "until", "from", "to", "time"], texts, "From when, or until when"),
    ]
}
