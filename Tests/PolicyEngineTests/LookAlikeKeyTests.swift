import PolicyEngine
import Testing

@Suite("look-alike keys")
struct LookAlikeKeyTests {
    private static let lookAlikes = [
        "Path", "PATH", "pAth", "path\\u0000", "path\\u0000\\u0000", "pa\\u200bth", "\\u2060path", "p\u{fe0f}ath",
        "\u{ff50}\u{ff41}\u{ff54}\u{ff48}", "\\uff50ath", "pat\\u02b0", "p\\u00aath", "P\\u0041th",
    ]

    @Test("beside the argument or instead of it they cannot be judged", arguments: lookAlikes)
    func obscured(_ key: String) {
        let condition = when("args.path", .equal, "\"/etc/passwd\"")
        for use in RuleUse.allCases {
            #expect(judge(condition, "{\"\(key)\":\"x\"}", in: use) == .cannotBeJudged)
            #expect(judge(condition, "{\"path\":\"x\",\"\(key)\":\"y\"}", in: use) == .cannotBeJudged)
            #expect(judge(condition, "{\"\(key)\":\"y\",\"path\":\"x\"}", in: use) == .cannotBeJudged)
        }
    }

    @Test("they cannot be judged by exists either", arguments: lookAlikes)
    func presence(_ key: String) {
        #expect(judge(when("args.path", .exists, "true"), "{\"\(key)\":1}", in: .require) == .cannotBeJudged)
        #expect(judge(when("args.path", .exists, "false"), "{\"\(key)\":1}", in: .denyIf) == .cannotBeJudged)
    }

    private static let otherKeys = [
        "paths", "pat", "pa-th", "pa th", "раth", "p\u{e4}th", "", "htap", "path\\u0000x", "\\u0000path",
    ]

    @Test("other keys are other keys", arguments: otherKeys)
    func others(_ key: String) {
        let condition = when("args.path", .equal, "\"x\"")
        #expect(judge(condition, "{\"path\":\"x\",\"\(key)\":\"y\"}", in: .require) == .holds)
        #expect(judge(condition, "{\"\(key)\":\"y\"}", in: .denyIf) == .doesNotHold)
    }

    @Test("an escaped spelling of the key is the key")
    func escaped() {
        #expect(judge(when("args.path", .equal, "\"x\""), #"{"p\u0061th":"x"}"#, in: .require) == .holds)
    }

    @Test(
        "the accepted schema declares both names: then each is itself", arguments: ["Path", "p\u{e1}th", "pa\\u200bth"])
    func declared(_ key: String) {
        let both = "{\"properties\":{\"path\":{},\"\(key)\":{}}}"
        let one = "{\"properties\":{\"path\":{}}}"
        let arguments = "{\"path\":\"x\",\"\(key)\":\"y\"}"
        #expect(judge(when("args.path", .equal, "\"x\""), arguments, schema: both, in: .require) == .holds)
        if key != "p\u{e1}th" {
            #expect(judge(when("args.path", .equal, "\"x\""), arguments, schema: one, in: .require) == .cannotBeJudged)
        }
    }

    @Test("a step on the way counts like the last one")
    func nested() {
        let condition = when("args.file.path", .equal, "\"x\"")
        #expect(judge(condition, #"{"file":{"path":"x"}}"#, in: .require) == .holds)
        #expect(judge(condition, #"{"File":{"path":"x"}}"#, in: .denyIf) == .cannotBeJudged)
        #expect(judge(condition, #"{"file":{"path":"x"},"FILE":{"path":"y"}}"#, in: .denyIf) == .cannotBeJudged)
        #expect(judge(condition, #"{"file":{"Path":"x"}}"#, in: .denyIf) == .cannotBeJudged)
        #expect(judge(condition, #"{"file":{"path":"x","PATH":"y"}}"#, in: .denyIf) == .cannotBeJudged)
    }

    @Test("a rule's own name that is not ASCII has look-alikes too")
    func foreign() {
        let kelvin = when("args[\"\u{212a}\"]", .equal, "1")
        #expect(judge(kelvin, "{\"\u{212a}\":1}", in: .require) == .holds)
        #expect(judge(kelvin, "{\"k\":1}", in: .denyIf) == .cannotBeJudged)
        #expect(judge(kelvin, "{\"K\":1}", in: .denyIf) == .cannotBeJudged)
        let street = when("args.straße", .equal, "1")
        #expect(judge(street, "{\"STRASSE\":1}", in: .denyIf) == .cannotBeJudged)
        #expect(judge(street, "{\"straße\":1}", in: .require) == .holds)
        let composed = when("args.caf\u{e9}", .equal, "1")
        #expect(judge(composed, "{\"caf\u{e9}\":1}", in: .require) == .holds)
        #expect(judge(composed, "{\"cafe\u{301}\":1}", in: .denyIf) == .cannotBeJudged)
    }

    @Test("two rules that look at look-alike names judge neither")
    func twoRules() {
        let group = RuleGroup(denyIf: [rule(when("args.path", .equal, "1")), rule(when("args.Path", .equal, "2"))])
        let policy = policy(document([("t", group)]))
        #expect(policy.decide("t", #"{"path":0}"#).denial?.rule == RuleID(pointer: "/tools/t/deny_if/1"))
        #expect(policy.decide("t", #"{"Path":0}"#).denial?.rule == RuleID(pointer: "/tools/t/deny_if/0"))
        #expect(policy.decide("t", "{}").isPermitted)
    }
}
