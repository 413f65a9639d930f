import GatewayStorage
import PolicyEngine
import ToolCatalogue

/// The page of one tool, section by section in the order of the product's description.
struct ToolPageView {
    let facts: ToolPage
    let edition: CatalogueEdition?
    /// Where the server is reached through the gateway.
    let gateway: String
    let origin: String

    private var server: CatalogueServer { facts.server }
    private var tool: CatalogueTool { facts.tool }
    private var address: Address { CatalogueAddress.tool(tool.name, of: server.slug) }
    private var verdict: Classification { tool.verdict }

    var page: Page {
        var page = Page(title: "\(tool.name), \(server.slug)", description: facts.summary) {
            head
            Tag.div(.class("cols doc tool")) {
                Tag.div(.class("first")) {
                    whatItDoes
                    why
                    attacks
                }
                recommended
                Tag.div(.class("rest")) {
                    ForceSection(facts: facts, gateway: gateway, policy: CatalogueAddress.policy(of: address)).section
                    related
                    reading
                    action
                    questions
                }
            }
        }
        page.section = .catalogue
        page.crumbs = CatalogueCrumbs.above(server) + [(server.slug, CatalogueAddress.server(server.slug))]
        page.canonical = address.absolute(at: origin)
        page.data = address.asJSON()
        page.linkedData = CatalogueLinkedData.tool(facts, at: address.absolute(at: origin))
        page.footnote = CatalogueFootnote.of(server, edition)
        return page
    }

    private var head: HTML {
        Tag.div(.class("tool-head")) {
            Tag.h1 { HTML.name(tool.name) }
            Tag.p(.class("kicker")) {
                HTML.risk(verdict.risk, "\(verdict.risk.rawValue) risk")
                Tag.span { verdict.category.rawValue }
                Tag.span { HTML.name(server.slug) }
            }
            Tag.p(.class("prose")) { facts.summary }
            Tag.p(.class("btns gap-3")) {
                Tag.a(.class("btn main"), .href(.fragment("recommended"))) { "\(facts.actionWord) this tool" }
            }
        }
    }

    private var whatItDoes: HTML {
        HTML.section("does", "What it does") {
            Tag.div(.class("prose")) { Tag.p { HTML.prose(facts.whatItDoes.joined(separator: " ")) } }
            if !tool.arguments.isEmpty {
                Tag.table(.class("stacked gap-3")) {
                    Tag.caption(.class("vh")) { "Arguments" }
                    CatalogueTable.head(["Argument", "Type", "Meaning"])
                    Tag.tbody {
                        for argument in tool.arguments {
                            Tag.tr {
                                Tag.th(.scope("row")) { HTML.name(argument.name) }
                                Tag.td(.class("end")) {
                                    argument.kind.words + (argument.isRequired ? ", required" : "")
                                }
                                Tag.td(.class("full")) { argument.meaning }
                            }
                        }
                    }
                }
            }
        }
    }

    private var why: HTML {
        HTML.section("why", "Why it needs a policy") {
            Tag.div(.class("prose")) { Tag.p { facts.why.joined(separator: " ") } }
            if !facts.evidence.isEmpty {
                Tag.table(.class("stacked gap-3")) {
                    Tag.caption(.class("vh")) { "Evidence for the verdict" }
                    CatalogueTable.head(["Evidence", "Found", "Speaks for"])
                    Tag.tbody {
                        for row in facts.evidence {
                            Tag.tr {
                                Tag.th(.scope("row")) { row.place }
                                Tag.td(.class("end")) { Tag.code { HTML.name(row.found) } }
                                Tag.td(.class("full")) { row.speaksFor }
                            }
                        }
                    }
                }
            }
            Tag.p(.class("note gap")) { HTML.prose(facts.basis) }
        }
    }

    private var attacks: HTML {
        HTML.section("attacks", "Attack patterns that apply") {
            if facts.attacks.isEmpty {
                Tag.p(.class("prose")) { "None of the documented patterns applies to this tool by itself." }
            } else {
                Tag.ul(.class("list")) {
                    for match in facts.attacks {
                        Tag.li {
                            Tag.div {
                                Tag.a(.class("row-link"), .href(CatalogueAddress.attack(match.pattern))) {
                                    match.pattern.title
                                }
                                Tag.p(.class("soft-text")) { HTML.prose(match.reason) }
                            }
                        }
                    }
                }
            }
        }
    }

    private var recommended: HTML {
        Tag.aside(.class("section"), .ariaLabelledBy("recommended")) {
            Tag.h2(.id("recommended")) { "Recommended policy" }
            Tag.p(.class("soft-text")) { "For the whole server, with this tool’s rule marked." }
            PolicyBox.file(
                PolicyText(facts.serverPolicy).marked(tool.name),
                CatalogueAddress.policy(of: CatalogueAddress.server(server.slug)),
                label: "policy.json for the whole server"
            ) {
                Tag.p {
                    Tag.strong { facts.policyMeaning }
                    " "
                    Tag.span(.class("soft-text")) { "Every other tool has its own recommended rule." }
                }
            }
            Tag.div(.class("btns gap-3")) {
                Tag.a(
                    .class("btn main"), .href(CatalogueAddress.policy(of: CatalogueAddress.server(server.slug))),
                    .download("policy.json")
                ) { "Use this policy" }
                Tag.a(.class("btn"), .href(CatalogueAddress.policy(of: CatalogueAddress.server(server.slug)))) {
                    "Open in builder"
                }
            }
            Tag.details(.class("fold gap-4")) {
                Tag.summary { "The rule for this tool alone" }
                PolicyBox.file(
                    PolicyText(facts.toolPolicy).marked(tool.name), CatalogueAddress.policy(of: address),
                    label: "policy.json for this tool alone"
                ) {
                    Tag.p {
                        if facts.toolPolicy.deniesOthers {
                            Tag.strong { "Denies every other tool" }
                            " of the server: a fragment to start from, or to add to a policy you have."
                        } else {
                            "A fragment to add to a policy you have."
                        }
                    }
                }
            }
            factList
        }
    }

    private var factList: HTML {
        Tag.dl(.class("facts gap-4")) {
            CatalogueTable.fact("Category") { verdict.category.rawValue }
            CatalogueTable.fact("Risk") { HTML.risk(verdict.risk) }
            CatalogueTable.fact("Recommended") { HTML.action(tool.recommendation) }
            CatalogueTable.fact("Server") {
                Tag.a(.href(CatalogueAddress.server(server.slug))) { HTML.name(server.slug) }
                ", \(Figure.text(server.tools.count, "tool"))"
            }
            if let edition {
                CatalogueTable.fact("Index") {
                    "\(Figure.text(edition.servers + edition.packages, "server")), \(Figure.text(edition.tools, "tool"))"
                }
            }
            CatalogueTable.fact("Definition") { Tag.code { "sha256:\(tool.definition.hex)" } }
        }
    }

    private var related: HTML {
        Tag.section(.class("section"), .ariaLabelledBy("related")) {
            Tag.div(.class("head")) {
                Tag.h2(.id("related")) { "Related tools" }
                Tag.a(.href(CatalogueAddress.server(server.slug))) {
                    "All \(Figure.text(server.tools.count, "tool")) of \(server.slug)"
                }
            }
            if facts.related.isEmpty {
                Tag.p(.class("prose")) { "No other tool of this server deals with the same things." }
            } else {
                CatalogueTable.tools(facts.related.map { ($0, server.slug) }, label: "Related tools")
            }
        }
    }

    @HTMLBuilder private var reading: HTML {
        if !facts.furtherReading.isEmpty {
            HTML.section("reading", "Further reading") {
                Tag.ul(.class("list plain-list")) {
                    for reference in facts.furtherReading { Tag.li { Tag.span { reference } } }
                }
            }
        }
    }

    private var action: HTML {
        HTML.section("act", "\(facts.actionWord) it now") {
            Tag.p(.class("prose")) { facts.policyMeaning }
            Tag.p(.class("btns gap-3")) {
                Tag.a(
                    .class("btn main"), .href(CatalogueAddress.policy(of: CatalogueAddress.server(server.slug))),
                    .download("policy.json")
                ) {
                    "\(facts.actionWord) "
                    HTML.name(tool.name)
                }
            }
        }
    }

    private var questions: HTML {
        Tag.section(.class("section qa"), .ariaLabelledBy("questions")) {
            Tag.h2(.id("questions")) { "Questions and answers" }
            for (place, question) in facts.questions.enumerated() {
                Tag.details(place == 0 ? [.open] : []) {
                    Tag.summary { question.question }
                    Tag.p(.class("prose")) { HTML.prose(question.answer) }
                }
            }
        }
    }
}

extension PolicyDocument {
    /// Whether what is not named is denied.
    var deniesOthers: Bool { tools.standing == .deny }
}
