import GatewayStorage
import OAuthMessages
import Testing

@testable import Administration
@testable import Console

/// The page on which a member decides about a client: a stranger's words are text and nothing else.
@Suite("Consent page")
struct ConsentPageTests {
    private static func page(
        name: String? = "Client", document: String? = nil, redirect: String = "https://client.example/cb",
        query: String = "client_id=x", offers: Int = 2
    ) throws -> String {
        let redirect = try #require(RedirectAddress(redirect))
        let question = AuthorizationRequest(
            query: query, clientID: "x", client: ClientMetadata(name: name, redirects: [redirect]), document: document,
            redirect: redirect,
            resource: try #require(ProtectedEndpoint("https://g.example/mcp/iam", at: "https://g.example")),
            challenge: "c", state: nil)
        let organisation = try #require(RecordID("org_1"))
        let page = ConsentPage(
            formToken: "token", question: question,
            offers: try (0..<offers).map { number in
                .init(grant: try #require(RecordID("gra_\(number)")), label: "<i>grant</i>", servers: ["iam"])
            }, actor: Actor(.member(organisation, email: "ann@example.com"), of: organisation, role: .admin))
        return String(decoding: Layout.document(page.page), as: UTF8.self)
    }

    @Test(
        "a client's name ends no element, runs nothing and hides nothing",
        arguments: [
            "</b><script src=//evil.example></script>", "\" onmouseover=\"alert(1)", "'><img src=x onerror=alert(1)>",
            "nice\u{202E}elif", "zero\u{200B}width", "line\u{2028}end", "bell\u{7}", "&lt;b&gt;",
        ])
    func names(name: String) throws {
        let page = try Self.page(name: name, document: "https://client.example/\(name.utf8.count)")
        for mark in ["<script", "<img", "\" onmouseover", "\u{202E}", "\u{200B}", "\u{2028}", "\u{7}", "<i>"] {
            #expect(!page.contains(mark), "\(mark)")
        }
        #expect(page.contains("nobody has checked it"))
    }

    @Test("a client without a name, or with one that cannot be seen, is called so", arguments: [nil, "", " \u{3000} "])
    func nameless(name: String?) throws {
        #expect(try Self.page(name: name).contains("A client without a name"))
    }

    @Test("both forms lead to this console and repeat the question exactly")
    func forms() throws {
        let page = try Self.page(query: "client_id=a&state=%22%3E<x>\"&x=1")
        #expect(Self.count("<form ", in: page) == 2)
        #expect(Self.count("method=\"post\" action=\"/oauth/authorize\"", in: page) == 2)
        let repeated = "name=\"request\" value=\"client_id=a&amp;state=%22%3E&lt;x&gt;&quot;&amp;x=1\""
        #expect(Self.count(repeated, in: page) == 2)
        #expect(Self.count("name=\"form\" value=\"token\"", in: page) == 2)
    }

    private static func count(_ text: String, in page: String) -> Int { page.ranges(of: text).count }

    @Test("the only grant is chosen; among several a person chooses; with none there is nothing to allow")
    func choices() throws {
        #expect(try Self.page(offers: 1).contains(" checked>"))
        #expect(try !Self.page(offers: 2).contains(" checked>"))
        let none = try Self.page(offers: 0)
        #expect(!none.contains("Let it in") && none.contains("No grant of yours") && none.contains("value=\"deny\""))
    }

    @Test("a page says where the answer goes, and warns of a program on one's own machine", arguments: [true, false])
    func places(isWeb: Bool) throws {
        let page = try Self.page(redirect: isWeb ? "https://client.example:8443/cb" : "cursor://oauth")
        #expect(page.contains(isWeb ? "client.example:8443" : "cursor:"))
        #expect(page.contains("started it yourself") == !isWeb)
    }
}
