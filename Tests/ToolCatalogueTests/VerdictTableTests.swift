import Foundation
import Testing
import ToolCatalogue

/// The verdicts on tools of our own invention, from tables that read like a catalogue: one that grew with the rules,
/// two, of many trades and of widely used products, that were written before the rules they are kept by, and one of
/// tools that only look, or seem to.
@Suite("Verdict table")
struct VerdictTableTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let server: String
        let name: String
        let description: String
        let arguments: [String]
        let category: ToolCatalogue.Category
        let risk: Risk

        var testDescription: String { "\(server) \(name)" }
    }

    static let rows: [Row] = {
        tables.flatMap(rows(of:))
    }()

    static let tables = ["verdicts", "domains", "products", "looks"]

    /// The lines of a table that are not comments, one for each tool.
    static func lines(of table: String) -> [Substring] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let file = folder.appending(path: "Fixtures/\(table).txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    }

    static func rows(of table: String) -> [Row] {
        lines(of: table).compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 6, let category = ToolCatalogue.Category(rawValue: cells[4]),
                let risk = Risk(rawValue: cells[5])
            else { return nil }
            return Row(
                server: "\(table)/\(cells[0])", name: cells[1], description: cells[2],
                arguments: cells[3].split(separator: ",").map(String.init), category: category, risk: risk)
        }
    }

    @Test("the tables are there, each line read: 900 tools of more than 100 servers")
    func present() {
        for table in Self.tables { #expect(Self.rows(of: table).count == Self.lines(of: table).count, "\(table)") }
        #expect(Self.rows.count >= 900)
        #expect(Set(Self.rows.map(\.server)).count > 100)
        #expect(Self.rows(of: "domains").count >= 330)
    }

    @Test("a tool is judged as the table says, among its siblings", arguments: rows)
    func verdict(_ row: Row) throws {
        let siblings = try Self.rows.filter { $0.server == row.server }
            .map { try SampleTool.named($0.name, $0.description, arguments: $0.arguments) }
        let tool = try SampleTool.named(row.name, row.description, arguments: row.arguments)
        let verdict = ToolClassifier().classify(tool, among: ServerContext(tools: siblings))
        #expect(
            "\(verdict.category.rawValue) \(verdict.risk.rawValue)" == "\(row.category.rawValue) \(row.risk.rawValue)")
        #expect(!verdict.evidence.isEmpty, "every verdict says what it rests on")
        #expect((0.05...0.98).contains(verdict.confidence))
    }
}
