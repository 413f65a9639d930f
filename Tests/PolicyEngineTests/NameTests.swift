import PolicyEngine
import Testing

@Suite("names and patterns")
struct NameTests {
    @Test("names compare as bytes, never by Unicode equivalence")
    func bytes() {
        let composed = name("caf\u{e9}")
        let decomposed = name("cafe\u{301}")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(RuleID(pointer: "/tools/caf\u{e9}") != RuleID(pointer: "/tools/cafe\u{301}"))
        #expect(decomposed < composed)
    }

    @Test("a name is not empty, not longer than the bound, and UTF-8")
    func validity() {
        #expect(ToolName("") == nil)
        #expect(ToolName([UInt8]()) == nil)
        #expect(ToolName([0xFF]) == nil)
        #expect(ToolName(Array("a".utf8))?.description == "a")
        #expect(ToolName(String(repeating: "a", count: PolicyBounds.nameBytes)) != nil)
        #expect(ToolName(String(repeating: "a", count: PolicyBounds.nameBytes + 1)) == nil)
        #expect(NamePattern("") == nil)
    }

    private static let matches: [(String, String, Bool)] = [
        ("a", "a", true), ("a", "b", false), ("a", "aa", false), ("a", "A", false), ("*", "anything", true),
        ("**", "anything", true), ("delete_*", "delete_user", true), ("delete_*", "delete_", true),
        ("delete_*", "delete", false), ("delete_*", "undelete_user", false), ("*_user", "delete_user", true),
        ("*_user", "delete_user_policy", false), ("a*b*c", "abc", true), ("a*b*c", "aXbYbZc", true),
        ("a*b*c", "aXcYb", false), ("*a*", "bab", true), ("*ab", "aab", true), ("a.b", "axb", false),
        ("a?", "ab", false),
        ("[ab]", "a", false), ("caf\u{e9}", "cafe\u{301}", false), ("caf*", "cafe\u{301}", true),
        ("*\u{301}", "e\u{301}", true),
    ]

    @Test("a star is any run of characters and nothing else is special", arguments: matches)
    func patterns(_ pattern: String, _ text: String, _ isMatch: Bool) {
        #expect(NamePattern(pattern)!.matches(name(text)) == isMatch)
    }

    @Test("many stars over a long name take no long time")
    func hostile() {
        let pattern = NamePattern(String(repeating: "*a", count: 500))!
        #expect(!pattern.matches(Array(repeating: UInt8(ascii: "a"), count: 499)))
        #expect(pattern.matches(Array(repeating: UInt8(ascii: "a"), count: 1000)))
        #expect(!pattern.matches(Array(repeating: UInt8(ascii: "b"), count: 1000)))
    }

    @Test("a key in a JSON Pointer escapes tilde and slash")
    func tokens() {
        #expect(RuleID.token(for: "a/b~c") == "a~1b~0c")
        #expect(RuleID.token(for: "plain") == "plain")
    }
}
