import GatewayStorage
import ToolCatalogue

/// Tables and lists that several pages of the catalogue have.
enum CatalogueTable {
    static func head(_ titles: [String]) -> HTML {
        Tag.thead { Tag.tr { for title in titles { Tag.th(.scope("col")) { title } } } }
    }

    @HTMLBuilder static func fact(_ name: String, @HTMLBuilder value: () -> HTML) -> HTML {
        Tag.dt { name }
        Tag.dd { value() }
    }

    /// Tools with their verdicts.
    static func tools(_ tools: [(tool: CatalogueTool, server: String)], label: String) -> HTML {
        Tag.table(.class("stacked")) {
            Tag.caption(.class("vh")) { label }
            head(["Tool", "Risk", "Category", "Recommended"])
            Tag.tbody { for item in tools { row(item.tool, of: item.server) } }
        }
    }

    static func row(_ tool: CatalogueTool, of server: String) -> HTML {
        Tag.tr {
            Tag.th(.scope("row")) {
                Tag.a(.class("plain"), .href(CatalogueAddress.tool(tool.name, of: server))) { HTML.name(tool.name) }
            }
            Tag.td(.class("end")) { HTML.risk(tool.verdict.risk) }
            Tag.td(.class("off")) { tool.verdict.category.rawValue }
            Tag.td(.class("full")) { HTML.action(tool.recommendation) }
        }
    }

    /// Servers with how many tools they have of each risk.
    static func servers(_ servers: [CatalogueServerEntry], label: String) -> HTML {
        Tag.table(.class("stacked")) {
            Tag.caption(.class("vh")) { label }
            Tag.thead {
                Tag.tr {
                    Tag.th(.scope("col")) { "Server" }
                    Tag.th(.scope("col")) { "Package" }
                    Tag.th(.scope("col"), .class("num")) { "Tools" }
                    Tag.th(.scope("col")) { "By risk" }
                }
            }
            Tag.tbody { for server in servers { row(server) } }
        }
    }

    private static func row(_ server: CatalogueServerEntry) -> HTML {
        Tag.tr {
            Tag.th(.scope("row")) {
                if let slug = server.slug {
                    Tag.a(.class("row-link"), .href(CatalogueAddress.server(slug))) { HTML.name(slug) }
                } else {
                    HTML.name(server.package)
                }
            }
            Tag.td(.class("off")) {
                HTML.name(server.package)
                if !server.registry.isEmpty { Tag.span(.class("note")) { " \(server.registry)" } }
            }
            if server.slug == nil {
                Tag.td(.class("num off")) { "–" }
                Tag.td(.class("full note")) { "Known by its package; its tools were not looked at" }
            } else {
                Tag.td(.class("num end"), .dataLabel("Tools")) { Figure.text(server.toolCount) }
                Tag.td(.class("full")) { HTML.counts(server.count) }
            }
        }
    }
}

/// What stands in the foot of the catalogue's pages: how much the index holds, and of which day it is.
enum CatalogueFootnote {
    @HTMLBuilder static func of(_ server: CatalogueServer?, _ edition: CatalogueEdition?) -> HTML {
        if let server {
            "\(Figure.text(server.tools.count, "tool")) of "
            HTML.name(server.slug)
            edition == nil ? "" : " in "
        }
        if let edition {
            "\(server == nil ? "An" : "an") index of \(Figure.text(edition.servers + edition.packages, "server")) and "
            "\(Figure.text(edition.tools, "tool")), "
            Tag.time(.datetime(edition.issued)) { edition.issued }
        }
    }
}

/// The pages above one of the catalogue's.
enum CatalogueCrumbs {
    static let index: [(title: String, address: Address)] = [("Catalogue", CatalogueAddress.index)]

    static func above(_ server: CatalogueServer) -> [(title: String, address: Address)] {
        guard !server.provider.isEmpty else { return index }
        return index + [(Provider(slug: server.provider).title, CatalogueAddress.provider(server.provider))]
    }
}
