import Gateway
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// Policy language section 3, point 2; hostile A6, C30.
@Suite("Visibility")
struct VisibilityTests {
    static let policy = Policy.sample(
        .deny, hide: ["detach", "secret_*"],
        tools: [
            "echo": RuleGroup(), "new": RuleGroup(), "detach": RuleGroup(), "secret_key": RuleGroup(),
            "gone": RuleGroup(),
        ])
    static let tools = ["echo", "detach", "secret_key", "unlisted", "new"]

    static let invisible: [(tool: String, reason: String)] = [
        ("detach", "hidden"), ("secret_key", "hidden"), ("secret_other", "hidden"), ("unlisted", "default deny"),
        ("nothing", "default deny"), ("gone", "unknown"), ("new", "unaccepted"),
    ]

    @Test(
        "what is not visible is answered alike, whatever the reason, and only the audit knows it", arguments: bothEras)
    func alike(_ era: Era) async throws {
        let setup = RunningLine.Setup(.policy(Self.policy, .enforce), tools: Self.tools)
        let audit = try await withClient(era, setup) { client in
            // `new` is seen with another description than the accepted one.
            client.world.upstream.lists(pages: [
                RecordedUpstream.page(Self.tools.map { RunningLine.definition($0, description: "\($0 == "new")") })
            ])
            _ = try await client.ask("tools/list").end()
            client.world.upstream.lists(pages: [RecordedUpstream.page(Self.tools.map { RunningLine.definition($0) })])
            for (tool, _) in Self.invisible {
                let answer = try await client.call(tool, "{\"x\":1}").end()
                #expect(answer.status == (era == .modern ? .badRequest : .ok))
                #expect(
                    answer.text
                        == #"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"tool not available: \#(tool)"}}"#
                )
            }
            #expect(client.world.upstream.calls.value.isEmpty)
        }
        #expect(audit.words == Self.invisible.map { "not_visible \($0.tool) (\($0.reason))" })
        #expect(audit.decisions.allSatisfy { $0["policy"]?.string == "sample" && $0["argumentsDigest"] != nil })
    }

    static let lookAlikes = [
        "Echo", "ECHO", "echo ", " echo", "echo\t", "echo\0", "echo\u{200B}", "\u{FEFF}echo", "ec\u{200D}ho", "ecｈo",
        "echo\u{301}", "tools/echo", "server_echo", "server:echo", "echo/", "%65cho", "echo\n", "caf\u{E9}",
        "cafe\u{301}",
        "*", "ech*", String(repeating: "e", count: 5000),
    ]

    @Test("a name that only looks like a visible tool's does not exist", arguments: lookAlikes)
    func lookAlike(_ name: String) async throws {
        for era in bothEras {
            for personality in Personality.allCases {
                let setup = RunningLine.Setup(
                    .policy(Self.policy, .enforce), tools: Self.tools, personality: personality)
                try await withClient(era, setup) { client in
                    try await client.call(name).expectError(.invalidParams)
                    #expect(client.world.upstream.calls.value.isEmpty)
                }
            }
        }
    }

    @Test("composed and decomposed are two tools: the one that is listed runs, under its own bytes")
    func normalForms() async throws {
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        let policy = Policy.sample(.deny, tools: [decomposed: RuleGroup()])
        let audit = try await withClient(.modern, .init(.policy(policy, .enforce), tools: [composed, decomposed])) {
            client in
            try await client.call(composed).expectError(.invalidParams)
            let answer = try await client.call(decomposed).end()
            #expect(answer.errorCode == nil)
            #expect(client.world.upstream.calls.value.map { $0.mirroredName } == [Array(decomposed.utf8)])
            #expect(client.world.upstream.calls.value.map { $0.effective?.tool } == [Array(decomposed.utf8)])
        }
        #expect(audit.decisions.map { $0["tool"]?.utf8 } == [Array(composed.utf8), Array(decomposed.utf8)])
    }

    @Test("under default allow what nothing hides is visible", arguments: bothEras)
    func allowing(_ era: Era) async throws {
        let policy = Policy.sample(.allow, hide: ["det*"])
        try await withClient(era, .init(.policy(policy, .enforce), tools: ["echo", "detach"])) { client in
            #expect(try await client.call("echo").end().status == .ok)
            try await client.call("detach").expectError(.invalidParams)
            // Allowed by name, but no server ever listed it.
            try await client.call("nothing").expectError(.invalidParams)
            #expect(client.world.upstream.calls.value.count == 1)
        }
    }
}
