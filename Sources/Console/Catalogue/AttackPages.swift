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

    static func page(of pattern: AttackPattern, origin: String) -> Page {
        var page = Page(title: pattern.title, description: pattern.summary) {
            Tag.div(.class("doc article")) { article(on: pattern) }
        }
        let address = CatalogueAddress.attack(pattern)
        page.section = .attacks
        page.crumbs = [("Attack patterns", .path("attacks"))]
        page.canonical = address.absolute(at: origin)
        page.data = address.asJSON()
        page.linkedData = CatalogueLinkedData.attack(pattern, at: address.absolute(at: origin))
        return page
    }

    private static func article(on pattern: AttackPattern) -> HTML {
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
            HTML.section("reading", "Further reading") {
                Tag.ul(.class("list plain-list")) {
                    for reference in pattern.references { Tag.li { Tag.span { reference } } }
                }
            }
        }
    }
}
