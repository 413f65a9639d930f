public import GatewayStorage
import ToolCatalogue

extension StoreConformance {
    /// What every ``CatalogueIndex`` promises; each case is given an empty one.
    public static let catalogue: [ConformanceCase<any CatalogueIndex>] = [
        ConformanceCase("an index of nothing finds nothing") { index in
            try expect(try await index.edition(), is: nil, "edition")
            try expect(try await index.search(CatalogueQuery(text: "get")), is: CatalogueResults(), "results")
            try expect(try await index.server("iam"), is: nil, "server")
            try expect(try await index.providers(), is: [], "providers")
        },
        ConformanceCase("a catalogue comes back as it is, and nothing is left of the one before") { index in
            try await index.replace(with: Self.small, digest: "a")
            let edition = CatalogueEdition(issued: "2026-11-23", digest: "a", servers: 3, tools: 8, packages: 1)
            try expect(try await index.edition(), is: edition, "edition")
            for server in Self.small.servers {
                try expect(try await index.server(server.slug), is: server, "server")
            }
            let other = Catalogue(issued: "2026-11-24", servers: [SampleCatalogue.server("x", [])])
            try await index.replace(with: other, digest: "b")
            try expect(try await index.edition()?.digest, is: "b", "digest")
            try expect(try await index.server("iam"), is: nil, "server that is gone")
            try expect(try await names(index, "detach"), is: [], "tools that are gone")
        },
        ConformanceCase("each word typed begins a word of the name; the nearest names come first") { index in
            try await index.replace(with: Self.small, digest: "a")
            let found = ["detach_policy", "detach_user_policy", "DetachUserPolicies"]
            try expect(try await names(index, "deta"), is: found, "detach")
            try expect(try await names(index, "pol user"), is: Array(found[1...]), "two words")
            try expect(try await names(index, "USER-POLIC detach"), is: Array(found[1...]), "three words")
            try expect(try await names(index, "tach"), is: [], "the middle of a word")
        },
        ConformanceCase("a tool is found by its server's words too, after those that have them in their names") {
            index in
            try await index.replace(with: Self.small, digest: "a")
            let iam = ["iam", "list", "detach_policy", "detach_user_policy"]
            try expect(try await names(index, "iam"), is: iam, "tools")
            try expect(try await names(index, "iam detach"), is: Array(iam[2...]), "both")
        },
        ConformanceCase("words run together are found where they begin a name") { index in
            try await index.replace(with: Self.small, digest: "a")
            let found = ["detach_user_policy", "DetachUserPolicies"]
            try expect(try await names(index, "detachuserpol"), is: found, "tools")
        },
        ConformanceCase("what is nearly right finds what was meant, and says so") { index in
            try await index.replace(with: Self.small, digest: "a")
            for text in ["detahc_user_policy", "detachuserpolice", "dettach user policy", "etach_user_policy"] {
                let results = try await index.search(CatalogueQuery(text: text))
                try expect(results.tools.first?.name, is: "detach_user_policy", "nearest to `\(text)`")
                try expect(results.instead.first, is: "detach_user_policy", "instead of `\(text)`")
            }
            let word = try await index.search(CatalogueQuery(text: "serch"))
            try expect(word.tools.map(\.name), is: ["search.json"], "a word")
            let server = try await index.search(CatalogueQuery(text: "nots"))
            try expect(server.servers.map(\.slug), is: ["notes"], "a server")
            let far = try await index.search(CatalogueQuery(text: "xylophone"))
            try expect(far, is: CatalogueResults(), "nothing near")
        },
        ConformanceCase("filters hold together, with and without a text") { index in
            try await index.replace(with: Self.small, digest: "a")
            let critical = ["detach_policy", "detach_user_policy"]
            try expect(try await names(index, "", risk: .critical), is: critical, "risk")
            try expect(
                try await names(index, "user", category: .destructive, risk: .critical), is: [critical[1]], "all")
            try expect(try await names(index, "", provider: "aws").count, is: 4, "provider")
            try expect(try await names(index, "detachuserpol", provider: "aws"), is: [critical[1]], "joined")
            try expect(try await names(index, "detahc_user_policy", provider: "x"), is: [], "near")
            let servers = try await index.search(CatalogueQuery(risk: .critical)).servers
            try expect(servers.map(\.slug), is: ["iam"], "servers that have such a tool")
        },
        ConformanceCase("servers are found by slug and package, those that are known by their package after them") {
            index in
            try await index.replace(with: Self.small, digest: "a")
            let results = try await index.search(CatalogueQuery(text: "no"))
            try expect(results.servers.map(\.package), is: ["notes", "notes-of-others"], "packages")
            try expect(results.servers.map(\.slug), is: ["notes", nil], "slugs")
            let entry = try await index.search(CatalogueQuery(text: "iam")).servers.first
            try expect(entry?.counts, is: [2, 0, 0, 2], "counts by risk")
            try expect(entry?.provider, is: "aws", "provider")
            let providers = [CatalogueProviderEntry(slug: "aws", servers: 1, tools: 4)]
            try expect(try await index.providers(), is: providers, "providers")
        },
        ConformanceCase("strangers' names come back byte for byte, and strangers' texts search like any other") {
            index in
            let odd = [
                "a\u{0}b", "a\u{0}", "\" OR \"a", "caf\u{E9}", "cafe\u{301}", "name : *", "日本語", "\u{202E}x", "", "..",
                "' --",
            ]
            let tools = odd.map { SampleCatalogue.tool($0) }
            let catalogue = Catalogue(
                issued: "2026-11-23", servers: odd.map { SampleCatalogue.server($0, provider: $0, tools) })
            try await index.replace(with: catalogue, digest: "\u{0}")
            for server in catalogue.servers {
                let found = try await index.server(server.slug)
                try expect(found?.slug.utf8.elementsEqual(server.slug.utf8) ?? false, "slug \(server.slug)")
                try expect(found?.tools, is: tools, "tools of \(server.slug)")
            }
            let texts =
                odd + [
                    "\"", "*", "(", "{name} : x", "a AND", "NEAR(a b)", "\u{0}", "-a", "^a",
                    String(repeating: "a b ", count: 500),
                ]
            for text in texts {
                _ = try await index.search(CatalogueQuery(text: text, provider: text))
                _ = try await index.search(CatalogueQuery(text: text))
            }
            try expect(try await index.search(CatalogueQuery(text: "日")).tools.first?.name, is: "日本語", "name")
        },
        ConformanceCase("pages follow one another, and counting stops at a bound") { index in
            let tools = (0..<1_100).map { SampleCatalogue.tool("get_\(10_000 + $0)") }
            let catalogue = Catalogue(issued: "2026-11-23", servers: [SampleCatalogue.server("many", tools)])
            try await index.replace(with: catalogue, digest: "a")
            var names: [String] = []
            for page in 0..<11 {
                let query = CatalogueQuery(text: "get", offset: page * 100, limit: 100)
                let results = try await index.search(query)
                names += results.tools.map(\.name)
                try expect(results.toolCount.value, is: StorageBounds.catalogueMatches, "count")
                try expect(!results.toolCount.isExact, "a count that stopped is not exact")
            }
            try expect(names, is: tools.prefix(StorageBounds.catalogueMatches).map(\.name), "all pages")
            let few = try await index.search(CatalogueQuery(text: "get 1000", limit: -1))
            try expect(few.toolCount.value == 10 && few.toolCount.isExact, "an exact count")
            try expect(few.tools.isEmpty, "nothing was asked for")
        },
        ConformanceCase("any index finds what looking at everything finds") { index in
            let seed = UInt64.random(in: 0...UInt64.max)
            let catalogue = SampleCatalogue.generated(servers: 15, tools: 300, seed: seed)
            let reference = MemoryCatalogue()
            try await reference.replace(with: catalogue, digest: "a")
            try await index.replace(with: catalogue, digest: "a")
            var random = SeededGenerator(seed: seed)
            for _ in 0..<60 {
                let query = randomQuery(of: catalogue, &random)
                let expected = try await reference.search(query)
                try expect(try await index.search(query), is: expected, "seed \(seed), \(query)")
            }
        },
    ]

    private static let small = Catalogue(
        issued: "2026-11-23",
        servers: [
            SampleCatalogue.server(
                "iam", provider: "aws",
                [
                    SampleCatalogue.tool("detach_user_policy", .destructive, .critical),
                    SampleCatalogue.tool("detach_policy", .destructive, .critical), SampleCatalogue.tool("list"),
                    SampleCatalogue.tool("iam"),
                ]),
            SampleCatalogue.server(
                "notes", [SampleCatalogue.tool("DetachUserPolicies"), SampleCatalogue.tool("search.json")]),
            SampleCatalogue.server("clock", [SampleCatalogue.tool("now"), SampleCatalogue.tool("a/b c")]),
        ],
        packages: [CataloguePackage(registry: "npm", name: "notes-of-others", version: "2")])

    private static func names(
        _ index: any CatalogueIndex, _ text: String, category: ToolCatalogue.Category? = nil, risk: Risk? = nil,
        provider: String? = nil
    ) async throws -> [String] {
        let query = CatalogueQuery(text: text, category: category, risk: risk, provider: provider)
        return try await index.search(query).tools.map(\.name)
    }

    /// Part of a name that is there, as it is or with a slip, with filters now and then.
    private static func randomQuery(of catalogue: Catalogue, _ random: inout SeededGenerator) -> CatalogueQuery {
        let server = catalogue.servers.randomElement(using: &random)
        var name = Array(server?.tools.randomElement(using: &random)?.name ?? "")
        if Bool.random(using: &random) { name = Array(name.prefix(Int.random(in: 0...name.count, using: &random))) }
        if !name.isEmpty, Int.random(in: 0..<3, using: &random) == 0 {
            name[Int.random(in: 0..<name.count, using: &random)] = "x"
        }
        return CatalogueQuery(
            text: String(name),
            category: Int.random(in: 0..<4, using: &random) == 0 ? ToolCatalogue.Category.destructive : nil,
            risk: Int.random(in: 0..<4, using: &random) == 0 ? Risk.high : nil,
            provider: Int.random(in: 0..<8, using: &random) == 0 ? server?.provider : nil,
            attack: Int.random(in: 0..<4, using: &random) == 0 ? AttackPattern.named("destructive-bulk-action") : nil,
            offset: Int.random(in: 0..<3, using: &random) * 10, limit: 10)
    }
}
