import GatewayStorage
import ToolCatalogue

/// The page of one provider: its servers, and how dangerous their tools are.
struct ProviderPageView {
    let provider: Provider
    let results: CatalogueResults
    let edition: CatalogueEdition?
    let origin: String

    private var servers: [CatalogueServerEntry] { results.servers }

    var page: Page {
        let tools = servers.reduce(0) { $0 + $1.toolCount }
        let count = Figure.text(results.serverCount.value, isExact: results.serverCount.isExact)
        let summary = "\(count) servers, \(Figure.text(tools, "tool"))"
        var page = Page(title: provider.title, description: "MCP servers of \(provider.title): \(summary).") {
            Tag.div(.class("tool-head")) {
                Tag.h1 { Tag.bdi { provider.title } }
                Tag.p(.class("kicker")) { Tag.span { summary } }
                Tag.p(.class("gap")) { HTML.counts { risk in servers.reduce(0) { $0 + $1.count(risk) } } }
                Tag.p(.class("btns gap-3")) {
                    Tag.a(.class("btn"), .href(CatalogueAddress.search(search))) { "Search its tools" }
                    Tag.a(.class("btn"), .href(CatalogueAddress.search(critical))) { "Critical tools only" }
                }
            }
            HTML.section("servers", "Servers") {
                CatalogueTable.servers(servers, label: "Servers")
                if results.serverCount.value > servers.count {
                    Tag.p(.class("gap-3")) {
                        Tag.a(.class("btn"), .href(CatalogueAddress.search(search.serversOnly))) { "All servers" }
                    }
                }
            }
        }
        let address = CatalogueAddress.provider(provider.slug)
        page.section = .catalogue
        page.crumbs = CatalogueCrumbs.index + [("Providers", CatalogueAddress.providers)]
        page.canonical = address.absolute(at: origin)
        page.data = address.asJSON()
        page.footnote = CatalogueFootnote.of(nil, edition)
        return page
    }

    private var search: CatalogueSearchForm {
        var form = CatalogueSearchForm()
        form.provider = provider.slug
        return form
    }

    private var critical: CatalogueSearchForm {
        var form = search
        form.risk = .critical
        return form
    }
}

/// The page of all providers.
struct ProvidersPageView {
    let providers: [CatalogueProviderEntry]
    let edition: CatalogueEdition?
    let origin: String

    var page: Page {
        var page = Page(title: "Providers", description: "Who publishes the MCP servers of the catalogue.") {
            Tag.div(.class("head")) {
                Tag.div {
                    Tag.h1 { "Providers" }
                    Tag.p { "Who publishes servers, as far as their packages prove it." }
                }
            }
            ProviderTable.table(providers)
        }
        page.section = .catalogue
        page.crumbs = CatalogueCrumbs.index
        page.canonical = CatalogueAddress.providers.absolute(at: origin)
        page.data = CatalogueAddress.providers.asJSON()
        page.footnote = CatalogueFootnote.of(nil, edition)
        return page
    }
}

enum ProviderTable {
    static func table(_ providers: [CatalogueProviderEntry]) -> HTML {
        Tag.table(.class("stacked narrow")) {
            Tag.caption(.class("vh")) { "Providers" }
            Tag.thead {
                Tag.tr {
                    Tag.th(.scope("col")) { "Provider" }
                    Tag.th(.scope("col"), .class("num")) { "Servers" }
                    Tag.th(.scope("col"), .class("num")) { "Tools" }
                }
            }
            Tag.tbody {
                for provider in providers {
                    Tag.tr {
                        Tag.th(.scope("row"), .class("full")) {
                            Tag.a(.class("row-link"), .href(CatalogueAddress.provider(provider.slug))) {
                                Tag.bdi { Provider(slug: provider.slug).title }
                            }
                        }
                        Tag.td(.class("num"), .dataLabel("Servers")) { Figure.text(provider.servers) }
                        Tag.td(.class("num end"), .dataLabel("Tools")) { Figure.text(provider.tools) }
                    }
                }
            }
        }
    }
}
