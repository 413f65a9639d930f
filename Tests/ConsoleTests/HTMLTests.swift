import Testing
import WireJSON

@testable import Console

/// Markup is right by construction: there is no value that gets out of its place.
struct HTMLTests {
    static let hostile = [
        "</p><script>alert(1)</script>", "\" onmouseover=\"alert(1)", "'--><img src=x onerror=alert(1)>",
        "&lt;b&gt;", "]]>", "javascript:alert(1)", "<!--", "\u{0}<\u{0}b>",
    ]

    @Test("text is text, in an element and in an attribute", arguments: hostile)
    func text(hostile: String) {
        let html = Tag.p(.title(hostile), .value(hostile)) { hostile }
        let inside = String(decoding: html.bytes, as: UTF8.self).dropFirst("<p title=\"".count).dropLast("</p>".count)
        #expect(!inside.contains("<") && inside.filter { $0 == ">" }.count == 1)
        #expect(inside.filter { $0 == "\"" }.count == 3)
        #expect(!inside.unicodeScalars.contains("\0"))
    }

    @Test("what hides itself is shown, and stays as it is where a form sends it back")
    func hidden() {
        let name = "safe\u{202E}tpircs\u{200B}\u{E0041}"
        #expect(Tag.b { name } == Tag.b { "safe\\u{202E}tpircs\\u{200B}\\u{E0041}" })
        #expect(String(decoding: VoidTag.input(.value(name)).bytes, as: UTF8.self) == "<input value=\"\(name)\">")
        #expect(HiddenText.escaped(inJSON: "\"\u{202E}\u{E0041}\"") == #""\u202e\udb40\udc41""#)
        #expect(HiddenText.shown("می‌خواهم 👩‍💻") == "می‌خواهم 👩‍💻")
    }

    /// A name is one segment, and comes back as it was.
    @Test(
        "a name in an address stays that name",
        arguments: [
            "detach_user_policy", "a b", "a/b", "../../etc/passwd", ".", "..", "", "~", "~a", "~a~", "get.json",
            "providers", "100%", "%2F", "é", "e\u{301}", "日本語", "a?b#c", "\u{0}", "\r\nSet-Cookie: x", "a\\b", "~.json",
        ])
    func segments(name: String) throws {
        let segment = AddressSegment.encoded(name)
        #expect(segment.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#\\\"<>".utf8.contains($0) })
        #expect(segment != "." && segment != ".." && !segment.isEmpty && segment != "providers")
        let page = try #require(AddressSegment.decoded(segment[...]))
        #expect(page.name.utf8.elementsEqual(name.utf8) && !page.isData)
        let data = try #require(AddressSegment.decoded("\(segment).json"))
        #expect(data.name.utf8.elementsEqual(name.utf8) && data.isData)
    }

    @Test("a segment that names nothing is none", arguments: ["%", "%4", "%GG", "%FF", "%C0%80", "", ".json", ".."])
    func malformed(segment: String) {
        #expect(AddressSegment.decoded(segment[...]) == nil)
    }

    @Test("linked data cannot end its element")
    func linkedData() {
        let html = HTML.linkedData { $0.object { $0.member("name", "</script><!--") } }
        let text = String(decoding: html.bytes, as: UTF8.self)
        #expect(text == #"<script type="application/ld+json">{"name":"\u003c/script>\u003c!--"}</script>"#)
    }
}
