import Foundation
import PolicyEngine
import PolicyFiles
import PolicyTools
import Testing

@Suite("examples, against the definitions of their tools")
struct ExampleTests {
    private static let situations: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: Fixture.examples.path)) ?? []
        return names.filter { FileManager.default.fileExists(atPath: file("tools.json", of: $0).path) }.sorted()
    }()

    private static func file(_ name: String, of situation: String) -> URL {
        Fixture.examples.appendingPathComponent(situation).appendingPathComponent(name)
    }

    private static func bytes(_ name: String, of situation: String) throws -> [UInt8] {
        Array(try Data(contentsOf: file(name, of: situation)))
    }

    @Test("check has nothing to say of a good policy", arguments: situations)
    func silent(_ situation: String) throws {
        let tools = try ToolDefinitions(reading: Self.bytes("tools.json", of: situation))
        let checked = PolicyCheck.check(
            try Self.bytes("policy.yaml", of: situation), name: "policy.yaml", against: tools)
        #expect(checked.diagnostics.isEmpty, "\(checked.diagnostics)")
        #expect(checked.patterns.allSatisfy { !$0.tools.isEmpty })
    }

    @Test("the cases hold with the recorded schemas, and name recorded tools", arguments: situations)
    func hold(_ situation: String) throws {
        let tools = try ToolDefinitions(reading: Self.bytes("tools.json", of: situation))
        let document = PolicyFile.load(path: Self.file("policy.yaml", of: situation).path).document
        let policy = try Policy(compiling: #require(document), id: situation, version: 1)
        let cases = try #require(GoldenCases.load(path: Self.file("cases.yaml", of: situation).path).cases)
        for result in cases.judged(with: tools).run(policy) where !result.holds { Issue.record("\(result)") }
        for call in cases.cases {
            // A tool of the next version is denied by what it is not.
            guard call.expectation != .unlisted else { continue }
            guard case .tool(let name) = call.target else { continue }
            #expect(tools[name] != nil, "\(name) is no tool of \(situation)")
        }
    }

    @Test("the one form of every example is the same document", arguments: situations)
    func oneForm(_ situation: String) throws {
        let bytes = try Self.bytes("policy.yaml", of: situation)
        let formatted = try #require(PolicyFormatter.format(bytes, name: "policy.yaml").formatted)
        let (again, _) = PolicyFile.parse(Array(formatted.text.utf8), name: "policy.yaml")
        #expect(again == PolicyFile.parse(bytes, name: "policy.yaml").document)
    }

    @Test("no words of third parties are in the recorded definitions", arguments: situations)
    func namesAndSchemas(_ situation: String) throws {
        let text = String(decoding: try Self.bytes("tools.json", of: situation), as: UTF8.self)
        #expect(!text.contains("\"description\": \"") && !text.contains("\"title\": \""))
    }

    @Test("the ten situations that are promised are there")
    func promised() {
        let promised = [
            "aws-iam", "fetch-known-hosts", "filesystem-within-a-folder", "github-without-force-push", "observe-first",
            "office-hours", "read-only-database", "refunds-need-a-person", "shell-allow-list", "spend-cap-per-day",
        ]
        #expect(promised.allSatisfy(Self.situations.contains))
    }
}
