import PolicyEngine
import Testing

@Suite("paths")
struct PathTests {
    private static let read: [(String, [PolicyPath.Step])] = [
        ("args.a", [.key(Array("a".utf8))]),
        ("args.a.b", [.key(Array("a".utf8)), .key(Array("b".utf8))]),
        ("args.a-b_$1", [.key(Array("a-b_$1".utf8))]),
        ("args.größe", [.key(Array("größe".utf8))]),
        ("args[\"odd key\"]", [.key(Array("odd key".utf8))]),
        ("args[\"a.b\"].c", [.key(Array("a.b".utf8)), .key(Array("c".utf8))]),
        ("args[\"q\\\"\\u00e9\"]", [.key(Array("q\"é".utf8))]),
        ("args[\"\"]", [.key([])]),
        ("args.items[0].id", [.key(Array("items".utf8)), .index(0), .key(Array("id".utf8))]),
        ("args.items[*].amount", [.key(Array("items".utf8)), .anyElement, .key(Array("amount".utf8))]),
        ("args[12][*]", [.index(12), .anyElement]),
    ]

    @Test("steps are keys, quoted keys, indices and any element", arguments: read)
    func steps(_ text: String, _ steps: [PolicyPath.Step]) throws {
        #expect(try PolicyPath(text).root == .arguments(steps))
    }

    @Test("context has fixed fields and a grant's tags by name")
    func fields() throws {
        for field in ContextField.allButTags { #expect(try PolicyPath(field.spelling).root == .context(field)) }
        #expect(try PolicyPath("grant.tags.team").root == .context(.grantTag("team")))
        #expect(try PolicyPath("grant.tags.a.b").root == .context(.grantTag("a.b")))
    }

    private static let refused: [(String, PolicyPathError)] = [
        ("", .empty), ("args", .namesNoArgument), ("arg.a", .unknownRoot("arg.a")), ("amount", .unknownRoot("amount")),
        ("tool", .unknownRoot("tool")), ("tool.name.x", .unknownRoot("tool.name.x")),
        ("Args.a", .unknownRoot("Args.a")),
        ("grant.tags.", .unknownRoot("grant.tags.")), ("client.name", .unknownRoot("client.name")),
        ("args.", .malformed(at: 5, expected: "a name")), ("args..a", .malformed(at: 5, expected: "a name")),
        ("args.a b", .malformed(at: 6, expected: "`.` or `[`")), ("args.a]", .malformed(at: 6, expected: "`.` or `[`")),
        ("args[", .malformed(at: 5, expected: "an index, `*` or a quoted key")),
        ("args[-1]", .malformed(at: 5, expected: "an index, `*` or a quoted key")),
        ("args[01]", .malformed(at: 5, expected: "an index from 0 to 999999999")),
        ("args[1", .malformed(at: 6, expected: "`]`")), ("args[*", .malformed(at: 6, expected: "`]`")),
        ("args[\"a]", .malformed(at: 8, expected: "`\"`")),
        ("args[\"\\x\"]", .malformed(at: 5, expected: "a JSON string")),
        ("args['a']", .malformed(at: 5, expected: "an index, `*` or a quoted key")),
        ("args.json()", .malformed(at: 4, expected: "a name before `.json()`")),
        ("args.a.json().json()", .malformed(at: 13, expected: "a name before `.json()`")),
        ("args.a.length()", .malformed(at: 7, expected: "`json()`, the one word with parentheses")),
        ("args.a.json(", .malformed(at: 12, expected: "`)`")), ("args.a.json(x)", .malformed(at: 12, expected: "`)`")),
        ("args.a.json()b", .malformed(at: 13, expected: "`.` or `[`")), ("time", .unknownRoot("time")),
        ("time.minute", .unknownRoot("time.minute")),
        ("args" + String(repeating: ".a", count: 33), .tooManySteps),
    ]

    @Test("anything else is refused with its place", arguments: refused)
    func refusals(_ text: String, _ error: PolicyPathError) {
        #expect(throws: error) { try PolicyPath(text) }
    }

    @Test("two spellings of one path are equal, and two keys of equivalent text are not")
    func equality() throws {
        #expect(try PolicyPath("args.a") == PolicyPath("args[\"a\"]"))
        #expect(try PolicyPath("args.caf\u{e9}") != PolicyPath("args.cafe\u{301}"))
    }

    @Test("every element of a text of a million indices is refused in no time")
    func hostile() {
        #expect(throws: PolicyPathError.tooManySteps) {
            try PolicyPath("args" + String(repeating: "[0]", count: 1_000_000))
        }
    }
}
