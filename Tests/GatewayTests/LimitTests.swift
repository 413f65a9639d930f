import Gateway
import GatewayStorage
import GatewayTesting
import MCPMessages
import PolicyEngine
import Testing
import WireJSON

/// A limit is charged before a call is sent, and given back only where nothing was written (policy language section 4).
@Suite("Limits on the line")
struct LimitTests {
    static func setup(_ group: RuleGroup = .limited(to: 2)) -> RunningLine.Setup {
        .init(.policy(.sample(.deny, tools: ["pay": group]), .enforce), tools: ["pay"])
    }

    static func key(
        _ counter: String = "calls", scope: LimitScope = .grant, _ value: String = "laptop", shadow: Bool = false
    )
        -> CounterKey
    {
        CounterKey(
            organisation: "default", server: RunningLine.slug, counter: counter, scope: scope, scopeValue: value,
            window: .seconds(60), shadow: shadow)
    }

    @Test("the call over the limit is told when to come again, and does not arrive", arguments: bothEras)
    func exhausted(_ era: Era) async throws {
        let audit = try await withClient(era, Self.setup()) { client in
            for _ in 0..<2 { try await client.call("pay").expectAnswer() }
            client.world.clock.advance(by: .milliseconds(500))
            let answer = try await client.call("pay").end()
            #expect(answer.isToolError)
            let text = try #require(answer.toolText)
            #expect(text.hasPrefix("Denied by policy: the limit `calls` is used up. Try again in "))
            #expect(client.world.upstream.calls.value.count == 2)
            // Whoever waits as long as was said is let through.
            let wait = try #require(text.split(separator: " ").compactMap { Int($0) }.first)
            client.world.clock.advance(by: .seconds(wait))
            try await client.call("pay").expectAnswer()
        }
        #expect(audit.words == ["allowed pay", "allowed pay", "limited pay /tools/pay/limits/0", "allowed pay"])
        #expect(
            audit.decisions[0]["charges"].map { text($0.bytes) } == #"[{"counter":"calls","amountMillionths":1000000}]"#
        )
        #expect(audit.decisions[2]["counter"]?.string == "calls")
        #expect((audit.decisions[2]["retryAfterSeconds"]?.int ?? 0) > 0)
    }

    @Test("the policy's own words are used for a limit that has some")
    func message() async throws {
        let limit = LimitRule(counter: "n", window: .seconds(60), max: 0, onDeny: "No money left.")
        try await withClient(.modern, Self.setup(RuleGroup(limits: [limit]))) { client in
            try await client.call("pay").expectToolError("Denied by policy: No money left.")
        }
    }

    @Test("amounts are summed, all charges of a call or none, and an odd amount is denied")
    func amounts() async throws {
        let amount = LimitRule.Amount.argument(try PolicyPath("args.amount"))
        let group = RuleGroup(limits: [
            LimitRule(counter: "sum", window: .seconds(60), max: 10_000_000, amount: amount),
            LimitRule(counter: "count", window: .seconds(60), max: 3_000_000),
        ])
        try await withClient(.modern, Self.setup(group)) { client in
            try await client.call("pay", #"{"amount":6.5}"#).expectAnswer()
            try await client.call("pay", #"{"amount":4}"#).expectToolError()
            try await client.call("pay", #"{"amount":3.5}"#).expectAnswer()
            // The one that was too much was not counted either: two of three are used.
            try await client.call("pay", #"{"amount":0}"#).expectAnswer()
            try await client.call("pay", #"{"amount":0}"#).expectToolError()
            #expect(client.world.upstream.calls.value.count == 3)
        }
        // Hostile D42.
        try await withClient(.modern, Self.setup(group)) { client in
            for odd in ["-1", "\"4\"", "1e400", "0.0000001", "9000000001", "null", "[1]"] {
                try await client.call("pay", "{\"amount\":\(odd)}").expectToolError(nil, "\(odd)")
            }
            #expect(client.world.upstream.calls.value.isEmpty)
            // None of them took anything, or gave.
            try await client.call("pay", #"{"amount":10}"#).expectAnswer()
        }
    }

    static let failures: [(wroteNothing: Bool, isCharged: Bool)] = [(true, false), (false, true)]

    @Test("a charge comes back only where no byte was written", arguments: failures)
    func refund(wroteNothing: Bool, isCharged: Bool) async throws {
        let audit = try await withClient(.modern, Self.setup(.limited(to: 1))) { client in
            client.world.upstream.script { $0.fail(.unreachable, wroteNothing: wroteNothing) }
            let answer = try await client.call("pay").end()
            #expect(answer.isToolError)
            #expect(
                answer.toolText == "The server `tools` cannot be reached. "
                    + (wroteNothing ? "The call was not sent." : "Whether the call had an effect is not known."))
            client.world.upstream.script { $0.answer(RecordedUpstream.emptyResult) }
            #expect(try await client.call("pay").end().isToolError == isCharged)
        }
        #expect(audit.endings.first == "failed")
    }

    @Test("an error from the server keeps the charge", arguments: [#"{"code":-32603,"message":"oops"}"#, nil])
    func serverError(_ error: String?) async throws {
        try await withClient(.modern, Self.setup(.limited(to: 1))) { client in
            client.world.upstream.script { exchange in
                if let error {
                    exchange.answer(error: error)
                } else {
                    exchange.answer(#"{"isError":true,"content":[]}"#)
                }
            }
            _ = try await client.call("pay").end()
            client.world.upstream.script { $0.answer(RecordedUpstream.emptyResult) }
            try await client.call("pay").expectToolError()
        }
    }

    @Test("where the counter store cannot answer, the call is denied and does not arrive", arguments: bothEras)
    func storeFails(_ era: Era) async throws {
        let audit = try await withClient(era, Self.setup()) { client in
            client.world.counters.fail(with: .failed(detail: "gone"))
            let answer = try await client.call("pay").end()
            #expect(
                answer.toolText == "Denied by policy: (limits unavailable) The call was not sent; try again later.")
            #expect(client.world.upstream.calls.value.isEmpty)
            client.world.counters.fail(with: nil)
            try await client.call("pay").expectAnswer()
        }
        #expect(audit.words == ["unavailable pay (limits unavailable)", "allowed pay"])
    }

    @Test("many calls at once: exactly as many arrive as the limit allows")
    func together() async throws {
        try await withClient(.modern, Self.setup(.limited(to: 10))) { client in
            client.world.counters.hold()
            let sent = (0..<50).map { client.call("pay", id: "\($0)") }
            client.world.counters.letGo()
            var refused = 0
            for call in sent where try await call.end().isToolError { refused += 1 }
            #expect(refused == 40)
            #expect(client.world.upstream.calls.value.count == 10)
        }
    }

    @Test("a session limit counts each legacy session apart; on the modern wire it is the grant's")
    func sessions() async throws {
        let limit = LimitRule(counter: "n", window: .seconds(60), max: 1_000_000, scope: .session)
        let setup = Self.setup(RuleGroup(limits: [limit]))
        try await withLine(setup) { world in
            let (one, other) = (try await LineClient(world, .legacy), try await LineClient(world, .legacy))
            #expect(one.session != other.session)
            let modern = try await LineClient(world, .modern)
            for client in [one, other, modern] {
                try await client.call("pay").expectAnswer()
                try await client.call("pay").expectToolError()
            }
            #expect(try await world.counters.total(of: Self.key("n", scope: .session, "laptop")) == 1_000_000)
        }
    }
}
