import GatewayStorage
import ToolCatalogue

/// Where the catalogue's pages are.
enum CatalogueAddress {
    static let index = Address.path("catalog")
    static let providers = Address.path(literal: "/catalog/providers")

    /// `/catalog/iam`
    static func server(_ slug: String) -> Address { .path("catalog", slug) }

    /// `/catalog/iam/detach_user_policy`
    static func tool(_ name: String, of slug: String) -> Address { .path("catalog", slug, name) }

    /// `/catalog/providers/aws`
    static func provider(_ slug: String) -> Address { .path(literal: "/catalog/providers", slug) }

    /// The recommended policy of a page, alone: what `Download` and `Open in builder` lead to.
    static func policy(of page: Address) -> Address { page.asJSON(query: [("document", "policy")]) }

    static func attack(_ pattern: AttackPattern) -> Address { .path("attacks", pattern.slug) }

    /// The index with a search in it.
    static func search(_ search: CatalogueSearchForm) -> Address { .path(["catalog"], query: search.members) }
}
