import Foundation
import PolicyEngine
import PolicyFiles
import PolicyTools
import Testing
import WireJSON

@Suite("policy import")
struct ImportTests {
    @Test("a document of the older dialect is said in this language", arguments: ["payments", "allow-list"])
    func golden(_ name: String) throws {
        let reading = PolicyImport.read(try Fixture.bytes("import/\(name).older.yaml"), name: "older.yaml")
        let document = try #require(reading.document, "\(reading.diagnostics)")
        try expect(PolicyWriter.yaml(document), isGolden: "import/\(name).yaml")
        try expect(
            reading.diagnostics.map { "\($0)\n" }.joined(), isGolden: "import/\(name).notes.txt")
        _ = try Policy(compiling: document, id: "p", version: 1)
        // It is a document of this language, read back as the same.
        #expect(try PolicyToolsTests.document(PolicyWriter.yaml(document)) == document)
    }

    @Test("counters are each grant's own where that is asked for")
    func scope() throws {
        let bytes = try Fixture.bytes("import/payments.older.yaml")
        let document = try #require(PolicyImport.read(bytes, name: "older.yaml", scope: .grant).document)
        #expect(document.allTools?.limits.first?.scope == .grant)
    }

    @Test("what would be looser here is refused, with its line")
    func refusals() throws {
        let text = try Fixture.text("import/refusals.txt")
        let parts = text.components(separatedBy: "=== ").dropFirst()
        var recorded = ""
        for part in parts {
            let halves = part.components(separatedBy: "--- says\n")
            let name = String(halves[0].prefix { $0 != "\n" })
            let reading = PolicyImport.read(bytes(String(halves[0].dropFirst(name.count + 1))), name: name)
            #expect(reading.document == nil, "\(name)")
            let said = reading.diagnostics.filter { $0.severity == .error }.map { "\($0)\n" }.joined()
            #expect(!said.isEmpty, "\(name)")
            recorded += "=== \(halves[0])--- says\n\(said)"
        }
        #expect(parts.count >= 25)
        try expect(recorded, isGolden: "import/refusals.txt")
    }

    @Test("no call passes, or passes unasked, that the original would stop or hold", arguments: [1, 2, 3, 4])
    func neverLooser(_ seed: UInt64) throws {
        var dice = Seeded(seed)
        var carried = 0
        for _ in 0..<400 {
            let (text, reference) = dice.olderDocument()
            guard let document = PolicyImport.read(bytes(text), name: "older.json").document else { continue }
            carried += 1
            let policy = try Policy(compiling: document, id: "p", version: 1)
            for _ in 0..<20 {
                let (tool, call) = (["a", "b", "c"].randomElement(using: &dice)!, dice.arguments())
                let name = try #require(ToolName(tool))
                let arguments = try JSON(bytes(call))
                let context = PolicyContext(tool: name, serverName: "s", grantLabel: "g")
                let decision = policy.rules(for: name, inputSchema: nil)
                    .decide(PolicyRequest(arguments: arguments, context: context))
                let answer: OlderReference.Answer
                switch decision {
                case .denied: answer = .denied
                case .permitted(let owed): answer = owed.approvals.isEmpty ? .allowed : .asks
                }
                #expect(answer <= reference.answer(tool, arguments), "seed \(seed): \(text) \(tool) \(call)")
            }
        }
        #expect(carried > 100)
    }
}
