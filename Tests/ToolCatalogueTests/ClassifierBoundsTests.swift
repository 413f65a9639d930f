import Testing
import ToolCatalogue
import WireJSON

/// Hostile sizes and shapes: every definition gets a verdict, in bounded work.
@Suite("Classifier bounds")
struct ClassifierBoundsTests {
    static let shapes: [String] = [
        ##"{"name":"a","inputSchema":{"$ref":"#"}}"##,
        ##"{"name":"a","inputSchema":{"properties":{"p":{"$ref":"#/properties/p"}}}}"##,
        ##"{"name":"a","inputSchema":{"properties":{"p":{"$ref":"#/$defs/A"}},"$defs":{"A":{"properties":{"b":{"$ref":"#/$defs/A"},"c":{"$ref":"#/$defs/A"}}}}}}"##,
        ##"{"name":"a","inputSchema":{"properties":{"p":{"anyOf":[{"$ref":"#/properties/p"},{"$ref":"#/properties/p"}]}}}}"##,
        #"{"name":"a","inputSchema":[]}"#, #"{"name":"a","inputSchema":null,"annotations":7,"description":[]}"#,
        #"{"name":"a","inputSchema":{"properties":[1,2]}}"#,
        #"{"name":"a","inputSchema":{"properties":{"":{"enum":{}}}}}"#,
        #"{"name":"a","inputSchema":{"properties":{"action":{"enum":[1,null,{},["delete"]]}}}}"#,
        #"{"name":"   "}"#, #"{"name":"___","description":"..."}"#, #"{"name":"A","description":"\ud800"}"#,
        #"{"name":"get\u0000user"}"#, #"{"name":"É","description":"é"}"#,
    ]

    @Test("a strange shape gets a verdict", arguments: shapes)
    func strangeShapes(_ text: String) throws {
        let verdict = ToolClassifier().classify(try SampleTool.definition(text))
        #expect((0.05...0.98).contains(verdict.confidence))
    }

    @Test(
        "no name, no tool", arguments: [#"{}"#, #"{"name":""}"#, #"{"name":7}"#, #"[]"#, #"{"name":null,"tool":""}"#])
    func noName(_ text: String) throws {
        #expect(ToolDefinition(try SampleTool.json(text)) == nil)
    }

    @Test("what lies beyond the bounds is reported, and a danger before them is seen")
    func beyondBounds() throws {
        let many = (0..<5_000).map { "\"p\($0)\":{\"type\":\"string\"}" }.joined(separator: ",")
        let schema = #"{"properties":{"action":{"enum":["view","delete"]},\#(many)}}"#
        let verdict = ToolClassifier().classify(
            try SampleTool.definition(#"{"name":"manage_things","inputSchema":\#(schema)}"#))
        #expect(verdict.category == .destructive)
        #expect(verdict.raises(.cutShort))
    }

    @Test("a definition of a megabyte is judged by its beginning")
    func large() throws {
        let text = String(repeating: "word ", count: 200_000)
        let verdict = ToolClassifier().classify(try SampleTool.named("delete_user", "Delete a user. " + text))
        #expect(verdict.category == .destructive)
        #expect(verdict.risk == .critical)
    }

    @Test("404 tools with names that repeat make a context")
    func manyTools() throws {
        let tools = try (0..<404).map { try SampleTool.named("azure_get_thing_\($0 % 200)", "Get a thing.") }
        let context = ServerContext(tools: tools)
        #expect(ToolClassifier().classify(tools[0], among: context).category == .read)
    }

    @Test("random definitions get the same verdict twice and never stop the program")
    func random() throws {
        var generator = SplitMix(seed: 20_261_123)
        let alphabet = Array("abz ADZ_-./:\n\"'éжω删ー한\u{200B}\u{202E}\u{E0041}0189,;!?()[]{}".unicodeScalars)
        for round in 0..<2_000 {
            func text(_ limit: Int) -> String {
                var text = String.UnicodeScalarView()
                for _ in 0..<Int(generator.next() % UInt64(limit)) {
                    text.append(alphabet[Int(generator.next() % UInt64(alphabet.count))])
                }
                return String(text)
            }
            let tool = try SampleTool.named("n" + text(40), text(400), arguments: [text(20) + "a", text(20) + "b"])
            let first = ToolClassifier().classify(tool)
            #expect(first == ToolClassifier().classify(tool), "seed 20261123, round \(round)")
        }
    }
}

/// A generator that gives the same numbers for the same seed.
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
