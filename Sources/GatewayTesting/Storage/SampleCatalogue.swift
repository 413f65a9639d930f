public import ToolCatalogue

/// Catalogues made up for tests and measurements.
public enum SampleCatalogue {
    private static let verbs = [
        "get", "list", "create", "update", "delete", "search", "run", "send", "attach", "detach", "export", "import",
        "query", "read", "write", "describe", "start", "stop", "restart", "validate", "assign", "remove", "add", "set",
    ]
    private static let things = [
        "user", "policy", "role", "group", "bucket", "table", "file", "page", "issue", "branch", "invoice", "payment",
        "message", "channel", "cluster", "node", "volume", "snapshot", "image", "report", "secret", "token", "session",
        "event", "alarm", "metric", "queue", "topic", "stream", "job", "task", "project", "repository", "record",
        "customer", "order", "product", "account", "address", "calendar", "contact", "document", "folder", "key",
    ]

    /// A tool of that name, without arguments.
    public static func tool(
        _ name: String, _ category: ToolCatalogue.Category = .read, _ risk: Risk = .low
    )
        -> CatalogueTool
    {
        CatalogueTool(
            name: name, arguments: [],
            verdict: Classification(category: category, risk: risk, confidence: 0.9, evidence: []),
            definition: DefinitionHash(hex: String(repeating: "0", count: 64)))
    }

    /// A server with tools that only look.
    public static func server(_ slug: String, provider: String = "", _ tools: [CatalogueTool]) -> CatalogueServer {
        CatalogueServer(
            slug: slug, registry: "pypi", package: slug, version: "1.0", provider: provider, tools: tools)
    }

    /// So many servers and tools, with names as real ones have them: a few words of a few hundred, many names often, and
    /// a tail of names that occur once.
    public static func generated(servers: Int, tools: Int, seed: UInt64) -> Catalogue {
        var random = SeededGenerator(seed: seed)
        var made: [CatalogueServer] = []
        for place in 0..<servers {
            let count = (place + 1) * tools / servers - place * tools / servers
            let product = rare(&random)
            var names: Set<String> = []
            var list: [CatalogueTool] = []
            while list.count < count {
                let name = toolName(product, &random)
                guard names.insert(name).inserted else { continue }
                list.append(
                    tool(
                        name, ToolCatalogue.Category.allCases.randomElement(using: &random) ?? .read,
                        Risk.allCases.randomElement(using: &random) ?? .low))
            }
            made.append(
                server("\(product)-\(place)-mcp", provider: place % 9 == 0 ? "owner\(place % 500)" : "", list))
        }
        return Catalogue(issued: "2026-11-23", servers: made)
    }

    private static func toolName(_ product: String, _ random: inout SeededGenerator) -> String {
        let verb = verbs[
            min(Int.random(in: 0..<verbs.count, using: &random), Int.random(in: 0..<verbs.count, using: &random))]
        let thing = things[Int.random(in: 0..<things.count, using: &random)]
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return "\(verb)_\(thing)"
        case 1: return "\(verb)_\(thing)_\(things[Int.random(in: 0..<things.count, using: &random)])"
        case 2: return "\(product)_\(verb)_\(thing)"
        case 3: return "\(verb)\(thing.prefix(1).uppercased())\(thing.dropFirst())s"
        case 4: return "\(verb)_\(rare(&random))_\(thing)"
        default: return "\(verb)_\(thing)_by_\(rare(&random))"
        }
    }

    /// A word that hardly any other name has.
    private static func rare(_ random: inout SeededGenerator) -> String {
        let (consonants, vowels) = (Array("bcdfghklmnprstvz"), Array("aeiou"))
        return (0..<Int.random(in: 2...4, using: &random)).map { _ in
            "\(consonants[Int.random(in: 0..<consonants.count, using: &random)])"
                + "\(vowels[Int.random(in: 0..<vowels.count, using: &random)])"
        }.joined()
    }
}
