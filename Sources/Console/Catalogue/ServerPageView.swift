import GatewayStorage
import ToolCatalogue

/// The page of one server: what an agent can do with it at worst, its tools by risk, the policy for all of it.
struct ServerPageView {
    let facts: ServerPage
    let edition: CatalogueEdition?
    let origin: String

    private var server: CatalogueServer { facts.server }
    private var address: Address { CatalogueAddress.server(server.slug) }

    var page: Page {
        var page = Page(title: server.slug, description: "What an agent can do with \(server.slug). \(facts.summary)") {
            head
            Tag.div(.class("cols doc tool")) {
                Tag.div(.class("first")) { worst }
                recommended
                Tag.div(.class("rest")) {
                    tools
                    if !facts.attacks.isEmpty { attacks }
                }
            }
        }
        page.section = .catalogue
        page.crumbs = CatalogueCrumbs.above(server)
        page.canonical = address.absolute(at: origin)
        page.data = address.asJSON()
        page.linkedData = CatalogueLinkedData.server(facts, at: address.absolute(at: origin))
        page.footnote = CatalogueFootnote.of(server, edition)
        return page
    }

    private var head: HTML {
        Tag.div(.class("tool-head")) {
            Tag.h1 { HTML.name(server.slug) }
            Tag.p(.class("kicker")) {
                if let worst = server.tools.map(\.verdict.risk).max() {
                    HTML.risk(worst, "Up to \(worst.rawValue) risk")
                }
                Tag.span { Figure.text(server.tools.count, "tool") }
                if !server.provider.isEmpty { Tag.span { Provider(slug: server.provider).title } }
            }
            Tag.p(.class("gap")) { HTML.counts { server.counts[$0] ?? 0 } }
        }
    }

    private var worst: HTML {
        HTML.section("worst", "What an agent can do at worst") {
            if facts.abilities.isEmpty {
                Tag.p(.class("prose")) { "Nothing: the server lists no tools." }
            } else {
                Tag.p(.class("prose")) { "With every tool of this server and no policy, an agent can:" }
                Tag.ul(.class("list gap-3")) {
                    for ability in facts.abilities {
                        Tag.li {
                            Tag.div {
                                Tag.strong { ability.deed }
                                Tag.p(.class("soft-text")) { examples(ability.tools) }
                            }
                            HTML.risk(ability.risk)
                        }
                    }
                }
            }
        }
    }

    @HTMLBuilder private func examples(_ names: [String]) -> HTML {
        for (place, name) in names.prefix(3).enumerated() {
            place == 0 ? "" : ", "
            Tag.a(.class("plain"), .href(CatalogueAddress.tool(name, of: server.slug))) { HTML.name(name) }
        }
        names.count > 3 ? " and \(Figure.text(names.count - 3)) more" : ""
    }

    private var attacks: HTML {
        HTML.section("attacks", "Attack patterns that apply") {
            Tag.ul(.class("list")) {
                for exposure in facts.attacks {
                    Tag.li {
                        Tag.div {
                            Tag.a(.class("row-link"), .href(CatalogueAddress.attack(exposure.pattern))) {
                                exposure.pattern.title
                            }
                            Tag.p(.class("soft-text")) { examples(exposure.tools) }
                        }
                    }
                }
            }
        }
    }

    private var recommended: HTML {
        Tag.aside(.class("section"), .ariaLabelledBy("recommended")) {
            Tag.h2(.id("recommended")) { "Recommended policy" }
            PolicyBox.file(
                HTML.verbatim(PolicyText(facts.policy).text), CatalogueAddress.policy(of: address),
                label: "policy.json for the whole server"
            ) {
                Tag.p {
                    Tag.strong { actions }
                    " "
                    Tag.span(.class("soft-text")) { "What is not listed is denied." }
                }
            }
            Tag.div(.class("btns gap-3")) {
                Tag.a(.class("btn main"), .href(CatalogueAddress.policy(of: address)), .download("policy.json")) {
                    "Use this policy"
                }
                Tag.a(.class("btn"), .href(CatalogueAddress.policy(of: address))) { "Open in builder" }
            }
            Tag.dl(.class("facts gap-4")) {
                if !server.package.isEmpty { CatalogueTable.fact("Package") { package } }
                if !server.registry.isEmpty { CatalogueTable.fact("Registry") { server.registry } }
                if !server.version.isEmpty { CatalogueTable.fact("Looked at") { "version \(server.version)" } }
                if !server.provider.isEmpty {
                    CatalogueTable.fact("Provider") {
                        Tag.a(.href(CatalogueAddress.provider(server.provider))) {
                            Provider(slug: server.provider).title
                        }
                    }
                }
            }
        }
    }

    /// `3 hidden, 4 asked for, 8 limited, 14 allowed.`
    private var actions: String {
        let words: [(Recommendation.Action, String)] = [
            (.hide, "hidden"), (.approval, "put before a person"), (.limit, "limited"), (.allow, "allowed"),
        ]
        let parts = words.compactMap { action, word in
            facts.actions[action].map { "\(Figure.text($0)) \(word)" }
        }
        return parts.isEmpty ? "Nothing to allow." : "\(parts.joined(separator: ", "))."
    }

    @HTMLBuilder private var package: HTML {
        switch server.registry {
        case "pypi": Tag.a(.href(.site("https://pypi.org/project", server.package))) { HTML.name(server.package) }
        case "npm": Tag.a(.href(.site("https://www.npmjs.com/package", server.package))) { HTML.name(server.package) }
        default: HTML.name(server.package)
        }
    }

    private var tools: HTML {
        HTML.section("tools", "All \(Figure.text(server.tools.count, "tool")), by risk") {
            Tag.table(.class("stacked gap-3")) {
                Tag.caption(.class("vh")) { "Tools" }
                CatalogueTable.head(["Tool", "Risk", "Category", "Recommended"])
                for risk in Risk.allCases.reversed() {
                    if let count = server.counts[risk] {
                        Tag.tbody {
                            Tag.tr(.class("group")) {
                                Tag.th(.colspan(4), .scope("rowgroup")) { "\(risk.rawValue) \(Figure.text(count))" }
                            }
                            for tool in facts.tools where tool.verdict.risk == risk {
                                CatalogueTable.row(tool, of: server.slug)
                            }
                        }
                    }
                }
            }
        }
    }
}
