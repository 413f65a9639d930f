import PolicyEngine
import Testing
import WireJSON

/// Things that must be so for every policy and call; here for many made by chance, from seeds that are printed.
@Suite("laws of deciding")
struct LawTests {
    /// Policies in each law, and calls for each policy.
    private static let policies = 700
    private static let calls = 30

    private func bound(_ group: RuleGroup, _ schema: JSON?) -> ToolRules {
        policy(document([("t", group)])).rules(for: name("t"), inputSchema: schema)
    }

    @Test("adding a denial or a requirement never allows more")
    func monotony() {
        var chance = Chance(seed: 1)
        for _ in 0..<Self.policies {
            let (base, schema) = (chance.group(), chance.pick(Chance.schemas))
            var more = base
            more.denyIf.insert(rule(chance.condition()), at: chance.number(0...base.denyIf.count))
            more.require.append(rule(chance.condition()))
            let (before, after) = (bound(base, schema), bound(more, schema))
            for _ in 0..<Self.calls {
                let request = chance.request()
                let isWorse = after.decide(request).isPermitted && !before.decide(request).isPermitted
                #expect(!isWorse, "\(request)")
            }
        }
    }

    @Test("the order of an object's keys, of rules and of a policy's keys never changes the outcome")
    func order() {
        var chance = Chance(seed: 2)
        for _ in 0..<Self.policies {
            let (entries, all) = (chance.entries { $0.group() } + [("t", chance.group())], chance.group())
            let unique = entries.last.map { last in entries.dropLast().filter { $0.0 != "t" } + [last] } ?? []
            let shuffled = chance.shuffled(unique).map { ($0.0, $0.1.shuffled(&chance)) }
            let schema = chance.pick(Chance.schemas)
            let one = policy(document(all: all, unique)).rules(for: name("t"), inputSchema: schema)
            let other = policy(document(all: all.shuffled(&chance), shuffled)).rules(
                for: name("t"), inputSchema: schema)
            for _ in 0..<Self.calls {
                let members = chance.members()
                let requests = [members, chance.shuffled(members)].map {
                    PolicyRequest(arguments: json("{\($0.joined(separator: ","))}"), context: context("t"))
                }
                let isSame = one.decide(requests[0]).outcome == other.decide(requests[1]).outcome
                #expect(isSame, "\(members)")
            }
        }
    }

    @Test("a trace tells the decision that is made, and its steps explain it")
    func traces() {
        var chance = Chance(seed: 3)
        for _ in 0..<Self.policies {
            let rules = policy(document([("t", chance.group()), ("*", chance.group())])).rules(
                for: name("t"), inputSchema: chance.pick(Chance.schemas))
            for _ in 0..<Self.calls / 6 {
                let request = chance.request()
                let decision = rules.decide(request)
                let trace = rules.trace(request)
                let isSame = trace.decision == decision
                #expect(isSame)
                let denies = decision.denial?.rule == trace.steps.first { $0.effect == "denies" }?.rule
                #expect(denies)
                guard let obligations = decision.obligations else { continue }
                let asks = obligations.approvals.map(\.rule) == trace.steps.filter { $0.effect == "asks" }.map(\.rule)
                #expect(asks)
            }
        }
    }

    @Test("arguments of any shape are decided, and always alike")
    func totality() {
        var chance = Chance(seed: 4)
        for _ in 0..<Self.policies {
            let rules = bound(chance.group(), chance.pick(Chance.schemas))
            for _ in 0..<Self.calls {
                let shape = chance.oneIn(6) ? json(chance.value()) : chance.arguments()
                let request = PolicyRequest(arguments: shape, context: context("t"))
                let isSame = rules.decide(request) == rules.decide(request)
                #expect(isSame)
            }
        }
    }

    /// What each kind of value is judged by, and samples of it.
    private static let kinds: [(name: String, rules: [(PolicyEngine.Operator, String)], samples: [String])] = [
        (
            "number",
            [
                (.equal, "5"), (.notEqual, "5"), (.less, "5"), (.lessOrEqual, "5"), (.greater, "5"),
                (.greaterOrEqual, "5"), (.isIn, "[5,6]"), (.isNotIn, "[5,6]"),
            ], ["5", "0", "-1.5", "1e400"]
        ),
        (
            "text",
            [
                (.equal, "\"x\""), (.notEqual, "\"x\""), (.isIn, "[\"x\"]"), (.isNotIn, "[\"x\"]"), (.regex, "\"x\""),
                (.less, "\"2026-07-28T12:00:00Z\""), (.pathWithin, "[\"/\"]"), (.hostIn, "[\"x\"]"),
                (.ipIn, "[\"::/0\"]"),
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

    @Test("a value of another type never passes a deny_if, and never passes a require")
    func wrongTypes() {
        var chance = Chance(seed: 5)
        for _ in 0..<Self.policies {
            let kind = chance.pick(Self.kinds)
            let (op, value) = chance.pick(kind.rules)
            let path = chance.pick(["args.x", "args.o.x", "args.l[0]", "args.t.json().x"])
            var condition = when(path, op, value)
            if chance.oneIn(2) { condition = .not(condition) }
            if chance.oneIn(2) { condition = .all([condition]) }
            let (denying, requiring) = (
                bound(group(.denyIf, [condition]), nil), bound(group(.require, [condition]), nil)
            )
            for _ in 0..<Self.calls {
                let other = chance.pick(chance.pick(Self.kinds.filter { $0.name != kind.name }).samples)
                let carried = quoted("{\"x\":\(other)}")
                let call = json("{\"x\":\(other),\"o\":{\"x\":\(other)},\"l\":[\(other)],\"t\":\(carried)}")
                let request = PolicyRequest(arguments: call, context: context("t"))
                let passes = denying.decide(request).isPermitted || requiring.decide(request).isPermitted
                #expect(!passes, "\(path) \(op) \(value): \(other)")
            }
        }
    }
}

extension RuleGroup {
    /// The same rules in another order.
    fileprivate func shuffled(_ chance: inout Chance) -> RuleGroup {
        var group = self
        group.denyIf = chance.shuffled(denyIf)
        group.require = chance.shuffled(require)
        group.approveIf = chance.shuffled(approveIf)
        group.limits = chance.shuffled(limits)
        return group
    }
}

extension Decision {
    /// What comes of the call, whatever rule is reported: allowed or not, how many consents it owes, and its charges.
    fileprivate var outcome: Set<String> {
        guard let obligations else { return ["denied"] }
        return Set(
            ["permitted, \(obligations.approvals.count) approvals"]
                + obligations.charges.map { "\($0.counter) \($0.window) \($0.amount) of \($0.max)" })
    }
}
