import PolicyEngine
import Testing

private let unit: Int64 = 1_000_000

@Suite("limits")
struct LimitTests {
    private func charges(
        _ group: RuleGroup, _ arguments: String = "{}", all: RuleGroup? = nil, schema: String? = nil
    ) -> Decision {
        policy(document(all: all, [("t", group)])).decide("t", arguments, schema: schema)
    }

    private func spend(_ max: Int64 = 100 * unit) throws -> LimitRule {
        LimitRule(
            counter: "spent", window: .seconds(86_400), max: max, amount: .argument(try PolicyPath("args.amount")))
    }

    @Test("a limit charges one call, sliding, to the grant, unless it says otherwise")
    func usual() {
        let limit = LimitRule(counter: "calls", window: .seconds(60), max: 5 * unit)
        let id = RuleID(pointer: "/tools/t/limits/0")
        let charge = Charge(counter: "calls", window: .seconds(60), max: 5 * unit, amount: unit, rule: id)
        #expect(charges(RuleGroup(limits: [limit])) == .permitted(Obligations(charges: [charge])))
        #expect(charge.scope == .grant)
        #expect(charge.alignment == .sliding)
    }

    @Test("a month is a calendar month")
    func month() {
        let limit = LimitRule(counter: "calls", window: .month, max: 5 * unit)
        #expect(charges(RuleGroup(limits: [limit])).obligations?.charges.first?.alignment == .calendar)
    }

    private static let amounts: [(String, Int64?)] = [
        ("12.5", 12_500_000), ("0", 0), ("-0", 0), ("1e3", 1000 * unit), ("0.000001", 1),
        ("9000000000", 9_000_000_000 * unit),
        ("0.0000001", nil), ("1.0000001", nil), ("-1", nil), ("-0.000001", nil), ("9000000000.000001", nil),
        ("9e9", 9_000_000_000 * unit),
        ("1e400", nil), ("1e99999999999999999999", nil), ("\"5\"", nil), ("[5]", nil), ("{\"v\":5}", nil),
        ("null", nil), ("true", nil),
    ]

    @Test("an amount is a non-negative number of at most six places, or the call is denied", arguments: amounts)
    func amount(_ value: String, _ millionths: Int64?) throws {
        let decision = charges(RuleGroup(limits: [try spend()]), "{\"amount\":\(value)}")
        if let millionths {
            // What is nothing is not charged.
            #expect(decision.obligations?.charges.map(\.amount) == (millionths == 0 ? [] : [millionths]))
        } else {
            #expect(decision.denial?.rule == RuleID(pointer: "/tools/t/limits/0"))
            #expect(decision.denial?.message.contains("`args.amount`") == true)
        }
    }

    @Test("an absent amount is the schema's default, or the call is denied")
    func absentAmount() throws {
        let group = RuleGroup(limits: [try spend()])
        #expect(charges(group).denial?.rule == RuleID(pointer: "/tools/t/limits/0"))
        let schema = #"{"properties":{"amount":{"type":"number","default":2.5}}}"#
        #expect(charges(group, schema: schema).obligations?.charges.map(\.amount) == [2_500_000])
        #expect(charges(group, #"{"Amount":5}"#).denial != nil)
        #expect(charges(group, #"{"amount":5,"Amount":6}"#).denial != nil)
        #expect(charges(group, #"{"amount":5}"#, schema: #"{"properties":{"amount":{"type":"string"}}}"#).denial != nil)
    }

    @Test("a counter is charged once for each distinct amount, by the tightest maximum")
    func merging() throws {
        let tight = LimitRule(counter: "calls", window: .seconds(60), max: 5 * unit)
        let loose = LimitRule(counter: "calls", window: .seconds(60), max: 50 * unit)
        let longer = LimitRule(counter: "calls", window: .seconds(3_600), max: 50 * unit)
        let wider = LimitRule(counter: "calls", window: .seconds(60), max: 50 * unit, scope: .organisation)
        let double = LimitRule(counter: "calls", window: .seconds(60), max: 50 * unit, amount: .fixed(2 * unit))
        let decision = charges(
            RuleGroup(limits: [loose, tight, longer, wider, double]), all: RuleGroup(limits: [loose]))
        let found = decision.obligations?.charges.map {
            [$0.rule.description, "\($0.max / unit)", "\($0.amount / unit)"]
        }
        #expect(
            found == [
                ["/tools/t/limits/1", "5", "1"], ["/tools/t/limits/2", "50", "1"], ["/tools/t/limits/3", "50", "1"],
                ["/tools/t/limits/4", "50", "2"],
            ])
        let equal = charges(RuleGroup(limits: [try spend(), try spend(9 * unit)]), #"{"amount":3}"#)
        #expect(equal.obligations?.charges.map(\.max) == [9 * unit])
    }

    @Test("counters of equivalent names are two counters")
    func names() {
        let limits = ["caf\u{e9}", "cafe\u{301}"].map { LimitRule(counter: $0, window: .seconds(60), max: unit) }
        #expect(charges(RuleGroup(limits: limits)).obligations?.charges.count == 2)
    }

    @Test("a rate limit counts calls of the tool called, also for a pattern")
    func rate() {
        let group = RuleGroup(reason: "Slowly.", rateLimit: RateLimit(max: 10 * unit, window: .seconds(60)))
        let policy = policy(document([("create_*", group)]))
        for tool in ["create_user", "create_group"] {
            let charge = Charge(
                counter: "\(tool)_rate", window: .seconds(60), max: 10 * unit, amount: unit,
                rule: RuleID(pointer: "/tools/create_*/rate_limit"), message: "Slowly.")
            #expect(policy.decide(tool, "{}") == .permitted(Obligations(charges: [charge])))
        }
    }

    private static let wrong: [(LimitRule, String)] = [
        (LimitRule(counter: "", window: .seconds(1), max: 1), "/all_tools/limits/0/counter"),
        (LimitRule(counter: "c", window: .seconds(0), max: 1), "/all_tools/limits/0/window"),
        (LimitRule(counter: "c", window: .seconds(1), max: -1), "/all_tools/limits/0/max"),
        (LimitRule(counter: "c", window: .month, max: 1, alignment: .sliding), "/all_tools/limits/0/align"),
        (LimitRule(counter: "c", window: .seconds(1), max: 1, amount: .fixed(-1)), "/all_tools/limits/0/amount"),
    ]

    @Test("a limit that cannot be is no policy", arguments: wrong)
    func wrongLimits(_ limit: LimitRule, _ pointer: String) {
        do {
            _ = try Policy(compiling: document(all: RuleGroup(limits: [limit]), []), id: "p", version: 1)
            Issue.record("compiled")
        } catch {
            #expect(error.pointer == pointer)
        }
    }

    @Test("an amount looks at one argument")
    func wrongAmounts() throws {
        for path in ["grant.label", "args.items[*].amount"] {
            let limit = LimitRule(counter: "c", window: .seconds(1), max: 1, amount: .argument(try PolicyPath(path)))
            #expect(limit.problems(at: "").map(\.pointer) == ["/amount"])
        }
    }
}
