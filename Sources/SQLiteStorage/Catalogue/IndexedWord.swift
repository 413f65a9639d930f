import GatewayStorage
import ToolCatalogue

/// A word as the index keeps it: marked by where it stands, so that each kind has lists of its own and a search for names
/// does not read through servers' words. The marks are no letters, so no word of a name begins with one.
enum IndexedWord {
    private static let serverMark = "\u{A7}"
    private static let facetMark = "\u{A6}"

    /// A word of a server's, beside the tools whose own words stand unmarked.
    static func server(_ word: String) -> String { serverMark + word }

    static func facet(_ category: ToolCatalogue.Category) -> String { "\(facetMark)c\(category.rank)" }

    static func facet(_ risk: Risk) -> String { "\(facetMark)r\(risk.rank)" }

    /// In hexadecimal: a slug may hold what ends a word.
    static func facet(provider: String) -> String { "\(facetMark)p" + provider.utf8.map(hexadecimal).joined() }

    static func facet(_ attack: AttackPattern) -> String { "\(facetMark)a\(attack.place ?? -1)" }

    /// What a query filters by, all of which must hold.
    static func facets(of query: CatalogueQuery) -> [String] {
        [
            query.category.map(facet), query.risk.map(facet), query.provider.map(facet(provider:)),
            query.attack.map(facet),
        ].compactMap(\.self)
    }

    private static func hexadecimal(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}
