/// A policy document on a page, with its name, a way to take it along, and what it does.
enum PolicyBox {
    /// - Parameter document: the text, marked where something in it is meant.
    static func file(_ document: HTML, _ address: Address, label: String, @HTMLBuilder meaning: () -> HTML) -> HTML {
        Tag.div(.class("file gap")) {
            Tag.header {
                Tag.span { "policy.json" }
                Tag.a(.class("btn quiet small"), .href(address), .download("policy.json")) { "Download" }
            }
            Tag.pre(.tabindex(0), .ariaLabel(label), .class("tall")) { Tag.code { document } }
            Tag.footer { meaning() }
        }
    }
}
