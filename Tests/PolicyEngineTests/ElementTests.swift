import PolicyEngine
import Testing

@Suite("any and every element")
struct ElementTests {
    @Test("[*] is any element in deny_if and approve_if, every element in require")
    func quantifiers() {
        let over = when("args.items[*].amount", .greater, "10")
        let some = #"{"items":[{"amount":5},{"amount":50}]}"#
        let all = #"{"items":[{"amount":20},{"amount":50}]}"#
        let none = #"{"items":[{"amount":5},{"amount":6}]}"#
        #expect(judge(over, some, in: .denyIf) == .holds)
        #expect(judge(over, some, in: .approveIf) == .holds)
        #expect(judge(over, some, in: .require) == .doesNotHold)
        #expect(judge(over, all, in: .require) == .holds)
        #expect(judge(over, none, in: .denyIf) == .doesNotHold)
        #expect(judge(over, none, in: .require) == .doesNotHold)
    }

    @Test("of no element, any does not hold and every does")
    func empty() {
        let over = when("args.items[*]", .greater, "10")
        #expect(judge(over, #"{"items":[]}"#, in: .denyIf) == .doesNotHold)
        #expect(judge(over, #"{"items":[]}"#, in: .require) == .holds)
    }

    @Test("one element that cannot be judged makes the whole so, unless another decides")
    func doubt() {
        let over = when("args.items[*]", .greater, "10")
        #expect(judge(over, #"{"items":[1,"50"]}"#, in: .denyIf) == .cannotBeJudged)
        #expect(judge(over, #"{"items":[50,"50"]}"#, in: .denyIf) == .holds)
        #expect(judge(over, #"{"items":[50,"50"]}"#, in: .require) == .cannotBeJudged)
        #expect(judge(over, #"{"items":[1,"50"]}"#, in: .require) == .doesNotHold)
    }

    @Test("what is no list cannot be judged, and an absent list is absent")
    func shapes() {
        let over = when("args.items[*]", .greater, "10")
        for value in ["5", "\"[50]\"", "{\"0\":50}", "null", "true"] {
            #expect(judge(over, "{\"items\":\(value)}", in: .denyIf) == .cannotBeJudged)
            #expect(judge(over, "{\"items\":\(value)}", in: .require) == .cannotBeJudged)
        }
        #expect(judge(over, "{}", in: .denyIf) == .doesNotHold)
        let other = when("args.items[*]", .notEqual, "10")
        #expect(judge(other, "{}", in: .denyIf) == .holds)
        #expect(judge(other, "{}", in: .require) == .doesNotHold)
    }

    @Test("a member absent in an element is judged as absent there")
    func absentMember() {
        let tag = when("args.items[*].tag", .notEqual, "\"x\"")
        #expect(judge(tag, #"{"items":[{"tag":"x"},{}]}"#, in: .denyIf) == .holds)
        #expect(judge(tag, #"{"items":[{"tag":"y"},{}]}"#, in: .require) == .doesNotHold)
        #expect(
            judge(when("args.items[*].tag", .exists, "true"), #"{"items":[{"tag":"y"},{}]}"#, in: .require)
                == .doesNotHold)
    }

    @Test("look-alike keys in an element cannot be judged")
    func lookAlikes() {
        let over = when("args.items[*].amount", .greater, "10")
        #expect(judge(over, #"{"items":[{"amount":1,"Amount":50}]}"#, in: .denyIf) == .cannotBeJudged)
        #expect(judge(over, #"{"Items":[{"amount":1}]}"#, in: .denyIf) == .cannotBeJudged)
    }

    @Test("elements of elements")
    func nested() {
        let over = when("args.rows[*].cells[*]", .equal, "7")
        #expect(judge(over, #"{"rows":[{"cells":[1]},{"cells":[2,7]}]}"#, in: .denyIf) == .holds)
        #expect(judge(over, #"{"rows":[{"cells":[7]},{"cells":[7,7]}]}"#, in: .require) == .holds)
        #expect(judge(over, #"{"rows":[{"cells":[1]},{"cells":7}]}"#, in: .denyIf) == .cannotBeJudged)
        #expect(
            judge(when("args.rows[1].cells[*]", .equal, "7"), #"{"rows":[{},{"cells":[7]}]}"#, in: .require) == .holds)
        #expect(judge(when("args.rows[*][0]", .equal, "7"), #"{"rows":[[7,1],[7]]}"#, in: .require) == .holds)
    }

    @Test("an index beyond the list is absent, an index into anything else cannot be judged")
    func indices() {
        let second = when("args.items[1]", .equal, "7")
        #expect(judge(second, #"{"items":[1,7]}"#, in: .require) == .holds)
        #expect(judge(second, #"{"items":[1]}"#, in: .denyIf) == .doesNotHold)
        #expect(judge(when("args.items[1]", .notEqual, "7"), #"{"items":[1]}"#, in: .denyIf) == .holds)
        #expect(judge(second, #"{"items":"17"}"#, in: .denyIf) == .cannotBeJudged)
        #expect(judge(second, #"{"items":{"1":7}}"#, in: .denyIf) == .cannotBeJudged)
    }

    @Test("under not, [*] is an error")
    func underNot() {
        let condition = Condition.not(.any([when("args.items[*]", .equal, "7")]))
        let document = document([("a/b", group(.denyIf, [when("args.x", .equal, "1"), condition]))])
        #expect(
            throws: PolicyError(
                pointer: "/tools/a~1b/deny_if/0/conditions/1/not/any/0/path",
                message: "`[*]` under `not` would mean two things; use `not_in` or `neq`")
        ) { try Policy(compiling: document, id: "p", version: 1) }
    }
}
