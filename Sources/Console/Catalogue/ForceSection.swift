import ToolCatalogue

/// The three steps that put a recommended policy in force, with what each client is told.
struct ForceSection {
    let facts: ToolPage
    let gateway: String
    let policy: Address

    var section: HTML {
        HTML.section("force", "Put it in force") {
            Tag.ol(.class("steps")) {
                for (place, step) in facts.steps.enumerated() {
                    Tag.li {
                        Tag.h3 { step.title }
                        Tag.p(.class("soft-text")) { HTML.prose(step.text) }
                        if place == 0, let declaration = ServerDeclaration(facts.server) {
                            Tag.pre(.tabindex(0), .ariaLabel("Lines of gatehouse.yaml")) {
                                Tag.code { HTML.verbatim(declaration.text) }
                            }
                            Tag.p(.class("note gap")) { "Or, without a file, while the gateway runs:" }
                            Self.command(declaration.command, "Command that registers the server")
                        }
                        if place == 1 {
                            Tag.p(.class("gap")) {
                                Tag.a(.href(.fragment("recommended"))) { "The recommended policy" }
                                " · "
                                Tag.a(.href(CatalogueAddress.policy(of: CatalogueAddress.server(facts.server.slug)))) {
                                    "Open in builder"
                                }
                            }
                        }
                        if place == 1 {
                            Self.command(
                                "gatehouse policy publish \(slug) policy.json", "Command that publishes the policy")
                        }
                        if place == 2 {
                            Self.command(
                                "gatehouse grant create my-agent --server \(slug)=\(slug)",
                                "Command that makes a grant and prints its token")
                            clients
                        }
                    }
                }
            }
        }
    }

    private var slug: String { GatewaySlug(facts.server.slug).text }

    private static func command(_ text: String, _ label: String) -> HTML {
        Tag.pre(.class("gap"), .tabindex(0), .ariaLabel(label)) { Tag.code { HTML.verbatim(text) } }
    }

    /// Tabs that need no script: the chosen client's radio button shows its pane.
    private var clients: HTML {
        let slug = GatewaySlug(facts.server.slug)
        let snippets = ClientSnippet.all(slug, at: "\(gateway)/mcp/\(slug.text)")
        return Tag.div(.class("tabbed"), .role("group"), .ariaLabel("Client")) {
            for (place, snippet) in snippets.enumerated() {
                VoidTag.input(
                    [.type("radio"), .name("client"), .id("client-\(snippet.id)"), .class("vh")]
                        + (place == 0 ? [.checked] : []))
            }
            Tag.div(.class("tabs"), .role("presentation")) {
                for snippet in snippets { Tag.label(.for("client-\(snippet.id)")) { snippet.client } }
            }
            Tag.div(.class("panes")) {
                for snippet in snippets {
                    Tag.div {
                        Tag.p(.class("note gap")) {
                            Tag.span(.class("print-only")) { "\(snippet.client): " }
                            "\(snippet.place), with the token of a grant where ghs_… stands."
                        }
                        Tag.pre(.tabindex(0), .ariaLabel("For \(snippet.client)")) {
                            Tag.code { Self.marked(snippet.text) }
                        }
                    }
                }
            }
        }
    }

    /// The place of the token stands out.
    private static func marked(_ text: String) -> HTML {
        let parts = text.split(separator: "ghs_…", omittingEmptySubsequences: false)
        return HTML(
            parts.enumerated().map { place, part in
                HTML {
                    if place > 0 { Tag.b { "ghs_…" } }
                    HTML.verbatim(String(part))
                }
            })
    }
}
