import Testing

@testable import Fetching

@Suite("Web address")
struct WebAddressTests {
    struct Parts: Equatable, Sendable {
        var scheme: WebAddress.Scheme
        var host: String
        var port: Int
        var path: String
        var hostField: String
    }

    static let accepted: [(String, Parts)] = [
        (
            "https://notes.example/mcp",
            Parts(scheme: .https, host: "notes.example", port: 443, path: "/mcp", hostField: "notes.example")
        ),
        (
            "HTTP://Notes.Example:8080",
            Parts(
                scheme: .http, host: "notes.example", port: 8080, path: "/", hostField: "notes.example:8080")
        ),
        ("http://h:80/", Parts(scheme: .http, host: "h", port: 80, path: "/", hostField: "h")),
        ("http://h:443/", Parts(scheme: .http, host: "h", port: 443, path: "/", hostField: "h:443")),
        ("https://h?key=a/b", Parts(scheme: .https, host: "h", port: 443, path: "/?key=a/b", hostField: "h")),
        (
            "http://127.0.0.1:1/a?b=c@d:e",
            Parts(
                scheme: .http, host: "127.0.0.1", port: 1, path: "/a?b=c@d:e", hostField: "127.0.0.1:1")
        ),
        ("http://[::1]:9/x", Parts(scheme: .http, host: "::1", port: 9, path: "/x", hostField: "[::1]:9")),
        (
            "https://[2001:DB8::1]",
            Parts(
                scheme: .https, host: "2001:db8::1", port: 443, path: "/", hostField: "[2001:db8::1]")
        ),
        ("http://0x7f.1/", Parts(scheme: .http, host: "0x7f.1", port: 80, path: "/", hostField: "0x7f.1")),
        (
            "http://xn--caf-dma.example/",
            Parts(
                scheme: .http, host: "xn--caf-dma.example", port: 80, path: "/", hostField: "xn--caf-dma.example")
        ),
    ]

    @Test("a url is taken apart", arguments: accepted)
    func accepts(_ url: String, _ expected: Parts) throws {
        let address = try WebAddress(url, isOperatorTyped: true)
        let parts = Parts(
            scheme: address.scheme, host: address.host, port: address.port, path: address.path,
            hostField: address.hostField)
        #expect(parts == expected)
        #expect(address.isOperatorTyped)
    }

    static let refused: [(String, WebAddressError)] = [
        ("", .noScheme), ("notes.example/mcp", .noScheme), ("ftp://h/", .noScheme), ("://h", .noScheme),
        ("javascript:alert(1)", .noScheme), ("httpss://h", .noScheme),
        ("http://h/\r\nX: y", .notVisibleASCII), ("http://h/a b", .notVisibleASCII),
        ("http://h/\u{0}", .notVisibleASCII),
        ("http://caf\u{E9}.example/", .notVisibleASCII), ("http://h\u{FF0E}example/", .notVisibleASCII),
        ("http://user@h/", .userInformation), ("http://user:word@h/", .userInformation),
        ("http://a.example@b.example/", .userInformation),
        ("http://h/#a", .fragment), ("http://h#@other/", .fragment),
        ("http:///mcp", .host), ("http://:80/", .host), ("http://[::1/", .host), ("http://[]/", .host),
        ("http://[fe80::1%25lo]/", .host), ("http://[1.2.3.4]/", .host), ("http://[::1]x/", .host),
        ("http://a%2eb/", .host),
        ("http://a\\b/", .host), ("http://a,b/", .host), ("http://\(String(repeating: "a", count: 254))/", .host),
        ("http://h:/", .port), ("http://h:0/", .port), ("http://h:65536/", .port), ("http://h:+80/", .port),
        ("http://h:80:80/", .port), ("http://::1/", .host), ("http://h:8x/", .port), ("http://[::1]:/", .port),
    ]

    @Test("a url that could be read in two ways is refused", arguments: refused)
    func refuses(_ url: String, _ expected: WebAddressError) {
        #expect(throws: expected) { try WebAddress(url, isOperatorTyped: true) }
    }

    @Test("every refusal says what is wanted", arguments: WebAddressError.allCases)
    func explains(_ error: WebAddressError) {
        #expect(!error.description.isEmpty)
    }
}
