public import ToolCatalogue

/// A catalogue as an index lays it out: tools and servers in ``SearchOrder``, with the words they are found by.
public struct CatalogueRows: Sendable {
    /// A tool and its words.
    public struct Tool: Sendable {
        public let entry: CatalogueToolEntry
        /// Of its name.
        public let words: [String]
        /// The words joined.
        public let joined: String
        /// Its server's position among ``CatalogueRows/servers``.
        public let server: Int
        /// Attacks that apply to it.
        public let attacks: AttackSet
    }

    /// A server and its words.
    public struct Server: Sendable {
        public let entry: CatalogueServerEntry
        /// Of its slug, its package, and whoever provides it.
        public let words: [String]
        /// The words of its slug, or else its package, joined.
        public let joined: String
        /// Categories and risks of its tools.
        public let categories: Set<ToolCatalogue.Category>
        public let risks: Set<Risk>
        /// Attacks that apply to any of its tools.
        public let attacks: AttackSet
        /// The server with its tools; nil for a package.
        public let server: CatalogueServer?
    }

    public let servers: [Server]
    public let tools: [Tool]

    public init(_ catalogue: Catalogue) {
        let known = catalogue.servers.map { (entry: CatalogueServerEntry($0), server: Optional($0)) }
        let packages = catalogue.packages.map { (entry: CatalogueServerEntry($0), server: CatalogueServer?.none) }
        let ordered = Self.ordered(known + packages, by: { SearchOrder($0.entry) })
        var servers: [Server] = []
        var tools: [(tool: CatalogueTool, of: CatalogueServer, place: Int, attacks: AttackSet)] = []
        for (place, item) in ordered.enumerated() {
            var all = AttackSet()
            if let server = item.server {
                for (tool, attacks) in zip(server.tools, AttackSet.ofTools(of: server)) {
                    tools.append((tool, server, place, attacks))
                    all.formUnion(attacks)
                }
            }
            servers.append(Self.row(item.entry, item.server, all))
        }
        self.servers = servers
        self.tools = Self.ordered(tools, by: { SearchOrder($0.tool, of: $0.of) }).map { tool, server, place, attacks in
            let words = SearchWords.words(of: tool.name)
            let entry = CatalogueToolEntry(
                name: tool.name, server: server.slug, category: tool.verdict.category, risk: tool.verdict.risk)
            return Tool(
                entry: entry, words: words, joined: SearchWords.joined(words), server: place, attacks: attacks)
        }
    }

    /// Each element's order is worked out once.
    private static func ordered<Element>(_ elements: [Element], by order: (Element) -> SearchOrder) -> [Element] {
        elements.map { (order: order($0), element: $0) }.sorted { $0.order < $1.order }.map(\.element)
    }

    private static func row(
        _ entry: CatalogueServerEntry, _ server: CatalogueServer?, _ attacks: AttackSet
    ) -> Server {
        let own = SearchWords.words(of: entry.slug ?? entry.package)
        var words = own
        for word in SearchWords.words(of: entry.package) + SearchWords.words(of: entry.provider)
        where !words.contains(word) && words.count < StorageBounds.searchWords {
            words.append(word)
        }
        return Server(
            entry: entry, words: words, joined: SearchWords.joined(own),
            categories: Set(server?.tools.map(\.verdict.category) ?? []),
            risks: Set(server?.tools.map(\.verdict.risk) ?? []), attacks: attacks, server: server)
    }

    /// Joined names, for ``NearTerms``.
    public var names: Set<[UInt8]> {
        var names: Set<[UInt8]> = []
        for tool in tools { names.insert(Array(tool.joined.utf8)) }
        for server in servers { names.insert(Array(server.joined.utf8)) }
        names.remove([])
        return names
    }

    /// Words, for ``NearTerms``.
    public var words: Set<[UInt8]> {
        var words: Set<[UInt8]> = []
        for tool in tools { for word in tool.words { words.insert(Array(word.utf8)) } }
        for server in servers { for word in server.words { words.insert(Array(word.utf8)) } }
        return words
    }

    /// Whoever publishes servers whose tools are known, those with the most servers first.
    public var providers: [CatalogueProviderEntry] {
        var counts: [String: (servers: Int, tools: Int)] = [:]
        for server in servers where server.server != nil && !server.entry.provider.isEmpty {
            counts[server.entry.provider, default: (0, 0)].servers += 1
            counts[server.entry.provider, default: (0, 0)].tools += server.entry.toolCount
        }
        return counts.map { CatalogueProviderEntry(slug: $0.key, servers: $0.value.servers, tools: $0.value.tools) }
            .sorted {
                if $0.servers != $1.servers { return $0.servers > $1.servers }
                if $0.tools != $1.tools { return $0.tools > $1.tools }
                return $0.slug.utf8.lexicographicallyPrecedes($1.slug.utf8)
            }
            .prefix(StorageBounds.catalogueProviders).map(\.self)
    }
}
