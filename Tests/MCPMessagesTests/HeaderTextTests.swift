import MCPMessages
import Testing

/// Revision 2026-07-28, "Encoding of header values".
@Suite("Header text")
struct HeaderTextTests {
    static let pairs: [(text: String, header: String)] = [
        ("echo", "echo"), ("a b", "a b"), ("a=b?c", "a=b?c"), ("!\"#$%&'()*+,-./~", "!\"#$%&'()*+,-./~"),
        ("=?base64?", "=?base64?"), ("=?base64?=", "=?base64?="), ("=?BASE64?ZWNobw==?=", "=?BASE64?ZWNobw==?="),
        ("x=?base64?ZQ==?=", "x=?base64?ZQ==?="),
        ("=?base64??=", "=?base64?PT9iYXNlNjQ/Pz0=?="), ("=?base64?ZQ==?=", "=?base64?PT9iYXNlNjQ/WlE9PT89?="),
        (" echo", "=?base64?IGVjaG8=?="), ("echo ", "=?base64?ZWNobyA=?="), ("a\tb", "=?base64?YQli?="),
        ("a\r\nX: y", "=?base64?YQ0KWDogeQ==?="), ("\0", "=?base64?AA==?="), ("\u{7F}", "=?base64?fw==?="),
        ("caf\u{E9}", "=?base64?Y2Fmw6k=?="), ("cafe\u{301}", "=?base64?Y2FmZcyB?="), ("日本", "=?base64?5pel5pys?="),
        ("\u{200B}", "=?base64?4oCL?="), ("~~~\u{FF}", "=?base64?fn5+w78=?="),
    ]

    @Test("a value and its header stand for each other", arguments: pairs)
    func pair(_ value: String, _ header: String) {
        #expect(text(HeaderText.encode(Array(value.utf8))) == header)
        #expect(HeaderText.decode(header) == Array(value.utf8))
    }

    static let malformed = [
        "=?base64?ZWNobw?=", "=?base64?ZWNobw=?=", "=?base64?ZWNobw===?=", "=?base64?ZWNobw====?=",
        "=?base64?ZWNobx==?=", "=?base64?ZWNobwA?=", "=?base64?ZWNo bw==?=", "=?base64?ZWNo\nbw==?=",
        "=?base64?ZW==bw==?=", "=?base64?====?=", "=?base64?=AAA?=", "=?base64?A===?=", "=?base64?fn5-?=",
        "=?base64?_w==?=", "=?base64?ZWNobw%3D%3D?=", "=?base64?Zé==?=",
        // Not encoded although it is not plain: a reader on the way may take it for Latin-1 or cut it.
        "caf\u{E9}", "\u{200B}", "a\tb", "a\u{7F}", "\u{FFFD}",
    ]

    @Test("malformed and non-canonical spellings are none", arguments: malformed)
    func refuses(_ header: String) {
        #expect(HeaderText.decode(header) == nil)
    }

    @Test("every length of bytes comes back as it was")
    func lengths() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ 200) }
            let header = HeaderText.encode(bytes)
            #expect(header.allSatisfy { (0x21...0x7E).contains($0) })
            #expect(HeaderText.decode(text(header)) == bytes)
        }
    }
}
