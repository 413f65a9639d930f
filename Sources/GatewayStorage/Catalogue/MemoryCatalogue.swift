import Synchronization
public import ToolCatalogue

/// The catalogue index of this process only: every search looks at everything. For tests and small catalogues.
public final class MemoryCatalogue: CatalogueIndex {
    private struct Held {
        let edition: CatalogueEdition
        let matcher: MemoryMatcher
    }

    private let held = Mutex<Held?>(nil)

    public init() {}

    public func replace(with catalogue: Catalogue, digest: String) async throws(StorageError) {
        let edition = CatalogueEdition(catalogue, digest: digest)
        let matcher = MemoryMatcher(CatalogueRows(catalogue))
        held.withLock { $0 = Held(edition: edition, matcher: matcher) }
    }

    public func edition() async throws(StorageError) -> CatalogueEdition? { held.withLock { $0?.edition } }

    public func search(_ query: CatalogueQuery) async throws(StorageError) -> CatalogueResults {
        guard let matcher = held.withLock({ $0?.matcher }) else { return CatalogueResults() }
        do { return try CatalogueSearch(query, in: matcher).results() } catch {
            throw .failed(detail: "\(error)")
        }
    }

    public func server(_ slug: String) async throws(StorageError) -> CatalogueServer? {
        held.withLock { held in
            held?.matcher.rows.servers.lazy.compactMap(\.server).first { $0.slug.utf8.elementsEqual(slug.utf8) }
        }
    }

    public func providers() async throws(StorageError) -> [CatalogueProviderEntry] {
        held.withLock { $0?.matcher.rows.providers ?? [] }
    }
}

/// Answers a search's questions by looking at every row.
private struct MemoryMatcher: CatalogueMatcher, Sendable {
    let rows: CatalogueRows
    private let nearNames: NearTerms
    private let nearWords: NearTerms

    init(_ rows: CatalogueRows) {
        self.rows = rows
        nearNames = NearTerms(rows.names)
        nearWords = NearTerms(rows.words)
    }

    func names() -> NearTerms { nearNames }

    func words() -> NearTerms { nearWords }

    func tools(with wanted: [[SearchTerm]], inNamesOnly: Bool, _ query: CatalogueQuery, limit: Int) -> [Int] {
        let found = rows.tools.indices.lazy.filter { position in
            let tool = rows.tools[position]
            let words = inNamesOnly ? tool.words : tool.words + rows.servers[tool.server].words
            return isHeld(query, by: tool) && has(wanted, words)
        }
        return Array(found.prefix(limit))
    }

    func tools(joined terms: [SearchTerm], _ query: CatalogueQuery) -> [Int] {
        Self.joined(terms, rows.tools.map(\.joined)).filter { isHeld(query, by: rows.tools[$0]) }
    }

    func servers(with wanted: [[SearchTerm]], _ query: CatalogueQuery, limit: Int) -> [Int] {
        let found = rows.servers.indices.lazy.filter {
            isHeld(query, by: rows.servers[$0]) && has(wanted, rows.servers[$0].words)
        }
        return Array(found.prefix(limit))
    }

    func servers(joined terms: [SearchTerm], _ query: CatalogueQuery) -> [Int] {
        Self.joined(terms, rows.servers.map(\.joined)).filter { isHeld(query, by: rows.servers[$0]) }
    }

    func hasWord(beginning text: String) -> Bool {
        let terms = [SearchTerm(text, isBeginning: true)]
        return rows.tools.contains { has([terms], $0.words) } || rows.servers.contains { has([terms], $0.words) }
    }

    func toolEntries(at positions: [Int]) -> [CatalogueToolEntry] { positions.map { rows.tools[$0].entry } }

    func serverEntries(at positions: [Int]) -> [CatalogueServerEntry] { positions.map { rows.servers[$0].entry } }

    private func isHeld(_ query: CatalogueQuery, by tool: CatalogueRows.Tool) -> Bool {
        (query.category ?? tool.entry.category) == tool.entry.category
            && (query.risk ?? tool.entry.risk) == tool.entry.risk
            && query.attack.map(tool.attacks.contains) ?? true
            && Self.isHeld(query.provider, rows.servers[tool.server].entry.provider)
    }

    private func isHeld(_ query: CatalogueQuery, by server: CatalogueRows.Server) -> Bool {
        query.category.map(server.categories.contains) ?? true && query.risk.map(server.risks.contains) ?? true
            && query.attack.map(server.attacks.contains) ?? true
            && Self.isHeld(query.provider, server.entry.provider)
    }

    private static func isHeld(_ wanted: String?, _ provider: String) -> Bool {
        wanted.map { $0.utf8.elementsEqual(provider.utf8) } ?? true
    }

    private func has(_ wanted: [[SearchTerm]], _ words: [String]) -> Bool {
        wanted.allSatisfy { terms in terms.contains { term in words.contains { Self.fits($0, term) } } }
    }

    private static func fits(_ word: String, _ term: SearchTerm) -> Bool {
        term.isBeginning ? word.utf8.starts(with: term.text.utf8) : word.utf8.elementsEqual(term.text.utf8)
    }

    private static func joined(_ terms: [SearchTerm], _ names: [String]) -> [Int] {
        var found: Set<Int> = []
        for term in terms {
            let fitting = names.indices.filter { fits(names[$0], term) }
                .sorted { (Array(names[$0].utf8), $0) < (Array(names[$1].utf8), $1) }
            found.formUnion(fitting.prefix(StorageBounds.joinedNames))
        }
        return found.sorted()
    }
}

private func < (one: ([UInt8], Int), other: ([UInt8], Int)) -> Bool {
    one.0 == other.0 ? one.1 < other.1 : one.0.lexicographicallyPrecedes(other.0)
}
