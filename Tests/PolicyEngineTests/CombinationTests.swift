import PolicyEngine
import Testing

private let kinds: [(name: String, condition: Condition, judgement: Judgement)] = [
    ("holds", when("args.x", .equal, "1"), .holds),
    ("does not hold", when("args.x", .equal, "2"), .doesNotHold),
    ("cannot be judged", when("args.x", .equal, "\"1\""), .cannotBeJudged),
]

/// Kleene's tables, written out.
private let conjunction: [[Judgement]] = [
    [.holds, .doesNotHold, .cannotBeJudged],
    [.doesNotHold, .doesNotHold, .doesNotHold],
    [.cannotBeJudged, .doesNotHold, .cannotBeJudged],
]
private let disjunction: [[Judgement]] = [
    [.holds, .holds, .holds],
    [.holds, .doesNotHold, .cannotBeJudged],
    [.holds, .cannotBeJudged, .cannotBeJudged],
]

@Suite("any, all and not")
struct CombinationTests {
    private func judged(_ condition: Condition) -> Judgement {
        let judgements = RuleUse.allCases.map { judge(condition, #"{"x":1}"#, in: $0) }
        #expect(Set(judgements).count == 1)
        return judgements[0]
    }

    @Test("not keeps what cannot be judged")
    func negation() {
        #expect(judged(.not(kinds[0].condition)) == .doesNotHold)
        #expect(judged(.not(kinds[1].condition)) == .holds)
        #expect(judged(.not(kinds[2].condition)) == .cannotBeJudged)
    }

    @Test("all and any follow Kleene's tables")
    func tables() {
        for (i, left) in kinds.enumerated() {
            for (j, right) in kinds.enumerated() {
                #expect(judged(.all([left.condition, right.condition])) == conjunction[i][j])
                #expect(judged(.any([left.condition, right.condition])) == disjunction[i][j])
            }
        }
    }

    @Test("a list of conditions is an all")
    func list() {
        for (i, left) in kinds.enumerated() {
            for (j, right) in kinds.enumerated() {
                let rule = ConditionRule(conditions: [left.condition, right.condition])
                let decision = policy(document([("t", RuleGroup(denyIf: [rule]))])).decide("t", #"{"x":1}"#)
                #expect(decision.isPermitted == (conjunction[i][j] == .doesNotHold))
            }
        }
    }

    @Test("the empty list and all of nothing hold, any of nothing does not")
    func nothing() {
        #expect(judged(.all([])) == .holds)
        #expect(judged(.any([])) == .doesNotHold)
        #expect(!policy(document([("t", group(.denyIf, []))])).decide("t", "{}").isPermitted)
        #expect(policy(document([("t", group(.require, []))])).decide("t", "{}").isPermitted)
    }

    @Test("any of these obeys the laws of Kleene's logic, in every nesting of two levels")
    func laws() {
        let all = kinds.map(\.condition)
        for a in all {
            #expect(judged(.not(.not(a))) == judged(a))
            for b in all {
                #expect(judged(.not(.all([a, b]))) == judged(.any([.not(a), .not(b)])))
                #expect(judged(.not(.any([a, b]))) == judged(.all([.not(a), .not(b)])))
                for c in all {
                    #expect(judged(.all([a, .all([b, c])])) == judged(.all([a, b, c])))
                    #expect(judged(.any([.any([a, b]), c])) == judged(.any([a, b, c])))
                    #expect(judged(.all([a, .any([b, c])])) == judged(.any([.all([a, b]), .all([a, c])])))
                }
            }
        }
    }
}
