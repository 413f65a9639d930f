import PolicyEngine
import Testing

/// One line of the operators' table: how `args.x OP value` ends for an argument, in `deny_if` and in `require`.
struct OperatorCase: CustomTestStringConvertible, Sendable {
    let op: PolicyEngine.Operator
    let value: String
    /// `nil`: the argument is absent.
    let argument: String?
    let denyIf: Judgement
    let require: Judgement

    init(
        _ op: PolicyEngine.Operator, _ value: String, _ argument: String?, _ denyIf: Judgement,
        _ require: Judgement? = nil
    ) {
        self.op = op
        self.value = value
        self.argument = argument
        self.denyIf = denyIf
        self.require = require ?? denyIf
    }

    var testDescription: String { "\(argument ?? "absent") \(op.rawValue) \(value)" }
}

private let yes = Judgement.holds
private let no = Judgement.doesNotHold
private let unclear = Judgement.cannotBeJudged

/// policy.md section 2, operator by operator, for every kind of value.
private let table: [OperatorCase] = [
    // eq: equal, numbers as exact decimals, text as bytes; another type cannot be judged
    .init(.equal, "5", "5", yes), .init(.equal, "5", "5.0", yes), .init(.equal, "5", "50e-1", yes),
    .init(.equal, "5", "5.000000000000000000000000001", no), .init(.equal, "0.1", "0.1000000000000000055", no),
    .init(.equal, "1e400", "1e400", yes), .init(.equal, "1e400", "10e399", yes), .init(.equal, "1e400", "1e401", no),
    .init(.equal, "9007199254740993", "9007199254740992", no), .init(.equal, "0", "-0", yes),
    .init(.equal, "5", "\"5\"", unclear), .init(.equal, "5", "true", unclear), .init(.equal, "5", "null", unclear),
    .init(.equal, "5", "[5]", unclear), .init(.equal, "5", "{\"v\":5}", unclear), .init(.equal, "5", nil, no),
    .init(.equal, "\"a\"", "\"a\"", yes), .init(.equal, "\"a\"", "\"\\u0061\"", yes),
    .init(.equal, "\"a\"", "\"b\"", no),
    .init(.equal, "\"\"", "\"\"", yes), .init(.equal, "\"a\"", "\"A\"", no), .init(.equal, "\"a\"", "5", unclear),
    .init(.equal, "\"café\"", "\"cafe\u{301}\"", no), .init(.equal, "\"a\"", "[\"a\"]", unclear),
    .init(.equal, "\"a\"", "{\"a\":\"a\"}", unclear), .init(.equal, "\"a\"", "null", unclear),
    .init(.equal, "\"a\"", nil, no),
    .init(.equal, "\"a\\nb\"", "\"a\\u000ab\"", yes), .init(.equal, "\"a\\nb\"", "\"a\\tb\"", no),
    .init(.equal, "true", "true", yes), .init(.equal, "true", "false", no), .init(.equal, "true", "1", unclear),
    .init(.equal, "true", "\"true\"", unclear), .init(.equal, "true", nil, no),
    .init(.equal, "null", "null", yes), .init(.equal, "null", "\"null\"", unclear), .init(.equal, "null", nil, no),
    .init(.equal, "[1,2]", "[1.0,2]", yes), .init(.equal, "[1,2]", "[2,1]", no), .init(.equal, "[1,2]", "[1]", no),
    .init(.equal, "[1,2]", "[1,\"2\"]", unclear), .init(.equal, "[1,2]", "[3,\"2\"]", no),
    .init(.equal, "[]", "[]", yes),
    .init(.equal, "{\"a\":1}", "{ \"a\" : 1.0 }", yes), .init(.equal, "{\"a\":1}", "{\"a\":1,\"b\":2}", no),
    .init(.equal, "{\"a\":1}", "{\"b\":1}", no), .init(.equal, "{\"a\":1}", "{\"A\":1}", unclear),
    .init(.equal, "{\"a\":1,\"b\":[2]}", "{\"b\":[2],\"a\":1}", yes),
    .init(.equal, "{\"a\":1}", "{\"a\":\"1\"}", unclear),
    .init(.equal, "{}", "{}", yes), .init(.equal, "{}", "[]", unclear),
    // neq: the opposite; absent it holds in deny_if and not in require
    .init(.notEqual, "5", "5.0", no), .init(.notEqual, "5", "6", yes), .init(.notEqual, "5", "\"6\"", unclear),
    .init(.notEqual, "5", "null", unclear), .init(.notEqual, "5", nil, yes, no),
    .init(.notEqual, "\"a\"", "[\"b\"]", unclear),
    // lt lte gt gte: numbers with numbers
    .init(.less, "5", "4.999999999", yes), .init(.less, "5", "5", no), .init(.less, "5", "5.0000001", no),
    .init(.less, "5", "-1e300", yes), .init(.less, "5", "\"4\"", unclear), .init(.less, "5", "null", unclear),
    .init(.less, "5", "[4]", unclear), .init(.less, "5", "{}", unclear), .init(.less, "5", "true", unclear),
    .init(.less, "5", nil, no),
    .init(.lessOrEqual, "5", "5e0", yes), .init(.lessOrEqual, "5", "5.0000000000000001", no),
    .init(.lessOrEqual, "5", nil, no), .init(.lessOrEqual, "0.3", "0.30000000000000000001", no),
    .init(.greater, "5", "5.000001", yes), .init(.greater, "5", "5.00000000000000000001", yes),
    .init(.greater, "5", "5", no),
    .init(.greater, "10000", "1e5", yes), .init(.greater, "10000", "\"99999\"", unclear), .init(.greater, "5", nil, no),
    .init(.greater, "1e300", "1e301", yes), .init(.greater, "1e301", "5", no), .init(.greater, "-1e-300", "0", yes),
    .init(.greater, "5", "1e99999999999999999999", unclear),
    .init(.greaterOrEqual, "5", "5.0", yes), .init(.greaterOrEqual, "5", "4", no), .init(.greaterOrEqual, "5", nil, no),
    // … times with times
    .init(.less, "\"2026-07-28T12:00:00Z\"", "\"2026-07-28T13:59:59.999+02:00\"", yes),
    .init(.less, "\"2026-07-28T12:00:00Z\"", "\"2026-07-28T14:00:00+02:00\"", no),
    .init(.greater, "\"2026-07-28T12:00:00Z\"", "\"2026-07-28T12:00:00.000000001Z\"", yes),
    .init(.greaterOrEqual, "\"2026-07-28T12:00:00Z\"", "\"2026-07-28t12:00:00z\"", yes),
    .init(.lessOrEqual, "\"2026-07-28T12:00:00Z\"", "\"yesterday\"", unclear),
    .init(.lessOrEqual, "\"2026-07-28T12:00:00Z\"", "\"2026-07-28\"", unclear),
    .init(.lessOrEqual, "\"2026-07-28T12:00:00Z\"", "1785240000", unclear),
    .init(.lessOrEqual, "5", "\"2026-07-28T12:00:00Z\"", unclear),
    // in, not_in: equal to one, to none
    .init(.isIn, "[\"a\",\"b\"]", "\"b\"", yes), .init(.isIn, "[\"a\",\"b\"]", "\"c\"", no),
    .init(.isIn, "[1,2]", "2.0", yes),
    .init(.isIn, "[\"a\",\"b\"]", "1", unclear), .init(.isIn, "[\"a\",1]", "\"a\"", yes),
    .init(.isIn, "[\"a\",1]", "\"b\"", unclear),
    .init(.isIn, "[]", "\"a\"", no), .init(.isIn, "[\"a\"]", "[\"a\"]", unclear), .init(.isIn, "[[1]]", "[1]", yes),
    .init(.isIn, "[\"a\"]", "null", unclear), .init(.isIn, "[\"a\"]", nil, no),
    .init(.isNotIn, "[\"a\",\"b\"]", "\"c\"", yes), .init(.isNotIn, "[\"a\",\"b\"]", "\"a\"", no),
    .init(.isNotIn, "[\"a\",\"b\"]", "1", unclear), .init(.isNotIn, "[\"a\"]", nil, yes, no),
    .init(.isNotIn, "[]", "1", yes),
    // exists: present and not null, whatever the type
    .init(.exists, "true", "\"a\"", yes), .init(.exists, "true", "0", yes), .init(.exists, "true", "[]", yes),
    .init(.exists, "true", "{}", yes), .init(.exists, "true", "false", yes), .init(.exists, "true", "null", no),
    .init(.exists, "true", nil, no), .init(.exists, "false", "\"a\"", no), .init(.exists, "false", "null", yes),
    .init(.exists, "false", nil, yes),
    // contains: text in text, an equal element in a list
    .init(.contains, "\"b\"", "\"abc\"", yes), .init(.contains, "\"b\"", "\"a\\u0062c\"", yes),
    .init(.contains, "\"b\"", "\"ac\"", no),
    .init(.contains, "\"\"", "\"\"", yes), .init(.contains, "\"b\"", "[\"a\",\"b\"]", yes),
    .init(.contains, "\"b\"", "[\"a\",\"c\"]", no),
    .init(.contains, "\"b\"", "[\"a\",\"abc\"]", unclear), .init(.contains, "\"b\"", "[\"abc\",\"b\"]", yes),
    .init(.contains, "\"b\"", "[\"a\",1]", unclear), .init(.contains, "\"b\"", "[[\"b\"]]", unclear),
    .init(.contains, "\"b\"", "[]", no),
    .init(.contains, "5", "[1,5.0]", yes), .init(.contains, "5", "[1,2]", no), .init(.contains, "5", "\"5\"", unclear),
    .init(.contains, "5", "[\"5\"]", unclear), .init(.contains, "{\"a\":1}", "[{\"a\":1}]", yes),
    .init(.contains, "\"b\"", "5", unclear), .init(.contains, "\"b\"", "{\"b\":1}", unclear),
    .init(.contains, "\"b\"", "null", unclear),
    .init(.contains, "\"b\"", "true", unclear), .init(.contains, "\"b\"", nil, no),
    // regex: text only, unanchored
    .init(.regex, "\"b+\"", "\"abbc\"", yes), .init(.regex, "\"b+\"", "\"a\\u0062c\"", yes),
    .init(.regex, "\"^b\"", "\"abc\"", no),
    .init(.regex, "\"a$\"", "\"a\\n\"", no), .init(.regex, "\"^$\"", "\"\"", yes),
    .init(.regex, "\"é\"", "\"caf\\u00e9\"", yes),
    .init(.regex, "\"b\"", "[\"b\"]", unclear), .init(.regex, "\"5\"", "5", unclear),
    .init(.regex, "\"b\"", "null", unclear),
    .init(.regex, "\"b\"", "{\"b\":1}", unclear), .init(.regex, "\"true\"", "true", unclear),
    .init(.regex, "\"b\"", nil, no),
]

@Suite("operators")
struct OperatorTests {
    @Test("each operator ends for each kind of value as the language says", arguments: table)
    func ends(_ line: OperatorCase) {
        let condition = when("args.x", line.op, line.value)
        let arguments = line.argument.map { "{\"x\":\($0)}" } ?? "{}"
        #expect(judge(condition, arguments, in: .denyIf) == line.denyIf)
        #expect(judge(condition, arguments, in: .approveIf) == line.denyIf)
        #expect(judge(condition, arguments, in: .require) == line.require)
    }

    @Test("a call without arguments is judged like one with none", arguments: table.filter { $0.argument == nil })
    func endsWithoutArguments(_ line: OperatorCase) {
        let condition = when("args.x", line.op, line.value)
        #expect(judge(condition, nil, in: .denyIf) == line.denyIf)
        #expect(judge(condition, nil, in: .require) == line.require)
    }

    @Test(
        "deny_if and approve_if act unless the conditions do not hold; require passes only when they hold",
        arguments: table)
    func acts(_ line: OperatorCase) {
        let condition = when("args.x", line.op, line.value)
        let arguments = line.argument.map { "{\"x\":\($0)}" } ?? "{}"
        let denying = policy(document([("t", group(.denyIf, [condition]))])).decide("t", arguments)
        #expect(denying.isPermitted == (line.denyIf == .doesNotHold))
        let requiring = policy(document([("t", group(.require, [condition]))])).decide("t", arguments)
        #expect(requiring.isPermitted == (line.require == .holds))
        let asking = policy(document([("t", group(.approveIf, [condition]))])).decide("t", arguments)
        #expect(asking.obligations?.approvals.isEmpty == (line.denyIf == .doesNotHold))
    }

    @Test("an anchored pattern wants the whole text")
    func anchored() {
        let anchored = when("args.x", .regex, "\"a|ab\"", anchored: true)
        #expect(judge(anchored, #"{"x":"ab"}"#, in: .require) == .holds)
        #expect(judge(anchored, #"{"x":"abc"}"#, in: .require) == .doesNotHold)
        #expect(judge(anchored, #"{"x":"ab\n"}"#, in: .require) == .doesNotHold)
        #expect(judge(when("args.x", .regex, "\"a|ab\""), #"{"x":"cab\n"}"#, in: .require) == .holds)
    }

    @Test("text over the bound cannot be judged by regex and contains, and is judged by eq")
    func longText() {
        let within = String(repeating: "a", count: PolicyBounds.judgedTextBytes)
        let over = within + "a"
        for (text, judgement) in [(within, Judgement.holds), (over, .cannotBeJudged)] {
            #expect(judge(when("args.x", .regex, "\"a\""), "{\"x\":\"\(text)\"}", in: .denyIf) == judgement)
            #expect(judge(when("args.x", .contains, "\"a\""), "{\"x\":\"\(text)\"}", in: .denyIf) == judgement)
        }
        #expect(judge(when("args.x", .equal, "\"a\""), "{\"x\":\"\(over)\"}", in: .denyIf) == .doesNotHold)
    }
}
