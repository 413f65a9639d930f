import PolicyEngine
import Testing

/// Arguments carried as JSON text inside a string, and wrapped in one object.
@Suite("carried and wrapped arguments")
struct CarriedTests {
    private func judged(
        _ path: String, _ op: PolicyEngine.Operator, _ value: String, body: String, in use: RuleUse = .denyIf,
        schema: String? = nil
    ) -> Judgement {
        judge(when(path, op, value), "{\"body\":\(quoted(body))}", schema: schema, in: use)
    }

    /// A text, and how `args.body.json().amount gt 500` ends for it.
    private static let texts: [PathCase] = [
        .init(#"{"amount":501}"#, .holds), .init(#" { "amount" : 5.01e2 } "#, .holds),
        .init(#"{"amount":500}"#, .doesNotHold),
        .init("{}", .doesNotHold), .init(#"{"amount":"501"}"#, .cannotBeJudged),
        .init(#"{"amount":null}"#, .cannotBeJudged),
        // what two readers of JSON could read differently
        .init(#"{"amount":1,"amount":501}"#, .cannotBeJudged), .init(#"{"amount":501,}"#, .cannotBeJudged),
        .init(#"{"amount":501"#, .cannotBeJudged), .init(#"{"amount":501} {}"#, .cannotBeJudged),
        .init(#"{'amount':501}"#, .cannotBeJudged), .init("{\"amount\":501/**/}", .cannotBeJudged),
        .init("\u{feff}{\"amount\":501}", .cannotBeJudged), .init(#"{"amount":NaN}"#, .cannotBeJudged),
        .init(#"{"amount":1e99999999999999999999}"#, .cannotBeJudged), .init("", .cannotBeJudged),
        .init("amount=501", .cannotBeJudged),
        // look-alike keys are no better for being carried
        .init(#"{"Amount":501}"#, .cannotBeJudged), .init(#"{"amount":1,"AMOUNT":501}"#, .cannotBeJudged),
        .init("{\"amount\u{200b}\":501}", .cannotBeJudged), .init(#"{"amount\u0000":501}"#, .cannotBeJudged),
        .init(#"{"\u0061mount":501}"#, .holds), .init(#"{"amoun\u0074":1}"#, .doesNotHold),
        // not an object
        .init("[501]", .cannotBeJudged), .init("501", .cannotBeJudged), .init("null", .cannotBeJudged),
        .init(#""{\"amount\":501}""#, .cannotBeJudged),
    ]

    @Test("a text is read as strictly as the call itself", arguments: texts)
    func readsText(_ line: PathCase) {
        #expect(judged("args.body.json().amount", .greater, "500", body: line.path) == line.judgement)
        #expect(
            judged("args.body.json()[\"amount\"]", .greater, "500", body: line.path, in: .approveIf) == line.judgement)
    }

    @Test(
        "what is no text carries nothing that can be judged",
        arguments: [#"{"amount":501}"#, "5", "null", "[]", "true"])
    func types(_ value: String) {
        let condition = when("args.body.json().amount", .greater, "500")
        #expect(judge(condition, "{\"body\":\(value)}", in: .denyIf) == .cannotBeJudged)
    }

    @Test("an absent text carries nothing, which is absent")
    func absent() {
        #expect(judge(when("args.body.json().amount", .greater, "500"), "{}", in: .denyIf) == .doesNotHold)
        #expect(judge(when("args.body.json().amount", .notEqual, "5"), "{}", in: .denyIf) == .holds)
        #expect(judge(when("args.body.json().amount", .notEqual, "5"), "{}", in: .require) == .doesNotHold)
    }

    @Test("a text is carried in a list, in an object, in a text that was carried itself")
    func nested() {
        let list = #"{"items":["{\"n\":1}","{\"n\":9}"]}"#
        #expect(judge(when("args.items[1].json().n", .equal, "9"), list, in: .denyIf) == .holds)
        #expect(judge(when("args.items[*].json().n", .equal, "9"), list, in: .denyIf) == .holds)
        #expect(judge(when("args.items[*].json().n", .less, "9"), list, in: .require) == .doesNotHold)
        #expect(judge(when("args.items[*].json().n", .less, "10"), list, in: .require) == .holds)
        let twice = #"{"a":{"b":"{\"c\":\"{\\\"d\\\":\\\"x\\\"}\"}"}}"#
        #expect(judge(when("args.a.b.json().c.json().d", .equal, "\"x\""), twice, in: .require) == .holds)
        #expect(judge(when("args.a.b.json().c", .contains, "\"d\""), twice, in: .require) == .holds)
    }

    @Test("[*] goes through a list that is carried")
    func elements() {
        let body = #"{"rows":[{"n":1},{"n":2}]}"#
        #expect(judged("args.body.json().rows[*].n", .equal, "2", body: body) == .holds)
        #expect(judged("args.body.json().rows[*].n", .lessOrEqual, "2", body: body, in: .require) == .holds)
        #expect(judged("args.body.json().rows[*].n", .equal, "2", body: #"{"rows":[{"N":2}]}"#) == .cannotBeJudged)
        #expect(judged("args.body.json()[*]", .equal, "\"x\"", body: #"["x"]"#) == .holds)
    }

    @Test("texts that are carried are compared as any text")
    func operators() {
        let body = #"{"path":"\/srv\/a","url":"https:\/\/example.com","when":"2026-07-28T12:00:00Z","t":"ab"}"#
        #expect(judged("args.body.json().path", .pathWithin, #"["/srv"]"#, body: body, in: .require) == .holds)
        #expect(judged("args.body.json().url", .hostIn, #"["example.com"]"#, body: body, in: .require) == .holds)
        #expect(judged("args.body.json().when", .less, #""2026-07-28T12:00:01Z""#, body: body, in: .require) == .holds)
        #expect(judged("args.body.json().t", .regex, "\"^ab$\"", body: body, in: .require) == .holds)
        #expect(judged("args.body.json().t", .isIn, #"["ab"]"#, body: body, in: .require) == .holds)
        #expect(judged("args.body.json()", .equal, #"{"a":1}"#, body: #"{"a":1.0}"#, in: .require) == .holds)
        #expect(judged("args.body.json()", .exists, "true", body: "{}", in: .require) == .holds)
        #expect(judged("args.body.json()", .exists, "true", body: "{", in: .require) == .cannotBeJudged)
    }

    @Test("a default that is carried is judged where the argument is absent")
    func defaults() {
        let schema = #"{"properties":{"body":{"type":"string","default":"{\"amount\":501}"}}}"#
        let condition = when("args.body.json().amount", .greater, "500")
        #expect(judge(condition, "{}", schema: schema, in: .denyIf) == .holds)
        #expect(judge(condition, #"{"body":"{}"}"#, schema: schema, in: .denyIf) == .doesNotHold)
    }

    @Test("an amount that is carried is charged")
    func amounts() throws {
        let limit = LimitRule(
            counter: "spent", window: .seconds(60), max: 10_000_000,
            amount: .argument(try PolicyPath("args.body.json().amount")))
        let policy = policy(document([("t", RuleGroup(limits: [limit]))]))
        let charges = policy.decide("t", #"{"body":"{\"amount\":2.5}"}"#).obligations?.charges
        #expect(charges?.map(\.amount) == [2_500_000])
        #expect(!policy.decide("t", #"{"body":"{\"amount\":\"2.5\"}"}"#).isPermitted)
        #expect(!policy.decide("t", #"{"body":"{"}"#).isPermitted)
    }

    @Test("a text over the bound, or nested without end, cannot be judged")
    func bounds() {
        let long = "{\"amount\":1,\"x\":\"\(String(repeating: "a", count: PolicyBounds.carriedBytes))\"}"
        #expect(judged("args.body.json().amount", .greater, "500", body: long) == .cannotBeJudged)
        let deep = String(repeating: "[", count: 1_000) + String(repeating: "]", count: 1_000)
        #expect(judged("args.body.json().amount", .greater, "500", body: deep) == .cannotBeJudged)
    }

    @Test("arguments that are wrapped are judged where they are, and a look-alike of the wrapper cannot be judged")
    func wrapped() {
        let condition = when("args.params.amount", .greater, "500")
        #expect(judge(condition, #"{"params":{"amount":501}}"#, in: .denyIf) == .holds)
        #expect(judge(condition, #"{"params":{"amount":1}}"#, in: .denyIf) == .doesNotHold)
        #expect(judge(condition, #"{"amount":501}"#, in: .denyIf) == .doesNotHold)
        #expect(judge(condition, #"{"Params":{"amount":501}}"#, in: .denyIf) == .cannotBeJudged)
        #expect(judge(condition, #"{"params":{"amount":1},"PARAMS":{"amount":501}}"#, in: .denyIf) == .cannotBeJudged)
        #expect(judge(condition, #"{"params":"{\"amount\":501}"}"#, in: .denyIf) == .cannotBeJudged)
        #expect(judge(condition, #"{"params":[{"amount":501}]}"#, in: .denyIf) == .cannotBeJudged)
        let schema = """
            {"properties":{"params":{"$ref":"#/$defs/P"}},"$defs":{"P":{"type":"object","properties":{
            "amount":{"type":"integer","default":900}}}}}
            """
        #expect(judge(condition, #"{"params":{}}"#, schema: schema, in: .denyIf) == .holds)
        #expect(judge(condition, #"{"params":{"amount":1.5}}"#, schema: schema, in: .denyIf) == .cannotBeJudged)
    }

    @Test("a trace says what was carried, or that nothing could be read")
    func traces() {
        let policy = policy(document([("t", group(.denyIf, [when("args.body.json().amount", .greater, "500")]))]))
        let rules = policy.rules(for: name("t"), inputSchema: nil)
        let told = [#"{"body":"{\"amount\":501}"}"#, #"{"body":"{"}"#].map {
            rules.trace(PolicyRequest(arguments: json($0), context: context("t"))).lines[1]
        }
        #expect(told[0] == "    args.body.json().amount gt 500: holds (saw 501)")
        #expect(told[1].hasSuffix("(saw no JSON that can be read in one way only where the path goes on in it)"))
    }
}
