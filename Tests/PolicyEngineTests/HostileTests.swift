import PolicyEngine
import Testing

/// Calls made to be slow to judge: all are bounded by the size of the call and the rules.
@Suite("hostile calls")
struct HostileTests {
    private let policy = PolicyEngineTests.policy(
        document([
            (
                "t",
                RuleGroup(
                    denyIf: (0..<40).map { rule(when("args.argument_\($0)", .equal, "\"x\"")) } + [
                        rule(when("args.list[*].path", .contains, "\"/etc\"")),
                        rule(when("args.list", .contains, "\"needle\"")),
                        rule(when("args.matrix[*][*]", .greater, "10")),
                    ])
            )
        ]))

    @Test("three hundred thousand keys that are no ASCII take no long time", .timeLimit(.minutes(1)))
    func keys() {
        let members = (0..<300_000).map { "\"\u{e9}\($0)\":1" }.joined(separator: ",")
        #expect(policy.decide("t", "{\(members)}").isPermitted)
    }

    @Test("a list of three hundred thousand elements takes no long time", .timeLimit(.minutes(1)))
    func elements() {
        let texts = [String](repeating: "\"hay\"", count: 300_000).joined(separator: ",")
        #expect(!policy.decide("t", "{\"list\":[\(texts)]}").isPermitted)
        let objects = [String](repeating: "{\"path\":\"/srv\"}", count: 200_000).joined(separator: ",")
        #expect(!policy.decide("t", "{\"list\":[\(objects)]}").isPermitted)
        let rows = [String](repeating: "[1,2,3,4,5,6,7,8]", count: 50_000).joined(separator: ",")
        #expect(policy.decide("t", "{\"matrix\":[\(rows)]}").isPermitted)
    }

    @Test("arguments nested as deep as the reader allows are judged")
    func depth() {
        let deep = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
        #expect(!policy.decide("t", "{\"matrix\":\(deep)}").isPermitted)
        let wanted = "[" + String(repeating: "[", count: 50) + String(repeating: "]", count: 50) + "]"
        let nested = PolicyEngineTests.policy(document([("t", group(.denyIf, [when("args.x", .equal, wanted)]))]))
        #expect(nested.decide("t", "{\"x\":\(deep)}").isPermitted)
        #expect(!nested.decide("t", "{\"x\":\(wanted)}").isPermitted)
    }

    @Test("a text of megabytes is judged or refused in no time", .timeLimit(.minutes(1)))
    func texts() {
        let long = String(repeating: "a", count: 3 << 20)
        #expect(policy.decide("t", "{\"argument_1\":\"\(long)\"}").isPermitted)
        #expect(!policy.decide("t", "{\"list\":[\"\(long)\"]}").isPermitted)
    }
}
