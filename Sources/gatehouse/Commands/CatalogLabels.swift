import Foundation
import ToolCatalogue

/// Verdicts that people gave, to measure the classifier by: a table with tabs, of server, tool, category, risk, where its
/// first line says so a basis, and a second defensible verdict, which may be empty.
struct CatalogLabels {
    struct Label {
        let server: String
        let tool: String
        let category: ToolCatalogue.Category
        let risk: Risk
        let alternative: (category: ToolCatalogue.Category, risk: Risk)?

        func allows(_ category: ToolCatalogue.Category) -> Bool {
            category == self.category || category == alternative?.category
        }

        func allows(_ risk: Risk) -> Bool { risk == self.risk || risk == alternative?.risk }
    }

    let labels: [Label]

    init(path: String) throws {
        let data = try ReadFile.bytes(path, atMost: CatalogDefinitions.largestFile, "the labels file")
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        let second = lines.first?.split(separator: "\t").firstIndex(of: "alternative") ?? 5
        labels = try lines.dropFirst().enumerated().map { number, line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count >= 4, let category = ToolCatalogue.Category(rawValue: cells[2]),
                let risk = Risk(rawValue: cells[3])
            else { throw CommandFailure("\(path):\(number + 2): no label", .checkFailed) }
            return Label(
                server: cells[0], tool: cells[1], category: category, risk: risk,
                alternative: cells.count > second ? try Self.alternative(cells[second], "\(path):\(number + 2)") : nil)
        }
    }

    private static func alternative(
        _ text: String, _ place: String
    ) throws -> (category: ToolCatalogue.Category, risk: Risk)? {
        if text.isEmpty { return nil }
        let words = text.split(separator: "/").map(String.init)
        guard words.count == 2, let category = ToolCatalogue.Category(rawValue: words[0]),
            let risk = Risk(rawValue: words[1])
        else { throw CommandFailure("\(place): `\(text)` is no second verdict", .checkFailed) }
        return (category, risk)
    }
}
