public import ToolCatalogue

/// Where a tool or server stands among results, whatever was asked: worked out once, so that a search need not look at
/// more matches than it shows.
///
/// Fewer words first, then shorter names: what is nearest to what was typed. Then the more dangerous; then bytes.
public struct SearchOrder: Sendable, Comparable {
    private let words: Int
    private let bytes: Int
    private let harmless: Int
    private let name: [UInt8]
    private let server: [UInt8]

    public init(_ tool: CatalogueTool, of server: CatalogueServer) {
        words = SearchWords.words(of: tool.name).count
        bytes = tool.name.utf8.count
        harmless = -tool.verdict.risk.rank
        name = Array(tool.name.utf8)
        self.server = Array(server.slug.utf8)
    }

    /// Servers whose tools are known stand before others.
    public init(_ server: CatalogueServerEntry) {
        let name = server.slug ?? server.package
        words = (server.slug == nil ? StorageBounds.searchWords : 0) + SearchWords.words(of: name).count
        bytes = name.utf8.count
        harmless = -server.toolCount
        self.name = Array(name.utf8)
        self.server = Array(server.registry.utf8)
    }

    public static func < (one: SearchOrder, other: SearchOrder) -> Bool {
        if one.words != other.words { return one.words < other.words }
        if one.bytes != other.bytes { return one.bytes < other.bytes }
        if one.harmless != other.harmless { return one.harmless < other.harmless }
        if one.name != other.name { return one.name.lexicographicallyPrecedes(other.name) }
        return one.server.lexicographicallyPrecedes(other.server)
    }
}
