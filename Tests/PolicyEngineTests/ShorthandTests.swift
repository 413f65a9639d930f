import PolicyEngine
import Testing

@Suite("shorthands")
struct ShorthandTests {
    /// A decision with the ids of rules left out: the only thing in which a shorthand and its long form differ.
    private func bare(_ decision: Decision) -> Decision {
        switch decision {
        case .denied(let denial):
            return .denied(Denial(rule: .unknown, message: denial.message))
        case .permitted(var obligations):
            for index in obligations.charges.indices { obligations.charges[index].rule = .unknown }
            for index in obligations.approvals.indices { obligations.approvals[index].rule = .unknown }
            return .permitted(obligations)
        }
    }

    @Test("every shorthand decides like its long form, alone and beside other rules")
    func equality() {
        let rates = [
            nil, RateLimit(max: 5_000_000, window: .seconds(60)), RateLimit(max: 1, window: .month, scope: .server),
        ]
        let others = [RuleGroup(), RuleGroup(denyIf: [rule(when("args.x", .equal, "1"), says: "no")])]
        for action in [nil] + RuleGroup.Action.allCases.map(Optional.some) {
            for rate in rates {
                for reason in [nil, "because"] {
                    for var group in others {
                        group.action = action
                        group.reason = reason
                        group.rateLimit = rate
                        for key in ["t", "t*", "*"] {
                            let short = document(.allow, [(key, group)])
                            let (left, right) = (policy(short), policy(short.expanded))
                            #expect(isSame(left.visibility(of: name("t")), right.visibility(of: name("t"))))
                            for call in ["{}", #"{"x":1}"#, #"{"x":2}"#] {
                                #expect(bare(left.decide("t", call)) == bare(right.decide("t", call)))
                            }
                        }
                    }
                }
            }
        }
    }

    private func isSame(_ left: Visibility, _ right: Visibility) -> Bool {
        switch (left, right) {
        case (.visible, .visible), (.hidden, .hidden), (.unlisted, .unlisted): true
        case (.visible, _), (.hidden, _), (.unlisted, _): false
        }
    }

    @Test("expanding leaves no shorthand but the rate limit of a pattern")
    func expanded() {
        let group = RuleGroup(action: .deny, reason: "no", rateLimit: RateLimit(max: 1, window: .month))
        let expanded = document([("t", group), ("t*", group)]).expanded
        #expect(expanded.tools.entries[0].group.action == nil)
        #expect(expanded.tools.entries[0].group.rateLimit == nil)
        #expect(expanded.tools.entries[0].group.reason == nil)
        #expect(expanded.tools.entries[0].group.limits.map(\.counter) == ["t_rate"])
        #expect(expanded.tools.entries[1].group.action == nil)
        #expect(expanded.tools.entries[1].group.rateLimit != nil)
        #expect(expanded.expanded == expanded)
    }

    @Test("the messages without one of the policy's name the tool")
    func messages() {
        let requiring = group(.require, [when("args.x", .exists, "true")])
        let denying = group(.denyIf, [when("args.x", .exists, "false")])
        #expect(
            policy(document([("t", RuleGroup(action: .deny))])).decide("t", "{}").denial?.message
                == "Calls to `t` are not allowed.")
        #expect(
            policy(document([("t", denying)])).decide("t", "{}").denial?.message
                == "Calls to `t` like this one are not allowed.")
        #expect(
            policy(document([("t", requiring)])).decide("t", "{}").denial?.message
                == "The call does not meet what is required of calls to `t`.")
    }
}
