import Testing

@testable import RegistryHTTP

/// Nothing but the origin that a person typed is ever asked.
@Suite("Registry address")
struct RegistryAddressTests {
    static let addresses: [(typed: String, page: String)] = [
        ("https://registry.example", "https://registry.example/v0.1/servers?limit=100"),
        ("https://Registry.Example/", "https://registry.example/v0.1/servers?limit=100"),
        ("https://r.example:8443/sub/", "https://r.example:8443/sub/v0.1/servers?limit=100"),
        ("https://r.example/v0.1", "https://r.example/v0.1/servers?limit=100"),
        ("https://r.example/v0/servers", "https://r.example/v0/servers?limit=100"),
        ("http://127.0.0.1:9", "http://127.0.0.1:9/v0.1/servers?limit=100"),
        ("http://[::1]:9", "http://[::1]:9/v0.1/servers?limit=100"),
    ]

    @Test("an address with or without the list's path leads to the list", arguments: addresses)
    func pages(_ typed: String, _ page: String) throws {
        #expect(try RegistryAddress(typed).page(at: nil, since: nil) == page)
    }

    @Test("cursor and moment are percent-encoded, whatever is in them")
    func encoding() throws {
        let page = try RegistryAddress("https://r.example").page(at: "a&b=c d/é", since: "2026-01-01T00:00:00Z")
        #expect(
            page
                == "https://r.example/v0.1/servers?limit=100&updated_since=2026-01-01T00%3A00%3A00Z&cursor=a%26b%3Dc%20d%2F%C3%A9"
        )
    }

    static let refused: [(String, RegistryAddress.Refusal)] = [
        ("registry.example", .form), ("ftp://r.example", .form), ("https://", .form), ("https://u:p@r.example", .form),
        ("https://r.example/?a", .form), ("https://r.example#a", .form), ("https://r.ex ample", .form),
        ("http://r.example", .clear), ("http://127.0.0.1.example", .clear), ("http://10.0.0.1", .clear),
    ]

    @Test("what is no registry's address is refused", arguments: refused)
    func refusal(_ typed: String, _ refusal: RegistryAddress.Refusal) {
        #expect(throws: refusal) { try RegistryAddress(typed) }
    }

    static let elsewhere = [
        "http://r.example/x", "https://evil.example/", "//evil.example/", "https://r.example.evil.example/",
        "https://r.example@evil.example/", "https://r.example:444/", "http://169.254.169.254/latest", "x", "",
        "https://r.example", "https://R.EXAMPLE@10.0.0.1/",
    ]

    @Test("a redirect is followed within the origin alone", arguments: elsewhere)
    func redirects(_ location: String) throws {
        let address = try RegistryAddress("https://r.example/a")
        #expect(address.target(of: location) == nil)
        #expect(address.target(of: "/b?c") == "https://r.example/b?c")
        #expect(address.target(of: "https://R.example/b") == "https://R.example/b")
    }
}
