import GatewayStorage
import Hummingbird
import ToolCatalogue

/// What the search form says, as the address holds it: every view can be shared.
struct CatalogueSearchForm: Sendable, Equatable {
    var text = ""
    var category: ToolCatalogue.Category?
    var risk: Risk?
    var provider: String?
    var attack: AttackPattern?
    /// Whether servers alone are listed, page by page.
    var isServersOnly = false
    /// From 1.
    var page = 1

    static let pageLength = 25

    init() {}

    /// What is not understood counts as not said: a link with a mistake still shows something.
    init(_ request: Request) {
        let members = FormMembers(request.uri.query ?? "")
        func member(_ name: String) -> String? { members[name].flatMap { $0.isEmpty ? nil : $0 } }
        text = String((member("q") ?? "").unicodeScalars.prefix(StorageBounds.searchText))
        category = member("category").flatMap { ToolCatalogue.Category(rawValue: $0) }
        risk = member("risk").flatMap { Risk(rawValue: $0) }
        provider = member("provider")
        attack = member("attack").flatMap { AttackPattern.named($0) }
        isServersOnly = member("show") == "servers"
        page = min(
            max(1, member("page").flatMap { Int($0) } ?? 1), StorageBounds.catalogueMatches / Self.pageLength)
    }

    static func of(_ attack: AttackPattern, provider: String? = nil) -> CatalogueSearchForm {
        var form = CatalogueSearchForm()
        form.attack = attack
        form.provider = provider
        return form
    }

    static func of(_ category: ToolCatalogue.Category? = nil, _ risk: Risk? = nil) -> CatalogueSearchForm {
        var form = CatalogueSearchForm()
        form.category = category
        form.risk = risk
        return form
    }

    var isEmpty: Bool { text.isEmpty && category == nil && risk == nil && provider == nil && attack == nil }

    var query: CatalogueQuery {
        CatalogueQuery(
            text: text, category: category, risk: risk, provider: provider, attack: attack,
            offset: (page - 1) * Self.pageLength, limit: Self.pageLength)
    }

    /// As an address spells it.
    var members: [(String, String)] {
        var members: [(String, String)] = []
        if !text.isEmpty { members.append(("q", text)) }
        if let category { members.append(("category", category.rawValue)) }
        if let risk { members.append(("risk", risk.rawValue)) }
        if let provider { members.append(("provider", provider)) }
        if let attack { members.append(("attack", attack.slug)) }
        if isServersOnly { members.append(("show", "servers")) }
        if page > 1 { members.append(("page", "\(page)")) }
        return members
    }

    var serversOnly: CatalogueSearchForm {
        var other = self
        other.isServersOnly = true
        other.page = 1
        return other
    }

    func at(page: Int) -> CatalogueSearchForm {
        var other = self
        other.page = page
        return other
    }
}
