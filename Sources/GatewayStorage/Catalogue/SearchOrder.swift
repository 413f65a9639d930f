public import ToolCatalogue

/// Where a tool or server stands among results, whatever was asked: worked out once, so that a search need not look at
/// more matches than it shows.
///
/// Of tools, fewer words first, then shorter names: what is nearest to what was typed. Then the more dangerous; then bytes.
/// Of servers, those whose tools are known first, and those with more tools before others.
public struct SearchOrder: Sendable, Comparable {
    /// Smaller ones first, each where those before it are equal.
    private let ranks: [Int]
    private let name: [UInt8]
    private let server: [UInt8]

    public init(_ tool: CatalogueTool, of server: CatalogueServer) {
        ranks = [SearchWords.words(of: tool.name).count, tool.name.utf8.count, -tool.verdict.risk.rank]
        name = Array(tool.name.utf8)
        self.server = Array(server.slug.utf8)
    }

    public init(_ server: CatalogueServerEntry) {
        let name = server.slug ?? server.package
        ranks = [
            server.slug == nil ? 1 : 0, -server.toolCount, SearchWords.words(of: name).count, name.utf8.count,
        ]
        self.name = Array(name.utf8)
        self.server = Array(server.registry.utf8)
    }

    public static func < (one: SearchOrder, other: SearchOrder) -> Bool {
        if one.ranks != other.ranks { return one.ranks.lexicographicallyPrecedes(other.ranks) }
        if one.name != other.name { return one.name.lexicographicallyPrecedes(other.name) }
        return one.server.lexicographicallyPrecedes(other.server)
    }
}
