import Foundation
import PolicyEngine
import PolicyFiles
import Testing

@Suite("examples")
struct ExampleTests {
    private static let situations: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: Folders.examples.path)
        return (names ?? []).filter { !$0.contains(".") }.sorted()
    }()

    @Test("every situation has a page, a policy without a warning, and cases that hold", arguments: situations)
    func holds(_ situation: String) throws {
        let folder = Folders.examples.appendingPathComponent(situation)
        #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("README.md").path))
        let policies = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".yaml") && $0 != "cases.yaml" }
        #expect(policies.contains("policy.yaml"))
        let (cases, problems) = GoldenCases.load(path: folder.appendingPathComponent("cases.yaml").path)
        #expect(problems.isEmpty, "\(problems)")
        for file in policies {
            let (document, diagnostics) = PolicyFile.load(path: folder.appendingPathComponent(file).path)
            #expect(diagnostics.isEmpty, "\(diagnostics)")
            let policy = try Policy(compiling: #require(document), id: situation, version: 1)
            let results = try #require(cases).run(policy)
            #expect(results.count > 5)
            for result in results where !result.holds { Issue.record("\(file): \(result)") }
        }
    }

    @Test("the situations are those that the page lists")
    func listed() throws {
        let page = try String(contentsOf: Folders.examples.appendingPathComponent("README.md"), encoding: .utf8)
        for situation in Self.situations { #expect(page.contains("| [\(situation)](\(situation)) |")) }
        #expect(Self.situations.count >= 6)
    }
}
