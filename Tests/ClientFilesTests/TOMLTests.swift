import Testing
import WireJSON

@testable import ClientFiles

/// TOML 1.0, as much of it as a configuration can hold, and nothing that is none.
@Suite("TOML")
struct TOMLTests {
    private func read(_ text: String) -> String {
        do throws(ClientFileProblem) {
            return String(decoding: try TOMLDocument(Array(text.utf8)).json.bytes, as: UTF8.self)
        } catch { return "\(error)" }
    }

    static let documents: [(toml: String, json: String)] = [
        ("", "{}"), ("# a comment", "{}"), ("a = 1\r\nb = true\r\n", #"{"a":1,"b":true}"#),
        ("a.b.c = 1\na.d = 2", #"{"a":{"b":{"c":1},"d":2}}"#), (#""a b"."c" = 'x'"#, #"{"a b":{"c":"x"}}"#),
        (#"a = "\u00e9\t\"\\\U0001F600""#, "{\"a\":\"é\\t\\\"\\\\😀\"}"), (#"a = 'C:\n'"#, #"{"a":"C:\\n"}"#),
        ("a = \"\"\"\none\n\"two\" \\\n   three\"\"\"", "{\"a\":\"one\\n\\\"two\\\" three\"}"),
        ("a = '''\none\\'''", #"{"a":"one\\"}"#), ("a = \"\"\"x\"\"\"\"\"", "{\"a\":\"x\\\"\\\"\"}"),
        ("a = [1, [\"x\"], # c\n {b = 2},\n]", #"{"a":[1,["x"],{"b":2}]}"#), ("a = {}", #"{"a":{}}"#),
        ("a = { b.c = 1, b.d = 2 }", #"{"a":{"b":{"c":1,"d":2}}}"#),
        (
            "a = 1979-05-27 07:32:00Z\nb = -0x1F\nc = 1e6\nd = inf",
            #"{"a":"1979-05-27 07:32:00Z","b":"-0x1F","c":"1e6","d":"inf"}"#
        ),
        ("[a.b]\nc = 1\n[a]\nd = 2", #"{"a":{"b":{"c":1},"d":2}}"#),
        ("[[a]]\nb = 1\n[a.c]\nd = 2\n[[a]]\nb = 3", #"{"a":[{"b":1,"c":{"d":2}},{"b":3}]}"#),
        ("a = 00\nb = 007", #"{"a":"00","b":"007"}"#),
    ]

    @Test("a document is read for what it means", arguments: documents)
    func means(_ toml: String, _ json: String) {
        #expect(read(toml) == json)
    }

    static let mistakes = [
        "a", "a =", "= 1", "a = 1 2", "a = [1", "a = {b = 1", "a = {b = 1,\nc = 2}", "a = \"x", "a = 'x\n'",
        "a = \"\"\"x",
        "a = \"\\x\"", "a = \"\\ud800\"", "[a", "[a]]", "[[a]", "[]", "[a.]", "a = 1\na.b = 2", "a = {}\na.b = 1",
        "[a]\n[a]", "a.b = 1\n[a]", "[[a]]\n[a]", "a = []\n[[a]]", "[a]\nb = 1\n[a.b]", "a = yes", "a\u{1}b = 1",
        "# \u{1}", "a = 1\r", "a = \"\u{7F}\"", "a == 1", "[a] b = 1", "a = +", "a = \u{0}",
    ]

    @Test("what is no TOML is refused with its place", arguments: mistakes)
    func refused(_ toml: String) {
        #expect(read(toml).contains("this is no TOML"))
    }

    @Test("nesting within nesting is bounded as a whole")
    func deep() {
        let dots = Array(repeating: "a", count: 20).joined(separator: ".")
        let nested = (0..<20).reduce("1") { inner, _ in "{ \(dots) = \(inner) }" }
        #expect(read("[\(dots)]\n\(dots) = \(nested)").contains("nested too deeply"))
        #expect(read("[\(dots)]\nb = 1").hasPrefix("{"))
    }

    /// One character of a document changed, left out or put in: each is read or refused, none stops the program.
    @Test("random changes of documents are read or refused")
    func random() {
        let seed = UInt64.random(in: 0...(.max))
        var generator = Generator(state: seed)
        let whole = Self.documents.map(\.toml).joined(separator: "\n# next\n")
        let alphabet = Array("[]{}=.,\"'\\\n\r #ab01-u".utf8)
        for _ in 0..<3_000 {
            var text = Array(whole.utf8)
            let start = Int.random(in: 0..<text.count, using: &generator)
            text = Array(text[start..<min(text.count, start + 200)])
            for _ in 0..<3 where !text.isEmpty {
                let place = Int.random(in: 0..<text.count, using: &generator)
                let byte = alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: text[place] = byte
                case 1: text.insert(byte, at: place)
                default: text.remove(at: place)
                }
            }
            for form in [ClientFile.Form.toml, .json] {
                let read = ClientFile(text, form: form)
                let isTold = read.problems.allSatisfy { $0.line >= 1 && $0.column >= 1 }
                #expect(isTold, "seed \(seed)")
            }
        }
    }

    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }
}
