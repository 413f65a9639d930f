internal import Gateway

/// What all pages share: head, navigation, foot.
enum Layout {
    /// The whole document.
    static func document(_ page: Page) -> [UInt8] {
        var bytes = Array("<!doctype html>\n".utf8)
        let document = Tag.html(.lang("en")) {
            Tag.head { head(page) }
            Tag.body(.class("public")) {
                Tag.a(.class("skip"), .href(.fragment("main"))) { "Skip to content" }
                top(page)
                Tag.main(.id("main")) {
                    Tag.div(.class("wrap")) {
                        crumbs(page)
                        page.content
                    }
                }
                foot(page)
            }
        }
        bytes += document.bytes
        bytes.append(0x0A)
        return bytes
    }

    @HTMLBuilder private static func head(_ page: Page) -> HTML {
        VoidTag.meta(.charset)
        VoidTag.meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
        Tag.title { "\(page.title) · Gatehouse" }
        VoidTag.meta(.name("description"), .content(page.description))
        VoidTag.meta(.property("og:title"), .content(page.title))
        VoidTag.meta(.property("og:description"), .content(page.description))
        VoidTag.meta(.property("og:type"), .content("website"))
        if let canonical = page.canonical {
            VoidTag.link(.rel("canonical"), .href(canonical))
            VoidTag.meta(.property("og:url"), .content(canonical))
        } else {
            VoidTag.meta(.name("robots"), .content("noindex"))
        }
        if let data = page.data { VoidTag.link(.rel("alternate"), .type("application/json"), .href(data)) }
        VoidTag.link(.rel("icon"), .type("image/svg+xml"), .href(Asset.mark.address))
        VoidTag.link(.rel("stylesheet"), .href(Asset.stylesheet.address))
        page.linkedData
    }

    private static func top(_ page: Page) -> HTML {
        Tag.header(.class("top")) {
            Tag.div {
                Tag.a(.class("brand"), .href(.path())) {
                    mark
                    "Gatehouse"
                }
                Tag.nav(.ariaLabel("Catalogue")) {
                    Tag.ul {
                        for section in Page.Section.allCases {
                            Tag.li { link(to: section, isCurrent: section == page.section) }
                        }
                    }
                }
            }
        }
    }

    private static func link(to section: Page.Section, isCurrent: Bool) -> HTML {
        let (title, address): (String, Address) =
            switch section {
            case .catalogue: ("Catalogue", .path("catalog"))
            case .attacks: ("Attack patterns", .path("attacks"))
            }
        return Tag.a(isCurrent ? [.href(address), .ariaCurrent("page")] : [.href(address)]) { title }
    }

    @HTMLBuilder private static func crumbs(_ page: Page) -> HTML {
        if !page.crumbs.isEmpty {
            Tag.nav(.class("crumbs"), .ariaLabel("Breadcrumb")) {
                Tag.ol {
                    for crumb in page.crumbs { Tag.li { Tag.a(.href(crumb.address)) { crumb.title } } }
                }
            }
        }
    }

    private static func foot(_ page: Page) -> HTML {
        Tag.footer(.class("foot")) {
            Tag.div(.class("wrap")) {
                Tag.span { page.footnote }
                Tag.span { "Gatehouse \(House.version)" }
            }
        }
    }

    /// Two posts and a bar between them.
    private static let mark = HTML(
        trusted: """
            <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><path fill="currentColor" \
            d="M2 3h4v14H2zM14 3h4v14h-4z"/><path d="M7 8.5h6v3H7z"/></svg>
            """)
}
