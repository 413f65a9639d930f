import Foundation
import Testing
import ToolCatalogue
import WireJSON

/// Definitions of our own that are hard to read, or written to be read wrongly, with the verdict that has to come out:
/// `Fixtures/hostile.jsonl`.
@Suite("Hostile definitions")
struct HostileDefinitionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        /// What is hard about it.
        let what: String
        let tool: ToolDefinition
        let siblings: [String]
        let category: ToolCatalogue.Category
        let risk: Risk
        /// Concerns that have to be raised.
        let raises: [Concern]

        var testDescription: String { what }

        init?(_ json: JSON) {
            guard let what = json["what"]?.string, let tool = json["tool"].flatMap({ ToolDefinition($0) }),
                let category = json["category"]?.string.flatMap({ ToolCatalogue.Category(rawValue: $0) }),
                let risk = json["risk"]?.string.flatMap({ Risk(rawValue: $0) })
            else { return nil }
            (self.what, self.tool, self.category, self.risk) = (what, tool, category, risk)
            let besides = json["siblings"].map { Array($0.elements) } ?? []
            let concerns = json["raises"].map { Array($0.elements) } ?? []
            siblings = besides.compactMap(\.string)
            raises = concerns.compactMap { $0.string.flatMap(Concern.init(rawValue:)) }
            guard siblings.count == besides.count, raises.count == concerns.count else { return nil }
        }
    }

    static let lines: [Substring] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let text = try? String(contentsOf: folder.appending(path: "Fixtures/hostile.jsonl"), encoding: .utf8)
        return (text ?? "").split(separator: "\n")
    }()

    static let rows: [Row] = lines.compactMap { line in
        (try? JSON(lenient: Array(line.utf8))).flatMap { Row($0) }
    }

    @Test("the table is there: 75 definitions or more, each read whole")
    func present() {
        #expect(Self.rows.count == Self.lines.count)
        #expect(Self.rows.count >= 75)
    }

    @Test("a hard definition is judged as it ought to be", arguments: rows)
    func verdict(_ row: Row) throws {
        let siblings = try row.siblings.map { try SampleTool.named($0) }
        let verdict = ToolClassifier().classify(row.tool, among: ServerContext(tools: siblings + [row.tool]))
        #expect(
            "\(verdict.category.rawValue) \(verdict.risk.rawValue)" == "\(row.category.rawValue) \(row.risk.rawValue)",
            "\(verdict.evidence)")
        for concern in row.raises { #expect(verdict.raises(concern), "\(concern): \(verdict.evidence)") }
        EvidenceTests.speaksForItself(verdict)
    }
}
