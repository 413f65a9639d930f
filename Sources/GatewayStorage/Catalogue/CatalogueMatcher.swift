/// A word that a match must have: whole, or as the beginning of one.
public struct SearchTerm: Sendable, Hashable {
    public let text: String
    public let isBeginning: Bool

    public init(_ text: String, isBeginning: Bool) {
        self.text = text
        self.isBeginning = isBeginning
    }
}

/// The few questions that a search is made of, each answered with positions in ``SearchOrder``, ascending. What a query
/// filters by holds for every answer.
///
/// ``CatalogueSearch`` asks them; implementations of ``CatalogueIndex`` answer them.
public protocol CatalogueMatcher {
    /// Tools that have, for each of these, one of its terms: in their own names, or in their servers' and packages'
    /// names as well. All tools where nothing is wanted.
    func tools(with wanted: [[SearchTerm]], inNamesOnly: Bool, _ query: CatalogueQuery, limit: Int) throws -> [Int]

    /// Tools whose joined names begin so, or are so: of the first ``StorageBounds/joinedNames`` in the order of joined
    /// names, for each term.
    func tools(joined terms: [SearchTerm], _ query: CatalogueQuery) throws -> [Int]

    /// Servers that have, for each of these, one of its terms. All servers where nothing is wanted.
    func servers(with wanted: [[SearchTerm]], _ query: CatalogueQuery, limit: Int) throws -> [Int]

    /// Servers whose joined slugs or packages begin so, or are so; as for tools.
    func servers(joined terms: [SearchTerm], _ query: CatalogueQuery) throws -> [Int]

    /// Whether any word, of a tool or a server, begins so.
    func hasWord(beginning text: String) throws -> Bool

    /// Joined names of tools and servers.
    func names() throws -> NearTerms

    /// Words of tools and servers.
    func words() throws -> NearTerms

    func toolEntries(at positions: [Int]) throws -> [CatalogueToolEntry]

    func serverEntries(at positions: [Int]) throws -> [CatalogueServerEntry]
}
