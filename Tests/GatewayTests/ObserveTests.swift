import Gateway
import GatewayStorage
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// In mode `observe` the call is forwarded and the audit says what would have happened (policy language section 6).
@Suite("Observing")
struct ObserveTests {
    static let policy = Policy.sample(
        .deny, hide: ["secret"],
        tools: [
            "echo": RuleGroup(), "drop": RuleGroup(action: .deny), "rotate": RuleGroup(action: .requireApproval),
            "pay": .limited(to: 1), "secret": RuleGroup(), "never": RuleGroup(),
        ])
    static let tools = ["echo", "drop", "rotate", "pay", "secret", "unlisted"]

    @Test("everything is forwarded, and what would have been is told", arguments: bothEras)
    func forwards(_ era: Era) async throws {
        let audit = try await withClient(era, .init(.policy(Self.policy, .observe), tools: Self.tools)) { client in
            for tool in Self.tools + ["pay"] {
                let answer = try await client.call(tool).end()
                #expect(!answer.isToolError && answer.errorCode == nil, "\(tool)")
            }
            #expect(client.world.upstream.calls.value.count == Self.tools.count + 1)
            // Counted, but where no enforced limit counts.
            #expect(try await client.world.counters.total(of: LimitTests.key(shadow: true)) == 1_000_000)
            #expect(try await client.world.counters.total(of: LimitTests.key()) == 0)
        }
        #expect(audit.decisions.allSatisfy { $0["outcome"]?.string == "allowed" && $0["mode"]?.string == "observe" })
        let advisory = audit.decisions.map { decision in
            [decision["tool"], decision["advisory"]?["outcome"], decision["advisory"]?["reason"]]
                .compactMap { $0?.string }.joined(separator: " ")
        }
        #expect(
            advisory == [
                "echo", "drop denied", "rotate approval_owed", "pay", "secret not_visible hidden",
                "unlisted not_visible default deny", "pay limited",
            ])
    }

    @Test("the list shows everything accepted")
    func lists() async throws {
        try await withClient(.modern, .init(.policy(Self.policy, .observe), tools: Self.tools)) { client in
            let tools = try await client.ask("tools/list").end().json["result"]?["tools"]
            #expect(tools?.elements.compactMap { $0["name"]?.string } == Self.tools)
        }
    }

    @Test("a definition that is not accepted is refused all the same")
    func unaccepted() async throws {
        let audit = try await withClient(.modern, .init(.policy(Self.policy, .observe), tools: Self.tools)) { client in
            client.world.upstream.lists(pages: [
                RecordedUpstream.page(Self.tools.map { RunningLine.definition($0, description: "other") })
            ])
            #expect(try await client.ask("tools/list").end().json["result"]?["tools"]?.count == 0)
            try await client.call("echo").expectError(.invalidParams)
            try await client.call("never").expectError(.invalidParams)
            #expect(client.world.upstream.calls.value.isEmpty)
        }
        #expect(audit.words == ["not_visible echo (unaccepted)", "not_visible never (unknown)"])
    }

    @Test("where the counter store cannot answer, the call is forwarded and the audit says so")
    func storeFails() async throws {
        let audit = try await withClient(.modern, .init(.policy(Self.policy, .observe), tools: Self.tools)) { client in
            client.world.counters.fail(with: .failed(detail: "gone"))
            try await client.call("pay").expectAnswer()
        }
        #expect(audit.decisions.first?["advisory"]?["reason"]?.string == "limits unavailable")
    }
}
