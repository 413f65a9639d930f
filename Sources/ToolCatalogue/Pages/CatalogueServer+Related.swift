extension CatalogueServer {
    /// Other tools whose names share words with a tool's, the nearest first, then by risk.
    func related(to tool: CatalogueTool, limit: Int = 5) -> [CatalogueTool] {
        let own = Self.words(of: tool)
        let near = tools.enumerated().compactMap { place, other -> (shared: Int, risk: Int, place: Int)? in
            guard !other.name.utf8.elementsEqual(tool.name.utf8) else { return nil }
            let shared = own.intersection(Self.words(of: other)).count
            return shared == 0 ? nil : (shared, other.verdict.risk.rank, place)
        }
        return near.sorted { ($1.shared, $1.risk, $0.place) < ($0.shared, $0.risk, $1.place) }
            .prefix(limit).map { tools[$0.place] }
    }

    private static func words(of tool: CatalogueTool) -> Set<WordKey> {
        let words = WordReader.words(
            of: Array(tool.name.utf8), isName: true, limit: CatalogueBounds.nameWords, bytes: CatalogueBounds.nameBytes)
        return Set(words.map(\.key))
    }

    /// What an agent with all tools of the server can do at worst: how many tools of each risk.
    public var counts: [Risk: Int] { tools.reduce(into: [:]) { $0[$1.verdict.risk, default: 0] += 1 } }

    /// The tools, the most dangerous first; of one risk in the server's order.
    public var byRisk: [CatalogueTool] {
        tools.enumerated().sorted { ($1.element.verdict.risk, $0.offset) < ($0.element.verdict.risk, $1.offset) }
            .map(\.element)
    }
}
