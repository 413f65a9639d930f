import OAuthMessages
import Testing
import WireJSON

@Suite("Where answers are sent")
struct RedirectAddressTests {
    static let addresses: [(String, String)] = [
        ("https://claude.example/api/callback", "https://claude.example"),
        ("https://claude.example:8443/cb?x=1", "https://claude.example:8443"),
        ("http://127.0.0.1:33418/callback", "http://127.0.0.1:33418"), ("http://127.0.0.1/", "http://127.0.0.1"),
        ("http://[::1]:9/cb", "http://[::1]:9"), ("http://localhost:1/", "http://localhost:1"),
        ("https://[2001:db8::1]/cb", "https://[2001:db8::1]"), ("cursor://anysphere/oauth", "cursor:"),
        ("com.example.app:/callback", "com.example.app:"), ("vscode://vscode.github/did", "vscode:"),
    ]

    @Test(
        "pages by https, this machine's own ports and schemes that applications own can be told", arguments: addresses)
    func possible(text: String, source: String) throws {
        #expect(try #require(RedirectAddress(text)).source == source)
    }

    @Test(
        "what a browser runs or reads, plain http elsewhere, and what two readers take for different places cannot",
        arguments: [
            "", "https:", "https://", "https:///cb", "https:evil.example", "http://evil.example/cb",
            "http://127.0.0.1.evil.example/", "http://127.1/", "http://0x7f.1/", "http://2130706433/",
            "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "blob:x",
            "vbscript:x",
            "about:blank", "myapp://cb", "https://a@evil.example/", "https://evil.example/#x",
            "https://evil.example\\cb",
            "https://evil.example/ x", "https://evil.example/\u{E9}", "https://evil.example:0/",
            "https://evil.example:65536/", "https://evil.example:080/", "https://evil.example:/",
            "https://evil.example;script-src/", "https://evil.example'/", "https://evil.example,b/", "https://*/",
            "https://.example/", "https://-a.example/", "https://a:b:1/", "HTTPS://evil.example/", "com.example.app:",
            "https://evil.example/\"x", "https://evil.example/<x>",
            "https://e.example/" + String(repeating: "a", count: 600),
        ])
    func impossible(text: String) {
        #expect(RedirectAddress(text) == nil)
    }

    static let admissions: [(String, String, Bool)] = [
        ("https://a.example/cb", "https://a.example/cb", true),
        ("https://a.example/cb", "https://a.example/cb/", false),
        ("https://a.example/cb", "https://a.example/CB", false),
        ("https://a.example/cb", "https://A.example/cb", false),
        ("https://a.example/cb", "https://a.example/cb?x=1", false), ("https://a.example/", "https://a.example", false),
        ("https://a.example/cb", "https://a.example:443/cb", false),
        ("https://a.example/cb", "http://127.0.0.1/cb", false),
        ("http://127.0.0.1/cb", "http://127.0.0.1:50000/cb", true),
        ("http://127.0.0.1:1/cb", "http://127.0.0.1/cb", true),
        ("http://127.0.0.1:1/cb", "http://127.0.0.1:2/cb", true),
        ("http://127.0.0.1:1/cb", "http://127.0.0.1:1/c", false),
        ("http://127.0.0.1:1/cb", "http://localhost:1/cb", false), ("http://[::1]:1/cb", "http://[::1]:2/cb", true),
        ("http://localhost/cb", "http://localhost:8080/cb", true),
        ("http://localhost/cb", "https://localhost:80/cb", false),
        ("cursor://a/cb", "cursor://a/cb", true), ("cursor://a/cb", "cursor://b/cb", false),
    ]

    @Test("an address admits itself byte for byte, and on this machine's own host another port", arguments: admissions)
    func admits(registered: String, asked: String, isAdmitted: Bool) throws {
        let (registered, asked) = (try #require(RedirectAddress(registered)), try #require(RedirectAddress(asked)))
        #expect(registered.admits(asked) == isAdmitted)
    }

    @Test("an answer goes behind the address's own query, escaped")
    func answers() throws {
        let plain = try #require(RedirectAddress("https://a.example/cb"))
        #expect(plain.adding([("state", "a&b=c")]) == "https://a.example/cb?state=a%26b%3Dc")
        let queried = try #require(RedirectAddress("https://a.example/cb?x=1"))
        #expect(queried.adding([("code", "c")]) == "https://a.example/cb?x=1&code=c")
    }
}

@Suite("What clients say of themselves")
struct ClientMetadataTests {
    private static let id = "https://client.example/about.json"
    private static let good = #""redirect_uris":["https://client.example/cb"]"#

    @Test(
        "a registration with anything wrong is refused",
        arguments: [
            ("", ClientMetadata.Refusal.unreadable), ("[]", .unreadable), ("{}", .redirects),
            (#"{"redirect_uris":[]}"#, .redirects), (#"{"redirect_uris":"https://a.example/"}"#, .redirects),
            (#"{"redirect_uris":[1]}"#, .redirects),
            (#"{"redirect_uris":["https://a.example/","data:x"]}"#, .redirects),
            ("{\(good),\(good)}", .unreadable), ("{\(good),\"grant_types\":[\"client_credentials\"]}", .flow),
            ("{\(good),\"response_types\":[\"token\"]}", .flow),
            (
                #"{"redirect_uris":[\#(Array(repeating: "\"https://a.example/\"", count: 9).joined(separator: ","))]}"#,
                .redirects
            ),
            (
                #"{"redirect_uris":["https://a.example/\#(String(repeating: "a", count: 480))","https://b.example/\#(String(repeating: "a", count: 480))","https://c.example/\#(String(repeating: "a", count: 99))"]}"#,
                .redirects
            ),
        ])
    func refused(registration: String, why: ClientMetadata.Refusal) {
        #expect(throws: why) { try ClientMetadata(registration: Array(registration.utf8)) }
    }

    @Test(
        "a document with anything wrong is refused",
        arguments: [
            ("{\(good)}", ClientMetadata.Refusal.foreignDocument),
            ("{\"client_id\":\"https://client.example/about.json/\",\(good)}", .foreignDocument),
            ("{\"client_id\":\"\(id)\",\(good),\"client_secret\":\"s\"}", .authentication),
            ("{\"client_id\":\"\(id)\",\(good),\"token_endpoint_auth_method\":\"private_key_jwt\"}", .authentication),
            ("{\"client_id\":\"\(id)\"}", .redirects),
        ])
    func foreign(document: String, why: ClientMetadata.Refusal) {
        #expect(throws: why) { try ClientMetadata(document: Array(document.utf8), at: Self.id) }
    }

    @Test("a name is cut to its bound between characters")
    func name() throws {
        let long = String(repeating: "\u{E9}", count: 99)
        let client = try ClientMetadata(registration: Array("{\"client_name\":\"\(long)\",\(Self.good)}".utf8))
        #expect(client.name == String(repeating: "\u{E9}", count: 50) + "…")
    }
}
