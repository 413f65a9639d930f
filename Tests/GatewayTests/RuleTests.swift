import Gateway
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// What the rules say is what happens, and the agent is told so (policy language section 3).
@Suite("Rules on the line")
struct RuleTests {
    static func policy(explain: Bool? = nil) -> Policy {
        .sample(
            .deny,
            tools: [
                "echo": RuleGroup(),
                "read": .denying("args.path", .equal, "\"/etc/passwd\"", say: "Not that file."),
                "say": RuleGroup(require: [ConditionRule(conditions: [.when("args.reason", .exists, "true")])]),
                "drop": RuleGroup(action: .deny, reason: "By hand only."),
                "rotate": RuleGroup(action: .requireApproval, reason: "Ask the engineer."),
            ], explain: explain)
    }

    static let tools = ["echo", "read", "say", "drop", "rotate"]

    struct Row: Sendable, CustomTestStringConvertible {
        let tool: String
        let arguments: String?
        /// Nil: it is let through.
        let says: String?
        let rule: String?

        init(_ tool: String, _ arguments: String?, _ says: String? = nil, _ rule: String? = nil) {
            self.tool = tool
            self.arguments = arguments
            self.says = says
            self.rule = rule
        }

        var testDescription: String { "\(tool) \(arguments ?? "without arguments")" }
    }

    static let denied = "Denied by policy: "
    static let rows = [
        Row("echo", "{}"), Row("echo", nil), Row("echo", #"{"a":1.0}"#),
        Row("read", #"{"path":"/tmp/x"}"#), Row("read", "{}"),
        Row("read", #"{"path":"/etc/passwd"}"#, denied + "Not that file.", "/tools/read/deny_if/0"),
        // Hostile C31: what cannot be judged is denied.
        Row("read", #"{"path":["/etc/passwd"]}"#, denied + "Not that file.", "/tools/read/deny_if/0"),
        Row("read", #"{"path":{"a":"/etc/passwd"}}"#, denied + "Not that file.", "/tools/read/deny_if/0"),
        Row("read", #"{"path":null}"#, denied + "Not that file.", "/tools/read/deny_if/0"),
        Row("read", #"{"path":"/tmp/x","Path":"/etc/passwd"}"#, denied + "Not that file.", "/tools/read/deny_if/0"),
        Row("read", #"{"path\u0000":"/etc/passwd"}"#, denied + "Not that file.", "/tools/read/deny_if/0"),
        Row("say", #"{"reason":"because"}"#),
        Row("drop", "{}", denied + "By hand only.", "/tools/drop/action"),
        Row(
            "rotate", "{}", denied + "Ask the engineer. No approval can be given here.", "/tools/rotate/action"),
    ]

    @Test("each call is let through or turned down with the rule's words", arguments: rows)
    func judged(_ row: Row) async throws {
        for era in bothEras {
            let audit = try await withClient(
                era, .init(.policy(Self.policy(), .enforce), tools: Self.tools)
            ) { client in
                let answer = try await client.call(row.tool, row.arguments).end()
                #expect(answer.status == .ok)
                #expect(answer.isToolError == (row.says != nil))
                #expect(answer.toolText == row.says)
                #expect(client.world.upstream.calls.value.count == (row.says == nil ? 1 : 0))
                #expect(
                    client.world.upstream.calls.value.first?.effective?.arguments
                        == (row.says == nil ? row.arguments.map { Array($0.utf8) } : nil))
            }
            #expect(audit.decisions.count == 1)
            #expect(audit.decisions.first?["rule"]?.string == row.rule)
            #expect(audit.endings == (row.says == nil ? ["completed"] : []))
        }
    }

    @Test("a `require` that does not hold denies, with a sentence of its own where the policy has none")
    func requirement() async throws {
        let audit = try await withClient(.modern, .init(.policy(Self.policy(), .enforce), tools: Self.tools)) {
            client in
            for arguments in ["{}", #"{"reason":null}"#, nil] {
                let answer = try await client.call("say", arguments).end()
                #expect(answer.toolText?.hasPrefix(Self.denied) == true && answer.isToolError)
            }
            #expect(client.world.upstream.calls.value.isEmpty)
        }
        #expect(audit.words == Array(repeating: "denied say /tools/say/require/0", count: 3))
    }

    @Test("a refusal is a tool result in the client's shape, with the request's name under the house's prefix")
    func shape() async throws {
        for era in bothEras {
            let audit = try await withClient(
                era, .init(.policy(Self.policy(), .enforce), tools: Self.tools)
            ) { client in
                let result = try #require(try await client.call("drop").end().json["result"])
                #expect(result["resultType"]?.string == (era == .modern ? "complete" : nil))
                #expect(result["_meta"]?["dev.gatehouse/outcome"]?.string == "denied")
            }
            #expect(audit.decisions.count == 1)
        }
    }

    @Test("the rule is told only where the policy explains")
    func explaining() async throws {
        try await withClient(.modern, .init(.policy(Self.policy(explain: true), .enforce), tools: Self.tools)) {
            client in
            try await client.call("drop").expectToolError("Denied by policy: By hand only. (rule /tools/drop/action)")
        }
    }

    @Test("what a client says of itself is recorded and judged by nobody")
    func claims() async throws {
        let policy = Policy.sample(
            .deny, tools: ["echo": .denying("grant.tags.team", .notEqual, "\"platform\"")])
        var setup = RunningLine.Setup(.policy(policy, .enforce), tools: ["echo"])
        setup.tags = ["team": "platform"]
        let audit = try await withClient(.modern, setup) { client in
            let meta = #"""
                "io.modelcontextprotocol/clientInfo":{"name":"root","version":"9"},"traceparent":"00-1","baggage":"team=x"
                """#
            _ = try await client.call("echo", meta: meta).end()
            let call = try #require(client.world.upstream.calls.value.first)
            #expect(!call.text.contains("baggage") && call.text.contains("traceparent"))
        }
        #expect(audit.words == ["allowed echo"])
        #expect(audit.decisions.first?["client"]?.string == "root/9")
    }
}
