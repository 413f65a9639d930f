import PolicyEngine
import PolicyFiles
import Testing
import WireJSON

@Suite("YAML")
struct YAMLTests {
    private func value(_ scalar: String) throws -> String {
        let text = """
            version: "1"
            default: deny
            tools:
              t:
                deny_if:
                  - conditions:
                      - { path: args.a, op: eq, value: \(scalar) }
            """
        let (document, diagnostics) = PolicyFile.parse(bytes(text), name: "p.yaml")
        let document2 = try #require(document, "\(diagnostics)")
        guard case .comparison(let comparison) = document2.tools.entries[0].group.denyIf[0].conditions[0] else {
            return ""
        }
        return String(decoding: comparison.value.bytes, as: UTF8.self)
    }

    private static let written: [(String, String)] = [
        ("true", "true"), ("false", "false"), ("null", "null"), ("~", "null"), ("\"true\"", "\"true\""),
        ("'null'", "\"null\""),
        ("True", "\"True\""), ("TRUE", "\"TRUE\""), ("yes", "\"yes\""), ("no", "\"no\""), ("on", "\"on\""),
        ("off", "\"off\""),
        ("5", "5"), ("-5.50", "-5.50"), ("1e3", "1e3"), ("1E+3", "1E+3"), ("\"5\"", "\"5\""), ("+5", "\"+5\""),
        ("05", "\"05\""),
        ("0x1F", "\"0x1F\""), ("0o17", "\"0o17\""), ("1_000", "\"1_000\""), ("12:30:00", "\"12:30:00\""),
        (".5", "\".5\""),
        ("5.", "\"5.\""), (".inf", "\".inf\""), ("-.inf", "\"-.inf\""), (".nan", "\".nan\""), ("1e", "\"1e\""),
        ("2026-07-28", "\"2026-07-28\""), ("a b", "\"a b\""), ("'it''s'", "\"it's\""),
        ("\"a\\tb\\u00e9\\x41\"", "\"a\\tbéA\""),
        ("[1, a, true]", "[1,\"a\",true]"), ("{ a: 1, b: [x] }", "{\"a\":1,\"b\":[\"x\"]}"), ("[]", "[]"), ("{}", "{}"),
        ("123456789012345678901234567890.10", "123456789012345678901234567890.10"), ("=", "\"=\""),
    ]

    @Test("scalars are what JSON would take them for, and else text; what is quoted is text", arguments: written)
    func scalars(_ written: String, _ json: String) throws {
        #expect(try value(written) == json)
    }

    @Test("text that other readers take for something else is warned of")
    func doubtful() {
        for word in ["yes", "No", "on", "True", ".inf", "0x1F", "010", "1_000", "+5", "12:30"] {
            let text = "version: \"1\"\ndefault: deny\ndescription: \(word)\n"
            #expect(PolicyFile.parse(bytes(text), name: "p.yaml").diagnostics.map(\.severity) == [.warning])
        }
        for word in ["\"yes\"", "yes please", "north", "2026-07-28", "a-b", "v1.2", "10/minute", "x_1"] {
            let text = "version: \"1\"\ndefault: deny\ndescription: \(word)\n"
            #expect(PolicyFile.parse(bytes(text), name: "p.yaml").diagnostics.isEmpty)
        }
    }

    @Test("block texts keep their lines")
    func blocks() {
        let text = "version: \"1\"\ndefault: deny\ndescription: |\n  one\n  * two\n  &three\n"
        #expect(PolicyFile.parse(bytes(text), name: "p.yaml").document?.description == "one\n* two\n&three\n")
        let folded = "version: \"1\"\ndefault: deny\ndescription: >-\n  one\n  two\n"
        #expect(PolicyFile.parse(bytes(folded), name: "p.yaml").document?.description == "one two")
    }

    @Test("JSON is YAML, so a JSON document may lie in a YAML file")
    func json() {
        let text = #"{"version": "1", "default": "allow", "hide": ["a", "b\u0063"]}"#
        #expect(
            PolicyFile.parse(bytes(text), name: "p.yaml").document
                == PolicyFile.parse(bytes(text), name: "p.json").document)
    }

    @Test("a billion laughs and a circle are refused at once", .timeLimit(.minutes(1)))
    func laughs() {
        var text = "version: \"1\"\ndefault: deny\ndescription: &a0 [x, x]\n"
        for level in 1...60 { text += "k\(level): &a\(level) [*a\(level - 1), *a\(level - 1), *a\(level - 1)]\n" }
        for ending in ["", "? *a60\n: x\n", "tools: { ? [*a60] : {} }\n"] {
            let (document, diagnostics) = PolicyFile.parse(bytes(text + ending), name: "p.yaml")
            #expect(document == nil)
            #expect(diagnostics.map(\.line) == [3])
        }
        let circle = "version: \"1\"\ndefault: deny\ntools: &a { t: *a }\n"
        #expect(PolicyFile.parse(bytes(circle), name: "p.yaml").diagnostics.map(\.line) == [3])
    }

    @Test(
        "documents nested a thousand deep or a hundred thousand deep are refused at their place",
        .timeLimit(.minutes(1)))
    func depth() {
        for depth in [65, 1_000, 100_000] {
            for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")] {
                let text = String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)
                let (document, diagnostics) = PolicyFile.parse(bytes(text), name: "p.yaml")
                #expect(document == nil)
                #expect(diagnostics.count == 1)
                #expect(diagnostics.first?.line == 1)
            }
            let json = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            #expect(PolicyFile.parse(bytes(json), name: "p.json").diagnostics.map(\.column) == [65])
        }
    }

    @Test("bytes that are not UTF-8 are refused at the byte")
    func encodings() {
        let start = bytes("version: \"1\"\ndefault: de")
        for wrong: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE9]] {
            let diagnostics = PolicyFile.parse(start + wrong + bytes("ny\n"), name: "p.yaml").diagnostics
            #expect(diagnostics.map(\.description) == ["p.yaml:2:12: not UTF-8"])
        }
        #expect(
            PolicyFile.parse([0xEF, 0xBB, 0xBF] + start, name: "p.yaml").diagnostics.map(\.message) == [
                "byte order mark"
            ])
        #expect(PolicyFile.parse([0xFE, 0xFF, 0x00, 0x61], name: "p.yaml").document == nil)
        #expect(PolicyFile.parse([0xFF, 0xFE, 0x61, 0x00], name: "p.json").document == nil)
        #expect(PolicyFile.parse(bytes("a: \u{0}"), name: "p.yaml").document == nil)
    }

    @Test("U+FEFF, which the reader would lose, is refused in YAML and kept in JSON")
    func byteOrderMarks() {
        for text in ["\u{feff}", "\\ufeff", "\\uFeFF", "\\U0000FEFF", "a\u{feff}"] {
            let yaml = "version: \"1\"\ndefault: deny\ndescription: \"\(text)\"\n"
            #expect(PolicyFile.parse(bytes(yaml), name: "p.yaml").diagnostics.map(\.line) == [3])
        }
        let json = #"{"version":"1","default":"deny","description":"\ufeffa"}"#
        #expect(PolicyFile.parse(bytes(json), name: "p.json").document?.description?.utf8.count == 4)
    }

    @Test("a file over the bound is refused")
    func size() {
        let long = bytes("# ") + [UInt8](repeating: 0x61, count: DocumentBounds.bytes)
        for name in ["p.yaml", "p.json"] {
            let (document, diagnostics) = PolicyFile.parse(long, name: name)
            #expect(document == nil)
            #expect(diagnostics.count == 1)
        }
    }

    @Test("a policy of a megabyte and ten thousand tools is read in bounded time", .timeLimit(.minutes(1)))
    func large() {
        var text = "version: \"1\"\ndefault: deny\ntools:\n"
        for tool in 0..<10_000 {
            text +=
                "  tool_\(tool):\n    deny_if: [{ conditions: [{ path: args.n, op: gt, value: \(tool) }], on_deny: No. }]\n"
        }
        let (document, diagnostics) = PolicyFile.parse(bytes(text), name: "p.yaml")
        #expect(diagnostics.isEmpty)
        #expect(document?.tools.entries.count == 10_000)
    }

    @Test("a long key over many values takes no memory for each", .timeLimit(.minutes(1)))
    func longKey() {
        let key = String(repeating: "k", count: 1 << 20)
        let text = "{\"\(key)\":[" + [String](repeating: "1", count: 200_000).joined(separator: ",") + "]}"
        #expect(PolicyFile.parse(bytes(text), name: "p.json").diagnostics.count == 3)
    }
}
