public import ToolCatalogue

/// What somebody looks for in a catalogue. Members that are set must all hold.
public struct CatalogueQuery: Sendable, Equatable {
    /// As typed; empty for all.
    public var text: String
    /// Tools of this category, and servers that have one.
    public var category: Category?
    /// Tools of this risk, and servers that have one.
    public var risk: Risk?
    /// A provider's slug.
    public var provider: String?
    /// Tools that this attack applies to, and servers that have one.
    public var attack: AttackPattern?
    /// How many tools and servers to pass over.
    public var offset: Int
    /// How many tools at most, and how many servers.
    public var limit: Int

    public init(
        text: String = "", category: Category? = nil, risk: Risk? = nil, provider: String? = nil,
        attack: AttackPattern? = nil, offset: Int = 0, limit: Int = 25
    ) {
        self.text = text
        self.category = category
        self.risk = risk
        self.provider = provider
        self.attack = attack
        self.offset = offset
        self.limit = limit
    }

    /// The part of the matches that is asked for, within the bounds.
    public var page: Range<Int> {
        let start = min(max(0, offset), StorageBounds.catalogueMatches)
        let end = start + min(max(0, limit), StorageBounds.cataloguePage)
        return start..<min(end, StorageBounds.catalogueMatches)
    }
}
