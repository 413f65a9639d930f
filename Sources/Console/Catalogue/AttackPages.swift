import GatewayStorage
import ToolCatalogue

/// The pages of documented attacks.
enum AttackPages {
    static func index(origin: String) -> Page {
        var page = Page(
            title: "Attack patterns",
            description: "Ways in which agents with tools are made to do harm, and what stops them."
        ) {
            Tag.div(.class("head")) {
                Tag.div {
                    Tag.h1 { "Attack patterns" }
                    Tag.p { "Ways in which agents with tools are made to do harm, and what stops them." }
                }
            }
            Tag.ul(.class("list")) {
                for pattern in AttackPattern.all {
                    Tag.li {
                        Tag.div {
                            Tag.a(.class("row-link"), .href(CatalogueAddress.attack(pattern))) { pattern.title }
                            Tag.p(.class("soft-text")) { pattern.summary }
                        }
                    }
                }
            }
        }
        page.section = .attacks
        page.canonical = Address.path("attacks").absolute(at: origin)
        page.data = Address.path("attacks").asJSON()
        return page
    }

    static func page(
        of pattern: AttackPattern, _ reach: AttackReach, _ edition: CatalogueEdition?, origin: String
    ) -> Page {
        var page = Page(title: pattern.title, description: pattern.summary) {
            Tag.div(.class("doc article")) { article(on: pattern, reach) }
        }
        page.footnote = CatalogueFootnote.of(nil, edition)
        let address = CatalogueAddress.attack(pattern)
        page.section = .attacks
        page.crumbs = [("Attack patterns", .path("attacks"))]
        page.canonical = address.absolute(at: origin)
        page.data = address.asJSON()
        page.linkedData = CatalogueLinkedData.attack(pattern, at: address.absolute(at: origin))
        return page
    }

    private static func article(on pattern: AttackPattern, _ reach: AttackReach) -> HTML {
        HTML {
            Tag.h1 { pattern.title }
            Tag.p(.class("prose gap")) { pattern.summary }
            HTML.section("how", "How it goes") {
                Tag.ol(.class("steps gap-3")) {
                    for step in pattern.steps { Tag.li { Tag.p(.class("prose")) { step } } }
                }
            }
            HTML.section("stop", "What stops it") {
                Tag.ul(.class("list prose")) { for defence in pattern.defences { Tag.li { Tag.span { defence } } } }
            }
            if reach.count.value > 0 { tools(pattern, reach) }
            HTML.section("reading", "Further reading") {
                Tag.ul(.class("list plain-list")) {
                    for reference in pattern.references { Tag.li { Tag.span { reference } } }
                }
            }
        }
    }

    /// The worst tools, by who publishes them; the rest is a search.
    private static func tools(_ pattern: AttackPattern, _ reach: AttackReach) -> HTML {
        Tag.section(.class("section"), .ariaLabelledBy("tools")) {
            Tag.div(.class("head")) {
                Tag.h2(.id("tools")) { "Tools it applies to" }
                Tag.a(.href(CatalogueAddress.search(.of(pattern)))) {
                    "All \(Figure.text(reach.count.value, isExact: reach.count.isExact))"
                }
            }
            if reach.groups.isEmpty {
                ToolHits.table(reach.worst)
            } else {
                Tag.p(.class("soft-text")) { "The worst of each provider, judged by their definitions." }
                for group in reach.groups {
                    Tag.div(.class("head gap-3")) {
                        Tag.h3 { group.provider.title }
                        Tag.a(.href(CatalogueAddress.search(.of(pattern, provider: group.provider.slug)))) {
                            "All \(Figure.text(group.count.value, isExact: group.count.isExact))"
                        }
                    }
                    ToolHits.table(group.tools)
                }
            }
        }
    }
}
