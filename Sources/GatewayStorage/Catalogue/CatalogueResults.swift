/// What a query found.
public struct CatalogueResults: Sendable, Equatable {
    public var tools: [CatalogueToolEntry]
    public var toolCount: CatalogueCount
    public var servers: [CatalogueServerEntry]
    public var serverCount: CatalogueCount
    /// What was looked for instead, where nothing matched what was typed.
    public var instead: [String]

    public init(
        tools: [CatalogueToolEntry] = [], toolCount: CatalogueCount = .none, servers: [CatalogueServerEntry] = [],
        serverCount: CatalogueCount = .none, instead: [String] = []
    ) {
        self.tools = tools
        self.toolCount = toolCount
        self.servers = servers
        self.serverCount = serverCount
        self.instead = instead
    }
}

/// How many there are: exactly, or at least, since matches are counted up to ``StorageBounds/catalogueMatches`` only.
public struct CatalogueCount: Sendable, Equatable {
    public let value: Int
    public let isExact: Bool

    /// - Parameter counted: how many were found when counting stopped one behind the bound.
    public init(counted: Int) {
        value = min(counted, StorageBounds.catalogueMatches)
        isExact = counted <= StorageBounds.catalogueMatches
    }

    public static let none = CatalogueCount(counted: 0)
}
