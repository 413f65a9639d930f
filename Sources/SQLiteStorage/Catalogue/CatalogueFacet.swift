import GatewayStorage
import ToolCatalogue

/// What a search filters by, as words of the index's own column.
enum CatalogueFacet {
    static func word(_ category: ToolCatalogue.Category) -> String { "c\(category.rank)" }

    static func word(_ risk: Risk) -> String { "r\(risk.rank)" }

    /// In hexadecimal: a slug may hold what ends a word.
    static func word(provider: String) -> String { "p" + provider.utf8.map(hexadecimal).joined() }

    /// Of a query, all of which must hold.
    static func words(of query: CatalogueQuery) -> [String] {
        [query.category.map(word), query.risk.map(word), query.provider.map(word(provider:))].compactMap(\.self)
    }

    private static func hexadecimal(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}
