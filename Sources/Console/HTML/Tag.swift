/// The name of an element with content. Closed: there is no `script` or `style` among them.
struct Tag: Sendable {
    let name: StaticString

    private init(_ name: StaticString) { self.name = name }

    /// The element: `Tag.p(.class("prose")) { "escaped text" }`.
    func callAsFunction(_ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
        .element(self, attributes, content())
    }

    /// The element without content.
    func callAsFunction(_ attributes: Attribute...) -> HTML { .element(self, attributes, .empty) }

    /// The element with attributes that were put together before.
    func callAsFunction(_ attributes: [Attribute], @HTMLBuilder content: () -> HTML) -> HTML {
        .element(self, attributes, content())
    }

    static let a = Tag("a")
    static let aside = Tag("aside")
    static let b = Tag("b")
    static let bdi = Tag("bdi")
    static let body = Tag("body")
    static let button = Tag("button")
    static let caption = Tag("caption")
    static let code = Tag("code")
    static let dd = Tag("dd")
    static let details = Tag("details")
    static let div = Tag("div")
    static let dl = Tag("dl")
    static let dt = Tag("dt")
    static let fieldset = Tag("fieldset")
    static let footer = Tag("footer")
    static let form = Tag("form")
    static let h1 = Tag("h1")
    static let h2 = Tag("h2")
    static let h3 = Tag("h3")
    static let head = Tag("head")
    static let header = Tag("header")
    static let html = Tag("html")
    static let i = Tag("i")
    static let kbd = Tag("kbd")
    static let label = Tag("label")
    static let legend = Tag("legend")
    static let li = Tag("li")
    static let main = Tag("main")
    static let mark = Tag("mark")
    static let nav = Tag("nav")
    static let ol = Tag("ol")
    static let option = Tag("option")
    static let output = Tag("output")
    static let p = Tag("p")
    static let pre = Tag("pre")
    static let progress = Tag("progress")
    static let section = Tag("section")
    static let select = Tag("select")
    static let span = Tag("span")
    static let strong = Tag("strong")
    static let summary = Tag("summary")
    static let table = Tag("table")
    static let tbody = Tag("tbody")
    static let td = Tag("td")
    static let textarea = Tag("textarea")
    static let th = Tag("th")
    static let thead = Tag("thead")
    static let time = Tag("time")
    static let title = Tag("title")
    static let tr = Tag("tr")
    static let ul = Tag("ul")
}

/// The name of an element that has neither content nor end.
struct VoidTag: Sendable {
    let name: StaticString

    private init(_ name: StaticString) { self.name = name }

    func callAsFunction(_ attributes: Attribute...) -> HTML { .element(self, attributes) }

    func callAsFunction(_ attributes: [Attribute]) -> HTML { .element(self, attributes) }

    static let br = VoidTag("br")
    static let hr = VoidTag("hr")
    static let input = VoidTag("input")
    static let link = VoidTag("link")
    static let meta = VoidTag("meta")
}
