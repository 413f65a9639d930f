/// Markup that is right by construction: what is in it is either an element of ``Tag`` or text that was escaped.
///
/// There is no way from a `String` to markup but through ``text(_:)``; a literal of this project's own, such as the mark
/// in the page's head, comes in as a `StaticString`, which no value can be written into.
struct HTML: Sendable, Equatable {
    /// UTF-8.
    private(set) var bytes: [UInt8]

    /// Nothing.
    static let empty = HTML(bytes: [])

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Text as text: what would be markup is spelled as character references, what hides itself is made visible
    /// (``HiddenText``).
    static func text(_ text: String) -> HTML {
        var bytes: [UInt8] = []
        EscapedText.append(HiddenText.shown(text), to: &bytes)
        return HTML(bytes: bytes)
    }

    /// Text exactly as it is, for what a form sends back: escaped, with nothing made visible.
    static func verbatim(_ text: String) -> HTML {
        var bytes: [UInt8] = []
        EscapedText.append(text, to: &bytes)
        return HTML(bytes: bytes)
    }

    /// A literal of our own.
    init(trusted literal: StaticString) {
        bytes = literal.withUTF8Buffer { Array($0) }
    }

    /// A data block for machines, of JSON: every `<` becomes an escape of JSON, so that nothing in it ends the element or
    /// begins a comment.
    init(linkedData json: [UInt8]) {
        bytes = Array(#"<script type="application/ld+json">"#.utf8)
        for byte in json {
            if byte == UInt8(ascii: "<") { bytes += #"\u003c"#.utf8 } else { bytes.append(byte) }
        }
        bytes += "</script>".utf8
    }

    /// Markup in a row.
    init(_ parts: some Sequence<HTML>) {
        bytes = []
        for part in parts { bytes += part.bytes }
    }

    /// An element with its content.
    static func element(_ tag: Tag, _ attributes: [Attribute], _ content: HTML) -> HTML {
        var html = opened(tag.name, attributes)
        html.bytes += content.bytes
        html.bytes += "</".utf8
        tag.name.withUTF8Buffer { html.bytes += $0 }
        html.bytes.append(UInt8(ascii: ">"))
        return html
    }

    /// An element that has no content and no end.
    static func element(_ tag: VoidTag, _ attributes: [Attribute]) -> HTML { opened(tag.name, attributes) }

    private static func opened(_ name: StaticString, _ attributes: [Attribute]) -> HTML {
        var bytes: [UInt8] = [UInt8(ascii: "<")]
        name.withUTF8Buffer { bytes += $0 }
        for attribute in attributes { attribute.append(to: &bytes) }
        bytes.append(UInt8(ascii: ">"))
        return HTML(bytes: bytes)
    }
}
