import PolicyEngine
import Testing

@Suite("the call's context")
struct ContextTests {
    private let full = PolicyContext(
        tool: name("t"), toolCategory: "payments", toolRisk: "high", serverName: "billing",
        grantLabel: "a label of some length",
        grantTags: ["team": "platform", "caf\u{e9}": "yes"], principalID: "u-1", principalEmail: "a@example.com")

    private func judged(
        _ path: String, _ op: PolicyEngine.Operator, _ value: String, _ context: PolicyContext
    ) -> Judgement {
        let rules = policy(document([("t", group(.denyIf, [when(path, op, value)]))])).rules(
            for: name("t"), inputSchema: nil)
        return rules.trace(PolicyRequest(arguments: nil, context: context)).steps[0].judgement
    }

    @Test("each field is what is known of the call")
    func fields() {
        #expect(judged("tool.name", .equal, "\"t\"", full) == .holds)
        #expect(judged("tool.category", .equal, "\"payments\"", full) == .holds)
        #expect(judged("tool.risk", .isIn, "[\"high\",\"critical\"]", full) == .holds)
        #expect(judged("server.name", .regex, "\"^bill\"", full) == .holds)
        #expect(judged("grant.label", .contains, "\"some length\"", full) == .holds)
        #expect(judged("grant.tags.team", .notEqual, "\"platform\"", full) == .doesNotHold)
        #expect(judged("principal.id", .equal, "\"u-1\"", full) == .holds)
        #expect(judged("principal.email", .regex, "\"@example[.]com$\"", full) == .holds)
        #expect(judged("grant.label", .equal, "5", full) == .cannotBeJudged)
        #expect(judged("principal.id", .exists, "true", full) == .holds)
    }

    @Test("absent context cannot be judged, not even by exists")
    func absent() {
        let bare = context("t")
        let operators: [(PolicyEngine.Operator, String)] = [
            (.equal, "\"x\""), (.notEqual, "\"x\""), (.exists, "true"), (.exists, "false"), (.isNotIn, "[\"x\"]"),
            (.regex, "\"x\""),
        ]
        for path in ["tool.category", "tool.risk", "grant.tags.team", "principal.id", "principal.email"] {
            for (op, value) in operators { #expect(judged(path, op, value, bare) == .cannotBeJudged) }
        }
    }

    @Test("a tag's name compares as bytes")
    func tags() {
        #expect(judged("grant.tags.caf\u{e9}", .equal, "\"yes\"", full) == .holds)
        #expect(judged("grant.tags.cafe\u{301}", .equal, "\"yes\"", full) == .cannotBeJudged)
    }
}
