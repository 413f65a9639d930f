import GatewayStorage
import ToolCatalogue

/// The search form: it asks by GET, so that what it finds has an address.
struct CatalogueFilters {
    let form: CatalogueSearchForm
    let providers: [CatalogueProviderEntry]

    var html: HTML {
        Tag.form(.class("filters"), .get, .action(CatalogueAddress.index), .role("search")) {
            Tag.div(.class("field grow")) {
                Tag.label(.for("q")) { "Search tools and servers" }
                VoidTag.input(
                    .type("search"), .id("q"), .name("q"), .value(form.text), .placeholder("detach user policy"),
                    .maxlength(StorageBounds.searchText), .autocomplete("off"))
            }
            field(
                "category", "Category", ToolCatalogue.Category.allCases.map { ($0.rawValue, $0.rawValue) },
                form.category?.rawValue)
            field("risk", "Risk", Risk.allCases.reversed().map { ($0.rawValue, $0.rawValue) }, form.risk?.rawValue)
            field(
                "provider", "Provider", providers.map { ($0.slug, Provider(slug: $0.slug).title) } + unlisted,
                form.provider)
            if let attack = form.attack {
                VoidTag.input(.type("hidden"), .name("attack"), .value(attack.slug))
            }
            Tag.div(.class("btns")) {
                Tag.button(.class("btn main"), .type("submit")) { "Search" }
                if !form.isEmpty { Tag.a(.class("btn"), .href(CatalogueAddress.index)) { "Clear" } }
            }
        }
    }

    /// The chosen provider, where it is too small to be listed.
    private var unlisted: [(String, String)] {
        guard let chosen = form.provider, !providers.contains(where: { $0.slug.utf8.elementsEqual(chosen.utf8) }) else {
            return []
        }
        return [(chosen, chosen)]
    }

    private func field(_ name: String, _ title: String, _ options: [(String, String)], _ chosen: String?) -> HTML {
        Tag.div(.class("field")) {
            Tag.label(.for(name)) { title }
            Tag.select(.id(name), .name(name)) {
                Tag.option(.value("")) { "All" }
                for (value, text) in options {
                    Tag.option(value == chosen ? [.value(value), .selected] : [.value(value)]) { text }
                }
            }
        }
    }
}
