import GatewayStorage
import ToolCatalogue

/// Which tools of the catalogue an attack applies to, as its page shows them: how many, and of those who publish most the
/// worst few.
struct AttackReach: Sendable {
    struct Group: Sendable {
        let provider: Provider
        let count: CatalogueCount
        let tools: [CatalogueToolEntry]
    }

    /// Providers that are shown, of those looked at; and tools of each.
    private static let groups = 8
    private static let looked = 24
    private static let tools = 5

    let count: CatalogueCount
    let groups: [Group]
    /// The worst of all servers, whoever publishes them.
    let worst: [CatalogueToolEntry]

    init(_ pattern: AttackPattern, in index: any CatalogueIndex) async throws(StorageError) {
        let all = try await Self.worst(pattern, nil, in: index)
        count = all.count
        worst = all.tools
        var groups: [Group] = []
        if count.value > 0 {
            for provider in try await index.providers().prefix(Self.looked) where groups.count < Self.groups {
                let found = try await Self.worst(pattern, provider.slug, in: index)
                guard !found.tools.isEmpty else { continue }
                groups.append(Group(provider: Provider(slug: provider.slug), count: found.count, tools: found.tools))
            }
        }
        self.groups = groups
    }

    /// Critical ones first, then whichever have the shortest names.
    private static func worst(
        _ pattern: AttackPattern, _ provider: String?, in index: any CatalogueIndex
    ) async throws(StorageError) -> (count: CatalogueCount, tools: [CatalogueToolEntry]) {
        let any = try await index.search(CatalogueQuery(provider: provider, attack: pattern, limit: tools))
        guard !any.tools.isEmpty else { return (any.toolCount, []) }
        var found = try await index.search(
            CatalogueQuery(risk: .critical, provider: provider, attack: pattern, limit: tools)
        ).tools
        found += any.tools.filter { $0.risk != .critical }
        return (any.toolCount, Array(found.prefix(tools)))
    }
}
