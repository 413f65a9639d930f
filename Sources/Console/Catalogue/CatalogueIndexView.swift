import GatewayStorage
import ToolCatalogue

/// The catalogue's first page: search, filters, and what they find.
struct CatalogueIndexView {
    let form: CatalogueSearchForm
    let results: CatalogueResults
    let providers: [CatalogueProviderEntry]
    let edition: CatalogueEdition?
    let origin: String

    /// Servers above tools, on the first page.
    private static let fewServerRows = 6

    var page: Page {
        let title = form.text.isEmpty ? "Catalogue" : "\(form.text), catalogue"
        var page = Page(
            title: title, description: "What the tools of MCP servers do, how dangerous they are, and a rule for each."
        ) {
            Tag.div(.class("head")) {
                Tag.div {
                    Tag.h1 { "What can an agent do with it?" }
                    Tag.p { size }
                }
            }
            CatalogueFilters(form: form, providers: providers).html
            if let attack = form.attack {
                Tag.p(.class("note"), .role("status")) {
                    "Tools that this applies to: "
                    Tag.a(.href(CatalogueAddress.attack(attack))) { attack.title }
                    "."
                }
            }
            if edition == nil {
                Tag.p(.class("alert")) {
                    Tag.strong { "No catalogue is loaded yet." }
                    " At the first start it is indexed within seconds. Another is named under "
                    Tag.code { "console.catalogue" }
                    " in gatehouse.yaml."
                }
            } else if form.isEmpty {
                start
            } else {
                found
            }
        }
        page.section = .catalogue
        if form.isEmpty { page.canonical = CatalogueAddress.index.absolute(at: origin) }
        page.data = CatalogueAddress.index.asJSON(query: form.members)
        page.linkedData = CatalogueLinkedData.index(at: CatalogueAddress.index.absolute(at: origin))
        page.footnote = CatalogueFootnote.of(nil, edition)
        return page
    }

    private var size: String {
        guard let edition else {
            return "What the tools of MCP servers do, how dangerous they are, and a rule for each."
        }
        return "\(Figure.text(edition.tools, "tool")) of \(Figure.text(edition.servers, "server")), judged from their "
            + "definitions, and \(Figure.text(edition.packages)) further servers by their packages."
    }

    @HTMLBuilder private var start: HTML {
        Tag.div(.class("cols halves")) {
            Tag.section(.class("section"), .ariaLabelledBy("providers")) {
                Tag.div(.class("head")) {
                    Tag.h2(.id("providers")) { "Providers" }
                    Tag.a(.href(CatalogueAddress.providers)) { "All providers" }
                }
                ProviderTable.table(Array(providers.prefix(6)))
            }
            HTML.section("browse", "Tools that") {
                Tag.ul(.class("list")) { for row in Self.browsing { browse(row.words, row.form) } }
            }
        }
        HTML.section("servers", "Servers") { CatalogueTable.servers(results.servers, label: "Servers") }
        pager
    }

    private func browse(_ words: String, _ form: CatalogueSearchForm) -> HTML {
        Tag.li {
            Tag.div { Tag.a(.class("row-link"), .href(CatalogueAddress.search(form))) { words } }
            if let risk = form.risk {
                HTML.risk(risk)
            } else {
                Tag.span(.class("note")) { form.category?.rawValue ?? "" }
            }
        }
    }

    /// Where people begin who look for no name.
    private static let browsing: [(words: String, form: CatalogueSearchForm)] = [
        ("may do harm beyond repair", .of(nil, .critical)), ("are hard to take back", .of(nil, .high)),
        ("take things away", .of(.destructive)), ("move money", .of(.financial)),
        ("run what they are told", .of(.execute)), ("only look, at what is sensitive", .of(.read, .high)),
    ]

    @HTMLBuilder private var found: HTML {
        if results.toolCount.value == 0, results.serverCount.value == 0 {
            Tag.p(.class("alert")) {
                Tag.strong { "Nothing is called that, or nearly so." }
                " Try the beginning of a word, or fewer filters."
            }
        } else {
            matches
        }
    }

    @HTMLBuilder private var matches: HTML {
        if !results.instead.isEmpty {
            Tag.p(.class("alert"), .role("status")) {
                Tag.strong { "Nothing begins like that." }
                " Nearest: "
                for (place, name) in results.instead.enumerated() {
                    place == 0 ? "" : ", "
                    HTML.name(name)
                }
                "."
            }
        }
        if listsServers {
            HTML.section("servers", heading(results.serverCount, "server")) {
                CatalogueTable.servers(results.servers, label: "Servers")
            }
            pager
        } else {
            if results.serverCount.value > 0, form.page == 1 { fewServers }
            HTML.section("tools", heading(results.toolCount, "tool")) { ToolHits.table(results.tools) }
            pager
        }
    }

    /// Whether servers are all there is to list.
    private var listsServers: Bool { form.isEmpty || form.isServersOnly || results.toolCount.value == 0 }

    private var fewServers: HTML {
        Tag.section(.class("section"), .ariaLabelledBy("servers")) {
            Tag.div(.class("head")) {
                Tag.h2(.id("servers")) { heading(results.serverCount, "server") }
                if results.serverCount.value > Self.fewServerRows {
                    Tag.a(.href(CatalogueAddress.search(form.serversOnly))) { "All servers found" }
                }
            }
            CatalogueTable.servers(Array(results.servers.prefix(Self.fewServerRows)), label: "Servers")
        }
    }

    private func heading(_ count: CatalogueCount, _ noun: String) -> String {
        "\(Figure.text(count.value, isExact: count.isExact)) \(noun)\(count.value == 1 ? "" : "s")"
    }

    private var pager: HTML {
        let most = (listsServers ? results.serverCount : results.toolCount).value
        let pages = (most + CatalogueSearchForm.pageLength - 1) / CatalogueSearchForm.pageLength
        if pages < 2 { return .empty }
        return Tag.nav(.class("pager"), .ariaLabel("Pages")) {
            if form.page > 1 {
                Tag.a(.class("btn"), .href(CatalogueAddress.search(form.at(page: form.page - 1)))) { "Earlier" }
            } else {
                Tag.span(.class("btn"), .ariaDisabled) { "Earlier" }
            }
            Tag.span(.class("note")) { "Page \(form.page) of \(pages)" }
            if form.page < pages {
                Tag.a(.class("btn"), .href(CatalogueAddress.search(form.at(page: form.page + 1)))) { "Further" }
            } else {
                Tag.span(.class("btn"), .ariaDisabled) { "Further" }
            }
        }
    }
}

/// Tools of several servers, as a search finds them.
enum ToolHits {
    static func table(_ tools: [CatalogueToolEntry]) -> HTML {
        Tag.table(.class("stacked")) {
            Tag.caption(.class("vh")) { "Tools" }
            CatalogueTable.head(["Tool", "Risk", "Category", "Server"])
            Tag.tbody {
                for tool in tools {
                    Tag.tr {
                        Tag.th(.scope("row")) {
                            Tag.a(.class("plain"), .href(CatalogueAddress.tool(tool.name, of: tool.server))) {
                                HTML.name(tool.name)
                            }
                        }
                        Tag.td(.class("end")) { HTML.risk(tool.risk) }
                        Tag.td(.class("off")) { tool.category.rawValue }
                        Tag.td(.class("full")) {
                            Tag.a(.class("plain"), .href(CatalogueAddress.server(tool.server))) {
                                HTML.name(tool.server)
                            }
                        }
                    }
                }
            }
        }
    }
}
