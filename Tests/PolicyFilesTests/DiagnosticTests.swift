import Foundation
import PolicyFiles
import Testing

/// A document with something wrong in it, and the exact lines that are said of it.
struct BadDocument: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let says: [String]

    var testDescription: String { name }

    /// `=== NAME`, the document, `--- says`, the lines with the JSON Pointer in brackets behind each.
    static let all: [BadDocument] = {
        let file = Folders.fixtures.appendingPathComponent("bad-documents.txt")
        guard let all = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return all.components(separatedBy: "=== ").dropFirst().map { part in
            let (head, says) = { ($0[0], $0[1]) }(part.components(separatedBy: "--- says\n"))
            let name = String(head.prefix { $0 != "\n" })
            return BadDocument(
                name: name, text: String(head.dropFirst(name.count + 1)),
                says: says.split(separator: "\n").map(String.init))
        }
    }()
}

@Suite("diagnostics")
struct DiagnosticTests {
    @Test("each mistake is said at its place, with the nearest valid spelling", arguments: BadDocument.all)
    func says(_ bad: BadDocument) {
        let (document, diagnostics) = PolicyFile.parse(bytes(bad.text), name: bad.name)
        #expect(diagnostics.map { "\($0) [\($0.pointer)]" } == bad.says)
        #expect((document == nil) == diagnostics.contains { $0.severity == .error })
        #expect(!diagnostics.isEmpty)
    }

    @Test("there is a table of mistakes")
    func table() {
        #expect(BadDocument.all.count > 90)
    }

    @Test("a good document says nothing")
    func silence() {
        let (document, diagnostics) = PolicyFile.parse(bytes("version: \"1\"\ndefault: deny\n"), name: "policy.yaml")
        #expect(document != nil)
        #expect(diagnostics.isEmpty)
    }

    @Test("a file that is not there, or is a folder, is said so")
    func files() {
        let missing = PolicyFile.load(path: "/nowhere/policy.yaml")
        #expect(missing.document == nil)
        #expect(missing.diagnostics.map(\.description) == ["/nowhere/policy.yaml:1:1: the file cannot be opened"])
        #expect(PolicyFile.load(path: Folders.fixtures.path).document == nil)
    }

    @Test("at most two hundred problems are told")
    func bounded() {
        let text =
            "version: \"1\"\ndefault: deny\ntools:\n" + (0..<1_000).map { "  t\($0): { acton: deny }\n" }.joined()
        let (document, diagnostics) = PolicyFile.parse(bytes(text), name: "policy.yaml")
        #expect(document == nil)
        #expect(diagnostics.count == DocumentBounds.diagnostics)
    }
}
