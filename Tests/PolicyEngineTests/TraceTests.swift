import PolicyEngine
import Testing

@Suite("traces")
struct TraceTests {
    @Test("a trace says which rule, which path, what it saw and what it wanted")
    func lines() throws {
        var group = RuleGroup()
        group.denyIf = [
            rule(
                .any([when("args.amount", .greater, "10000"), .not(when("args.to", .isIn, "[\"ann\",\"bob\"]"))]),
                says: "No."),
            rule(when("args.items[*]", .contains, "\"x\"")),
        ]
        group.require = [rule(when("args.reason", .exists, "true"), says: "Say why.")]
        group.approveIf = [ApprovalRule(conditions: [when("args.amount", .greater, "500")])]
        group.limits = [
            LimitRule(
                counter: "spent", window: .seconds(60), max: 20_000_000_000,
                amount: .argument(try PolicyPath("args.amount")))
        ]
        let rules = policy(document([("t", group)])).rules(
            for: name("t"), inputSchema: json(#"{"properties":{"reason":{"default":"none"}}}"#))
        let call = json(#"{"amount":12.50,"to":"eve\u0007\u202e","Items":[["x"]]}"#)
        let trace = rules.trace(PolicyRequest(arguments: call, context: context("t")))
        let expected = """
            /tools/t/deny_if/0 denies
                any: holds
                    args.amount gt 10000: does not hold (saw 12.5)
                    not: holds
                        args.to in ["ann","bob"]: does not hold (saw "eve\\u0007\\u{202e}")
            /tools/t/deny_if/1 denies
                args.items[*] contains "x": cannot be judged (saw a key that could be taken for it)
            /tools/t/require/0 passes
                args.reason exists true: holds (saw "none", the default)
            /tools/t/approve_if/0 does not act
                args.amount gt 500: does not hold (saw 12.5)
            /tools/t/limits/0 charges 12.5 of 20000 to `spent`
            denied by /tools/t/deny_if/0: No.
            """
        #expect(trace.lines.joined(separator: "\n") == expected)
    }

    @Test("what was seen is cut short")
    func short() {
        let rules = policy(document([("t", group(.denyIf, [when("args.x", .equal, "1")]))])).rules(
            for: name("t"), inputSchema: nil)
        let long = String(repeating: "a", count: 1_000_000)
        let trace = rules.trace(PolicyRequest(arguments: json("{\"x\":\"\(long)\"}"), context: context("t")))
        #expect(trace.lines.allSatisfy { $0.utf8.count < 300 })
        #expect(trace.lines[1].contains("…"))
    }

    @Test("a tool that is not visible has no steps")
    func invisible() {
        let rules = policy(document([])).rules(for: name("t"), inputSchema: nil)
        let trace = rules.trace(PolicyRequest(arguments: nil, context: context("t")))
        #expect(trace.lines == ["denied by (default deny): tool not available: t"])
    }
}
