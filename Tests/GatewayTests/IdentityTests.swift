import Gateway
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

@Suite("Identity")
struct IdentityTests {
    @Test("a token is known by its SHA-256 alone")
    func digest() throws {
        // printf ghs_example | sha256sum
        let hex = "50c6918d5a1e75ddbd30982d719e9bea32053cb946ececc3f38661162fbbf427"
        #expect(TokenDigest(of: "ghs_example".utf8).hex == hex)
        #expect(TokenDigest(hex: hex) == TokenDigest(of: "ghs_example".utf8))
        #expect(TokenDigest(hex: hex.uppercased()) == TokenDigest(hex: hex))
        #expect(TokenDigest(of: "".utf8) != TokenDigest(of: "\0".utf8))
    }

    @Test(
        "what is not 64 hexadecimal digits is no digest",
        arguments: [
            "", "9f", String(repeating: "g", count: 64), String(repeating: "a", count: 63),
            String(repeating: "a", count: 65),
            String(repeating: "a", count: 66), " " + String(repeating: "a", count: 63),
            String(repeating: "ａ", count: 64),
        ])
    func malformed(_ hex: String) {
        #expect(TokenDigest(hex: hex) == nil)
    }

    static let strangers = [
        "", "ghs_of-the-tes", "ghs_of-the-test ", " ghs_of-the-test", "GHS_OF-THE-TEST", "ghs_of-the-test\0",
    ]

    @Test("only the very token names its principal", arguments: strangers)
    func stranger(_ token: String) async throws {
        try await withLine(.init(.policy(.sample(.allow), .enforce), tools: [])) { world in
            let principal: Principal = try #require(world.line.authenticate(token: RunningLine.token.utf8))
            #expect(principal.id == "grant:laptop")
            #expect(world.line.authenticate(token: token.utf8) == nil)
        }
    }

    static let slugs: [(String, Bool)] = [
        ("a", true), ("0", true), ("iam-2_x", true), (String(repeating: "a", count: 64), true), ("", false),
        ("-a", false),
        ("_a", false), ("A", false), ("a.b", false), ("a/b", false), ("a b", false), ("caf\u{E9}", false),
        ("a\0", false),
        (String(repeating: "a", count: 65), false), ("..", false), ("%61", false),
    ]

    @Test("a server's name is short and plain", arguments: slugs)
    func slug(_ text: String, _ isSlug: Bool) {
        #expect(Server.isSlug(text) == isSlug)
        let server = Server(slug: text, upstream: RecordedUpstream(), settings: ServerSettings(acceptance: .manual))
        #expect((server != nil) == isSlug)
    }

    @Test("request numbers are distinct and of one length")
    func numbers() {
        let numbers = RequestNumbers()
        let made = (0..<1000).map { _ in numbers.make() }
        #expect(Set(made).count == 1000 && made.allSatisfy { $0.utf8.count == 18 && $0.hasPrefix("r-") })
    }

    @Test("one principal's client is nobody else to the server, and never its token")
    func scope() async throws {
        try await withLine(.init(.policy(.sample(.allow), .enforce), tools: ["echo"])) { world in
            let other = Principal(grant: Grant(label: "phone", access: world.principal.grant.access))
            for principal in [world.principal] + world.letIn(other) {
                for era in bothEras { try await LineClient(world, era, as: principal).call("echo").expectAnswer() }
            }
            let scopes = world.upstream.calls.value.map(\.scope)
            #expect(scopes.map(\.principal) == ["grant:laptop", "grant:laptop", "grant:phone", "grant:phone"])
            #expect(scopes.map(\.clientEra) == [.modern, .legacy, .modern, .legacy])
            // Hostile F62.
            #expect(world.upstream.calls.value.allSatisfy { !$0.text.contains(RunningLine.token) })
        }
    }
}
