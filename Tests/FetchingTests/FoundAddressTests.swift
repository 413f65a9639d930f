import Fetching
import Testing

/// What an address in a document may be, beside what the address guard says of where it leads.
@Suite("Found addresses")
struct FoundAddressTests {
    static let typed = ["https://as.example/realm", "http://127.0.0.1:9000/mcp", "http://10.0.0.7/"]

    /// What was found, whether it may be fetched at all, and whether it may lead to a private network.
    static let rows: [(url: String, isTaken: Bool, mayBePrivate: Bool)] = [
        ("https://as.example/keys", true, true), ("https://AS.EXAMPLE:443/keys", true, true),
        ("http://127.0.0.1:9000/keys", true, true), ("http://10.0.0.7:80/keys", true, true),
        ("https://other.example/keys", true, false), ("https://as.example:8443/keys", true, false),
        ("https://10.0.0.7/keys", true, false), ("https://127.0.0.1:9000/", true, false),
        ("http://as.example/keys", false, false), ("http://127.0.0.1:9001/keys", false, false),
        ("http://other.example/", false, false), ("ftp://as.example/", false, false),
        ("file:///etc/passwd", false, false), ("https://a@as.example/", false, false),
        ("https://as.example/#x", false, false), ("javascript:alert(1)", false, false), ("", false, false),
        ("//as.example/keys", false, false), ("/keys", false, false), ("https://as.example\u{212A}/", false, false),
    ]

    @Test("an address found in a document is https, or at an origin that an operator typed", arguments: rows)
    func found(_ url: String, _ isTaken: Bool, _ mayBePrivate: Bool) throws {
        let typed = try Self.typed.map { try WebAddress($0, isOperatorTyped: true) }
        let found = try? WebAddress(found: url, typed: typed)
        #expect((found != nil) == isTaken)
        #expect((found?.isOperatorTyped ?? false) == mayBePrivate)
    }

    @Test("what was itself found in a document vouches for nothing")
    func notTyped() throws {
        let typed = try WebAddress("http://10.0.0.7/", isOperatorTyped: false)
        #expect(throws: WebAddressError.notSecure) { try WebAddress(found: "http://10.0.0.7/", typed: [typed]) }
    }
}
