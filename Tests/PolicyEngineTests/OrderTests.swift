import PolicyEngine
import Testing

@Suite("the order of rules")
struct OrderTests {
    private func denying(_ says: String) -> RuleGroup { RuleGroup(denyIf: [rule(says: says)]) }

    @Test("the reported rule is that of the exact key, then of the longer literal text, then the first in the document")
    func reported() {
        let entries = [
            ("*", denying("star")), ("delete_*", denying("short")), ("*e_user", denying("other")),
            ("delete_u*", denying("long")), ("delete_user", denying("exact")),
        ]
        var rest = entries
        for expected in ["exact", "long", "short", "other", "star"] {
            let policy = policy(document(.allow, rest))
            #expect(policy.decide("delete_user", "{}").denial?.message == expected)
            rest.removeAll { $0.1.denyIf[0].onDeny == expected }
        }
        let all = policy(document(.allow, all: denying("all"), [("*", denying("star"))]))
        #expect(all.decide("delete_user", "{}").denial?.rule == RuleID(pointer: "/all_tools/deny_if/0"))
    }

    @Test("every deny_if comes before every require")
    func denyBeforeRequire() {
        let require = RuleGroup(require: [rule(when("args.x", .exists, "true"), says: "require")])
        let policy = policy(document([("t", require), ("*", denying("deny"))]))
        #expect(policy.decide("t", "{}").denial?.message == "deny")
    }

    @Test("nothing one key says undoes a denial of another")
    func together() {
        let policy = policy(
            document([("t", RuleGroup(action: .allow)), ("t*", denying("no")), ("*", RuleGroup(action: .allow))]))
        #expect(policy.decide("t", "{}").denial?.message == "no")
    }

    @Test("a denial comes before an approval, and an amount that cannot be charged denies before anybody is asked")
    func approvals() throws {
        let limit = LimitRule(
            counter: "c", window: .seconds(1), max: 1, amount: .argument(try PolicyPath("args.amount")))
        let group = RuleGroup(approveIf: [ApprovalRule(conditions: [])], limits: [limit])
        let policy = policy(document([("t", group)]))
        #expect(policy.decide("t", "{}").denial != nil)
        #expect(policy.decide("t", #"{"amount":1}"#).obligations?.approvals.count == 1)
    }

    @Test("the outcome never depends on the order of keys, of rules or of conditions")
    func independence() {
        let seed: UInt64 = 20_260_728
        print("seed \(seed)")
        var random = Seeded(seed)
        let conditions = [
            when("args.x", .greater, "3"), when("args.x", .equal, "\"a\""), when("args.y", .exists, "true"),
            .not(when("args.y", .isIn, "[1,2]")), .any([when("args.x", .less, "2"), when("args.y", .notEqual, "1")]),
        ]
        let calls = ["{}", #"{"x":1}"#, #"{"x":5,"y":1}"#, #"{"x":"a","y":3}"#, #"{"y":2}"#, #"{"x":[1],"Y":2}"#]
        for _ in 0..<500 {
            var entries = ["t", "t*", "*", "*t", "other"].map { key in
                var group = RuleGroup()
                for _ in 0..<Int.random(in: 0...2, using: &random) {
                    group.denyIf.append(ConditionRule(conditions: Array(conditions.shuffled(using: &random).prefix(2))))
                }
                for _ in 0..<Int.random(in: 0...1, using: &random) {
                    group.require.append(
                        ConditionRule(conditions: Array(conditions.shuffled(using: &random).prefix(1))))
                }
                group.limits = [
                    LimitRule(counter: "c", window: .seconds(60), max: Int64.random(in: 1...9, using: &random))
                ]
                return (key, group)
            }
            let before = policy(document(.allow, entries))
            entries.shuffle(using: &random)
            for index in entries.indices {
                entries[index].1.denyIf.shuffle(using: &random)
                entries[index].1.require.shuffle(using: &random)
                for rule in entries[index].1.denyIf.indices {
                    entries[index].1.denyIf[rule].conditions.shuffle(using: &random)
                }
            }
            let after = policy(document(.allow, entries))
            for call in calls {
                let (left, right) = (before.decide("t", call), after.decide("t", call))
                #expect(left.isPermitted == right.isPermitted)
                #expect(left.obligations?.charges.map(\.max) == right.obligations?.charges.map(\.max))
            }
        }
    }
}
