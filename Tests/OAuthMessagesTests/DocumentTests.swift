import OAuthMessages
import Testing
import WireJSON

@Suite("Metadata")
struct DocumentTests {
    static let issuers: [(String, [String])] = [
        (
            "https://a.example",
            [
                "https://a.example/.well-known/oauth-authorization-server",
                "https://a.example/.well-known/openid-configuration",
            ]
        ),
        (
            "https://a.example/t1",
            [
                "https://a.example/.well-known/oauth-authorization-server/t1",
                "https://a.example/.well-known/openid-configuration/t1",
                "https://a.example/t1/.well-known/openid-configuration",
            ]
        ),
        (
            "https://a.example:8443/t/1/",
            [
                "https://a.example:8443/.well-known/oauth-authorization-server/t/1",
                "https://a.example:8443/.well-known/openid-configuration/t/1",
                "https://a.example:8443/t/1/.well-known/openid-configuration",
            ]
        ),
        ("https://a.example/t?x", []), ("https://a.example#t", []), ("a.example", []),
    ]

    // MCP revision 2025-11-25, "Authorization Server Metadata Discovery".
    @Test("an issuer's metadata is looked for in the order of the specification", arguments: issuers)
    func locations(_ issuer: String, _ expected: [String]) {
        #expect(WellKnown.locations(ofIssuer: issuer) == expected)
    }

    @Test("a resource's metadata lies under its path, then at the root")
    func resource() {
        #expect(
            WellKnown.locations(ofResource: "https://h.example/mcp/iam") == [
                "https://h.example/.well-known/oauth-protected-resource/mcp/iam",
                "https://h.example/.well-known/oauth-protected-resource",
            ])
        #expect(
            WellKnown.locations(ofResource: "https://h.example") == [
                "https://h.example/.well-known/oauth-protected-resource"
            ])
    }

    @Test(
        "a document of another issuer is refused, however alike the names are",
        arguments: [
            "https://a.example/", "https://A.example", "https://a.example/x", "https://a.example\u{0301}", "",
        ])
    func foreignIssuer(_ named: String) {
        #expect(throws: AuthorizationServerMetadata.Refusal.foreignIssuer) {
            try AuthorizationServerMetadata(Array(#"{"issuer":"\#(named)"}"#.utf8), of: "https://a.example")
        }
    }

    @Test(
        "a document that two readers could take for two is refused",
        arguments: [
            #"{"issuer":"https://evil.example","issuer":"https://a.example"}"#, #"["https://a.example"]"#, "", "{}",
            #"{"issuer":["https://a.example"]}"#, #"{"issuer":"https://a.example"} {}"#,
        ])
    func ambiguous(_ text: String) {
        #expect(throws: AuthorizationServerMetadata.Refusal.unreadable) {
            try AuthorizationServerMetadata(Array(text.utf8), of: "https://a.example")
        }
    }

    @Test("what is written of a resource is read back")
    func written() throws {
        let metadata = ProtectedResourceMetadata(
            resource: "https://h.example/mcp/iam", authorizationServers: ["https://a.example"], scopes: ["mcp:tools"],
            name: "gatehouse")
        let json = try JSON(metadata.bytes)
        #expect(ProtectedResourceMetadata(json) == metadata)
        #expect(json["bearer_methods_supported"]?.elements.compactMap(\.string) == ["header"])
    }
}

@Suite("Challenges")
struct BearerChallengeTests {
    static let lines: [(String, BearerChallenge?)] = [
        ("Bearer", BearerChallenge(resourceMetadata: nil)),
        (
            #"Bearer error="invalid_token", resource_metadata="https://h/x", scope="a b""#,
            BearerChallenge(resourceMetadata: "https://h/x", scopes: ["a", "b"], problem: .invalidToken)
        ),
        (
            #"Basic realm="a, Bearer resource_metadata=x", bearer  resource_metadata = "https://h/\"x""#,
            BearerChallenge(resourceMetadata: #"https://h/"x"#)
        ),
        (
            #"Bearer resource_metadata="https://one", resource_metadata="https://two""#,
            BearerChallenge(resourceMetadata: "https://one")
        ),
        (#"Bearer scope=a, DPoP resource_metadata="https://d""#, BearerChallenge(resourceMetadata: nil, scopes: ["a"])),
        (#"Basic realm="x""#, nil), ("", nil),
        (#"Bearer resource_metadata="unended"#, BearerChallenge(resourceMetadata: nil)),
        (String(repeating: "Bearer ", count: 10_000), nil),
    ]

    @Test("the bearer's challenge is found among others, and read once", arguments: lines)
    func read(_ line: String, _ expected: BearerChallenge?) {
        #expect(BearerChallenge(fieldLines: [line]) == expected)
    }

    @Test("nothing that is put into a challenge ends its line or its quotes")
    func written() {
        let challenge = BearerChallenge(
            resourceMetadata: "https://h/\"\r\nX: y\\", scopes: ["a\"b", "c"], problem: .insufficientScope)
        #expect(
            challenge.fieldValue
                == #"Bearer error="insufficient_scope", resource_metadata="https://h/X: y", scope="ab c""#)
    }
}
