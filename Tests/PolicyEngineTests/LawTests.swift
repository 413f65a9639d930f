import PolicyEngine
import Testing

/// Things that must be so for every policy and call; here for many made by chance, from seeds that are printed.
@Suite("laws")
struct LawTests {
    private static let paths = [
        "args.a", "args.b", "args.b.c", "args.list[*]", "args.list[0]", "grant.label", "tool.risk",
    ]
    private static let values = ["1", "2.5", "\"x\"", "\"xy\"", "true", "null", "[1,\"x\"]", "{\"c\":1}", "[]", "1e50"]
    private static let operators: [(PolicyEngine.Operator, [String])] = [
        (.equal, values), (.notEqual, values), (.less, ["1", "2.5", "\"2026-07-28T12:00:00Z\""]), (.lessOrEqual, ["2"]),
        (.greater, ["1", "1e50"]), (.greaterOrEqual, ["2.5"]), (.isIn, ["[1,2.5]", "[\"x\",\"y\"]", "[]"]),
        (.isNotIn, ["[1,2.5]", "[\"x\"]"]), (.exists, ["true", "false"]), (.contains, ["\"x\"", "1"]),
        (.regex, ["\"x+\"", "\"^$\""]),
    ]
    private static let schemas: [String?] = [
        nil, nil, #"{"properties":{"a":{"type":"number","default":1},"b":{"type":"object"},"list":{"type":"array"}}}"#,
        #"{"properties":{"a":{"default":"x"},"A":{},"b":{"default":{"c":1}}}}"#,
    ]

    private func condition(_ random: inout Seeded, depth: Int = 0, underNot: Bool = false) -> Condition {
        if depth < 2, Int.random(in: 0..<4, using: &random) == 0 {
            let inside = (0..<Int.random(in: 1...2, using: &random)).map { _ in
                condition(&random, depth: depth + 1, underNot: underNot)
            }
            switch Int.random(in: 0..<3, using: &random) {
            case 0: return .any(inside)
            case 1: return .all(inside)
            default: return .not(condition(&random, depth: depth + 1, underNot: true))
            }
        }
        let paths = underNot ? Self.paths.filter { !$0.contains("*") } : Self.paths
        let (op, values) = Self.operators.randomElement(using: &random)!
        return when(paths.randomElement(using: &random)!, op, values.randomElement(using: &random)!)
    }

    private func value(_ random: inout Seeded) -> String {
        (Self.values + ["\"\\u0078\"", "[[\"x\"]]", "\"1\"", "-3", "1e999999999999999999999"]).randomElement(
            using: &random)!
    }

    private func arguments(_ random: inout Seeded) -> String {
        var members: [String] = []
        for key in ["a", "A", "b", "list", "other", "\\u0061\\u200b"] where Int.random(in: 0..<3, using: &random) == 0 {
            members.append("\"\(key)\":\(value(&random))")
        }
        return "{\(members.shuffled(using: &random).joined(separator: ","))}"
    }

    private func group(_ random: inout Seeded) -> RuleGroup {
        var group = RuleGroup()
        for _ in 0..<Int.random(in: 0...2, using: &random) { group.denyIf.append(rule(condition(&random))) }
        for _ in 0..<Int.random(in: 0...1, using: &random) { group.require.append(rule(condition(&random))) }
        for _ in 0..<Int.random(in: 0...1, using: &random) {
            group.approveIf.append(ApprovalRule(conditions: [condition(&random)]))
        }
        return group
    }

    private static let rounds = 4_000

    @Test("adding a denial or a requirement never allows more")
    func monotony() {
        let seed: UInt64 = 1
        print("seed \(seed)")
        var random = Seeded(seed)
        for _ in 0..<Self.rounds {
            let base = group(&random)
            var more = base
            more.denyIf.insert(rule(condition(&random)), at: Int.random(in: 0...base.denyIf.count, using: &random))
            more.require.append(rule(condition(&random)))
            let (call, schema) = (arguments(&random), Self.schemas.randomElement(using: &random)!)
            let after = policy(document([("t", more)])).decide("t", call, schema: schema)
            guard after.isPermitted else { continue }
            let before = policy(document([("t", base)])).decide("t", call, schema: schema)
            #expect(before.isPermitted, "\(call)")
        }
    }

    @Test("a trace tells the decision that is made, and its steps explain it")
    func traces() {
        let seed: UInt64 = 2
        print("seed \(seed)")
        var random = Seeded(seed)
        for _ in 0..<Self.rounds {
            let rules = policy(document([("t", group(&random)), ("*", group(&random))])).rules(
                for: name("t"), inputSchema: Self.schemas.randomElement(using: &random)!.map { json($0) })
            let request = PolicyRequest(arguments: json(arguments(&random)), context: context("t"))
            let decision = rules.decide(request)
            let trace = rules.trace(request)
            #expect(trace.decision == decision)
            #expect(decision.denial?.rule == trace.steps.first { $0.effect == "denies" }?.rule)
            if let obligations = decision.obligations {
                #expect(obligations.approvals.map(\.rule) == trace.steps.filter { $0.effect == "asks" }.map(\.rule))
            }
        }
    }

    @Test("a value of another type never passes a deny_if, and never passes a require")
    func wrongTypes() {
        let seed: UInt64 = 3
        print("seed \(seed)")
        var random = Seeded(seed)
        // What each rule's value takes, and values of every other kind.
        let kinds: [(name: String, rules: [(PolicyEngine.Operator, String)], samples: [String])] = [
            (
                "number",
                [
                    (.equal, "5"), (.notEqual, "5"), (.less, "5"), (.lessOrEqual, "5"), (.greater, "5"),
                    (.greaterOrEqual, "5"),
                    (.isIn, "[5,6]"), (.isNotIn, "[5,6]"),
                ], ["5", "0", "-1.5", "1e400"]
            ),
            (
                "text",
                [
                    (.equal, "\"x\""), (.notEqual, "\"x\""), (.isIn, "[\"x\"]"), (.isNotIn, "[\"x\"]"),
                    (.regex, "\"x\""),
                    (.less, "\"2026-07-28T12:00:00Z\""),
                ], ["\"x\"", "\"\"", "\"5\"", "\"\\u0078\""]
            ),
            ("truth", [(.equal, "true"), (.notEqual, "true"), (.isIn, "[true]")], ["true", "false"]),
            (
                "list", [(.equal, "[1]"), (.notEqual, "[1]")],
                ["[]", "[\"x\"]", "[5]", "[true]", "[null]", "[{\"x\":5}]"]
            ),
            ("object", [(.equal, "{\"a\":1}"), (.notEqual, "{\"a\":1}")], ["{}", "{\"x\":5}", "{\"value\":\"x\"}"]),
            ("null", [(.equal, "null")], ["null"]),
        ]
        for _ in 0..<Self.rounds {
            let kind = kinds.randomElement(using: &random)!
            let other = kinds.filter { $0.name != kind.name }.randomElement(using: &random)!
            let (op, value) = kind.rules.randomElement(using: &random)!
            let argument = other.samples.randomElement(using: &random)!
            var condition = when("args.x", op, value)
            if Bool.random(using: &random) { condition = .not(condition) }
            if Bool.random(using: &random) { condition = .all([condition]) }
            let calls = "{\"x\":\(argument)}"
            #expect(
                !policy(document([("t", PolicyEngineTests.group(.denyIf, [condition]))])).decide("t", calls).isPermitted
            )
            #expect(
                !policy(document([("t", PolicyEngineTests.group(.require, [condition]))])).decide("t", calls)
                    .isPermitted)
        }
    }

    @Test("arguments of any shape are decided, and always alike")
    func totality() {
        let seed: UInt64 = 4
        print("seed \(seed)")
        var random = Seeded(seed)
        for _ in 0..<Self.rounds {
            let rules = policy(document([("t", group(&random))])).rules(for: name("t"), inputSchema: nil)
            let shape = Int.random(in: 0..<6, using: &random) == 0 ? value(&random) : arguments(&random)
            let request = PolicyRequest(arguments: json(shape), context: context("t"))
            #expect(rules.decide(request) == rules.decide(request))
        }
    }
}
