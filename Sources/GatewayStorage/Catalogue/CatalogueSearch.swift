/// The way of a search: what is asked of an index, in which order, and when it is enough.
///
/// One for all implementations of ``CatalogueIndex``, so that they find the same.
public struct CatalogueSearch<Matcher: CatalogueMatcher> {
    private let matcher: Matcher
    private let query: CatalogueQuery
    /// One more than are counted, to tell that there are more.
    private let enough = StorageBounds.catalogueMatches + 1

    public init(_ query: CatalogueQuery, in matcher: Matcher) {
        self.matcher = matcher
        self.query = query
    }

    public func results() throws -> CatalogueResults {
        let words = SearchWords.words(of: query.text)
        // A text of nothing but marks asks for something, and nothing has it.
        if words.isEmpty, !query.text.allSatisfy(\.isWhitespace) { return CatalogueResults() }
        let wanted = words.map { [SearchTerm($0, isBeginning: true)] }
        let joined = words.isEmpty ? [] : [SearchTerm(SearchWords.joined(words), isBeginning: true)]
        let tools = try tools(wanted, joined)
        let servers = try servers(wanted, joined)
        guard tools.isEmpty, servers.isEmpty, !words.isEmpty else { return try results(tools, servers) }
        return try nearResults(words)
    }

    // MARK: What was typed

    private func tools(_ wanted: [[SearchTerm]], _ joined: [SearchTerm]) throws -> [Int] {
        var found = try matcher.tools(with: wanted, inNamesOnly: true, query, limit: enough)
        guard !wanted.isEmpty else { return found }
        if found.count < enough {
            append(try matcher.tools(with: wanted, inNamesOnly: false, query, limit: enough), to: &found)
        }
        if found.count < enough { append(try matcher.tools(joined: joined, query), to: &found) }
        return found
    }

    private func servers(_ wanted: [[SearchTerm]], _ joined: [SearchTerm]) throws -> [Int] {
        // The one that is called exactly that stands first.
        var found = try matcher.servers(joined: joined.map { SearchTerm($0.text, isBeginning: false) }, query)
        append(try matcher.servers(with: wanted, query, limit: enough), to: &found)
        if !wanted.isEmpty, found.count < enough { append(try matcher.servers(joined: joined, query), to: &found) }
        return found
    }

    // MARK: What is near it

    /// Names that are nearly all words joined; or else what has, for each word that nothing begins with, one near it.
    private func nearResults(_ words: [String]) throws -> CatalogueResults {
        let names = try matcher.names().near(SearchWords.joined(words)).map { SearchTerm($0, isBeginning: false) }
        if !names.isEmpty {
            let (tools, servers) = (
                try matcher.tools(joined: names, query), try matcher.servers(joined: names, query)
            )
            if !tools.isEmpty || !servers.isEmpty {
                return try results(tools, servers, instead: try called(tools, servers))
            }
        }
        var wanted: [[SearchTerm]] = []
        for word in words {
            if try matcher.hasWord(beginning: word) {
                wanted.append([SearchTerm(word, isBeginning: true)])
            } else {
                let near = try matcher.words().near(word)
                guard !near.isEmpty else { return CatalogueResults() }
                wanted.append(near.map { SearchTerm($0, isBeginning: false) })
            }
        }
        let tools = try matcher.tools(with: wanted, inNamesOnly: false, query, limit: enough)
        let servers = try matcher.servers(with: wanted, query, limit: enough)
        guard !tools.isEmpty || !servers.isEmpty else { return CatalogueResults() }
        return try results(tools, servers, instead: [wanted.compactMap(\.first?.text).joined(separator: " ")])
    }

    /// The first few names of what was found.
    private func called(_ tools: [Int], _ servers: [Int]) throws -> [String] {
        var names: [String] = []
        for name in try matcher.toolEntries(at: Array(tools.prefix(3))).map(\.name)
            + matcher.serverEntries(at: Array(servers.prefix(3))).map({ $0.slug ?? $0.package })
        where !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
            names.append(name)
        }
        return names
    }

    // MARK: Results

    private func append(_ more: [Int], to found: inout [Int]) {
        let known = Set(found)
        found += more.filter { !known.contains($0) }.prefix(enough - found.count)
    }

    private func results(_ tools: [Int], _ servers: [Int], instead: [String] = []) throws -> CatalogueResults {
        CatalogueResults(
            tools: try matcher.toolEntries(at: page(of: tools)), toolCount: CatalogueCount(counted: tools.count),
            servers: try matcher.serverEntries(at: page(of: servers)),
            serverCount: CatalogueCount(counted: servers.count), instead: instead)
    }

    private func page(of found: [Int]) -> [Int] {
        Array(found.dropFirst(query.page.lowerBound).prefix(query.page.count))
    }
}
