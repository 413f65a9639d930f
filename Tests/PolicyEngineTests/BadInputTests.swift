import PolicyEngine
import Testing
import WireJSON

/// Policies and calls made to be slow or large: time and memory stay bounded (hostile.md C32 and issue "Bad input").
@Suite("bad input")
struct BadInputTests {
    @Test(
        "patterns that make backtracking engines slow match in no time, or do not compile", .timeLimit(.minutes(1)),
        arguments: [
            "(a+)+$", "(a|aa)+$", "(a|a?)+$", "(.*a){25}", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y", "a{1,1000}",
            "((a{0,100}){0,100}){0,100}", "(?:a?){64}a{64}", "[\\s\\S]*[\\s\\S]*[\\s\\S]*b", "(?i)(k|\u{212a})*$",
        ])
    func patterns(_ pattern: String) {
        guard let path = try? PolicyPath("args.x"),
            let comparison = try? Comparison(path: path, op: .regex, value: json(quoted(pattern)))
        else { return }
        let text = String(repeating: "a", count: PolicyBounds.judgedTextBytes - 1) + "!"
        let policy = policy(document([("t", group(.denyIf, [.comparison(comparison)]))]))
        _ = policy.decide("t", "{\"x\":\(quoted(text))}")
    }

    @Test("back references and look-around, which no linear engine has, do not compile")
    func beyondRegular() {
        for pattern in ["(a)\\1", "(?=a)b", "(?!a)b", "(?<=a)b", "(?>a)", "a++", "(", "[z-a]"] {
            #expect(throws: ComparisonError.self, "\(pattern)") {
                try Comparison(path: PolicyPath("args.x"), op: .regex, value: json(quoted(pattern)))
            }
        }
    }

    @Test("long paths, URLs, addresses and carried texts are judged in time linear in them", .timeLimit(.minutes(1)))
    func texts() {
        let texts = [
            String(repeating: "../", count: 20_000), String(repeating: "/a", count: 30_000),
            String(repeating: "%25", count: 20_000), "/" + String(repeating: "%2e%2e/", count: 9_000),
            "https://" + String(repeating: "a.", count: 30_000), "https://" + String(repeating: "@", count: 60_000),
            "https://xn--" + String(repeating: "9", count: 60_000),
            "http://[" + String(repeating: ":", count: 60_000) + "]",
            String(repeating: "\u{fb03}", count: 20_000), String(repeating: "[", count: 60_000),
            "{\"a\":" + String(repeating: "[0,", count: 20_000), String(repeating: "1", count: 60_000),
            "https://" + String(repeating: "\u{fc}", count: 30_000) + "/",
        ]
        let conditions = [
            when("args.x", .pathWithin, #"["/srv","docs"]"#), when("args.x", .pathWithin, #"["file:///srv"]"#),
            when("args.x", .hostIn, #"["example.com","*.example.org"]"#), when("args.x", .ipIn, #"["10.0.0.0/8"]"#),
            when("args.x.json().a", .greater, "5"), when("args.x", .less, #""2026-07-28T12:00:00Z""#),
        ]
        for text in texts {
            for condition in conditions { _ = judge(condition, "{\"x\":\(quoted(text))}", in: .denyIf) }
        }
    }

    @Test("exponents and digits without end are compared exactly or not at all", .timeLimit(.minutes(1)))
    func numbers() {
        let digits = String(repeating: "9", count: 100_000)
        #expect(judge(when("args.x", .greater, "1e400"), "{\"x\":\(digits)}", in: .denyIf) == .holds)
        #expect(judge(when("args.x", .equal, digits), "{\"x\":\(digits).0}", in: .denyIf) == .holds)
        #expect(judge(when("args.x", .less, "1e400"), "{\"x\":1e\(digits)}", in: .denyIf) == .cannotBeJudged)
        #expect(judge(when("args.x", .less, "0.1000000000000000055"), "{\"x\":0.1}", in: .denyIf) == .holds)
        #expect(throws: ComparisonError.self) {
            try Comparison(path: PolicyPath("args.x"), op: .less, value: json("1e\(digits)"))
        }
    }

    @Test("ten thousand names hidden and ten thousand patterns are found by name in no time", .timeLimit(.minutes(1)))
    func names() {
        let hide = (0..<10_000).map { "hidden_\($0)" }
        let entries = (0..<10_000).map { ("tool_\($0)_*", RuleGroup(action: .deny)) }
        let policy = policy(document(.deny, hide: hide, entries))
        for number in stride(from: 0, to: 10_000, by: 7) {
            #expect(policy.visibility(of: name("hidden_\(number)")) == .hidden(by: RuleID(pointer: "/hide/\(number)")))
            #expect(policy.visibility(of: name("tool_\(number)_x")) == .visible)
            #expect(policy.visibility(of: name("tool_\(number)")) == .unlisted)
        }
        #expect(policy.decide("tool_77_x", nil).denial?.rule == RuleID(pointer: "/tools/tool_77_*/action"))
    }

    @Test("a name of a thousand stars is matched in bounded time", .timeLimit(.minutes(1)))
    func stars() {
        let pattern = String(repeating: "*a", count: 512)
        let policy = policy(document(.deny, [(pattern, RuleGroup())]))
        for length in [511, 512, 1_024] {
            let tool = String(repeating: "a", count: length)
            #expect((policy.visibility(of: name(tool)) == .visible) == (length >= 512))
        }
        #expect(policy.visibility(of: name(String(repeating: "a", count: 1_023) + "b")) == .unlisted)
    }

    @Test("conditions nested deeper than the bound are refused")
    func depth() {
        var condition = when("args.x", .exists, "true")
        for _ in 0..<1_000 { condition = .all([condition]) }
        let document = document([("t", group(.denyIf, [condition]))])
        #expect(throws: PolicyError.self) { try Policy(compiling: document, id: "p", version: 1) }
    }
}
