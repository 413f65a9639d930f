import Testing

@testable import PolicyEngine

@Suite("regular expressions")
struct RegexTests {
    private func matches(_ pattern: String, _ text: String, whole: Bool = false) throws -> Judgement {
        try RegexPattern(pattern).judge(text.utf8.span, whole: whole)
    }

    @Test("a pattern that backtracking engines never finish takes no time", .timeLimit(.minutes(1)))
    func catastrophic() throws {
        let long = String(repeating: "a", count: 60_000)
        for pattern in ["^(a+)+$", "(a|aa)+$", "(a|a?)+$", "(.*)*x", "([a-zA-Z]+)*$", "(?:a?){50}a{50}$"] {
            #expect(try matches(pattern, long + "!") != .cannotBeJudged)
        }
    }

    @Test("a pattern that does not compile says why")
    func broken() {
        for pattern in ["(", "[", "a**", "(?<=a)b", "\\1", "a{1001}", "(?P<n", "\\p{Nope}"] {
            #expect(throws: RegexPattern.Failure.self) { try RegexPattern(pattern) }
        }
        do {
            _ = try RegexPattern("(")
        } catch {
            #expect(error.reason.contains("missing )"))
        }
    }

    @Test("a pattern too large for its memory, or too long, does not compile")
    func large() {
        #expect(throws: RegexPattern.Failure.self) { try RegexPattern("((a{100}){100}){100}") }
        #expect(throws: RegexPattern.Failure.self) { try RegexPattern("(\\pL{500}){2}") }
        #expect(throws: RegexPattern.Failure.self) {
            try RegexPattern(String(repeating: "a", count: PolicyBounds.regexBytes + 1))
        }
    }

    @Test("text is UTF-8: a dot is one character, a NUL is a character")
    func characters() throws {
        #expect(try matches("^.$", "é", whole: false) == .holds)
        #expect(try matches("a.b", "a\0b") == .holds)
        #expect(try matches("b", "a\0b") == .holds)
        #expect(try matches("", "") == .holds)
        #expect(try matches("", "", whole: true) == .holds)
        #expect(try matches("a*", "", whole: true) == .holds)
        #expect(try matches("a", "") == .doesNotHold)
    }

    @Test("the end is the end of the text, and a dot is no line feed")
    func lines() throws {
        #expect(try matches("^a$", "a\n") == .doesNotHold)
        #expect(try matches("^b", "a\nb") == .doesNotHold)
        #expect(try matches("(?m)^b", "a\nb") == .holds)
        #expect(try matches("a.b", "a\nb") == .doesNotHold)
        #expect(try matches("(?i)ADMIN", "aDmin") == .holds)
    }

    @Test("many threads match with one pattern")
    func threads() async throws {
        let pattern = try RegexPattern("(a|b)*c[0-9]+")
        await withTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    (0..<2_000).count { number in
                        pattern.judge("ab\(task)abc\(number)x".utf8.span, whole: false) == .holds
                    }
                }
            }
            for await count in group { #expect(count == 2_000) }
        }
    }

    @Test("a pattern is released with the last policy that has it")
    func released() throws {
        weak var pattern: RegexPattern?
        var policy: Policy? = PolicyEngineTests.policy(
            document([("t", group(.denyIf, [.any([.not(when("args.x", .regex, "\"a+\""))])]))]))
        var rules = policy?.rules(for: name("t"), inputSchema: nil)
        pattern = rules?.bound.code.patterns.first
        #expect(pattern != nil)
        policy = nil
        #expect(pattern != nil)
        #expect(rules?.isUnconditional == false)
        rules = nil
        #expect(pattern == nil)
    }
}
