import Crypto
import ToolCatalogue

/// How well verdicts agree with labels.
struct CatalogEvaluation {
    /// The labelled servers are cut in two by their names: rules are written looking at one half only.
    enum Half: Int, CaseIterable {
        case seen
        case unseen

        /// By the lowest bit of the first byte of the name's SHA-256: 0 is the half that rules are written by.
        init(of server: String) {
            let digest = SHA256.hash(data: Array(server.utf8))
            self = digest.first { _ in true }.map { $0 & 1 == 0 ? .seen : .unseen } ?? .unseen
        }

        var title: String {
            switch self {
            case .seen: "the half that the rules were written by"
            case .unseen: "the half that nobody looked at"
            }
        }
    }

    private(set) var tools = 0
    private(set) var servers: Set<String> = []
    private(set) var missing = 0
    private(set) var rightCategory = 0
    private(set) var allowedCategory = 0
    private(set) var rightRisk = 0
    private(set) var allowedRisk = 0
    private(set) var dangerous = 0
    private(set) var belittled = 0
    private var categories: [[Int]]
    private var risks: [[Int]]

    init() {
        let (kinds, levels) = (ToolCatalogue.Category.allCases.count, Risk.allCases.count)
        categories = Array(repeating: Array(repeating: 0, count: kinds), count: kinds)
        risks = Array(repeating: Array(repeating: 0, count: levels), count: levels)
    }

    mutating func record(_ label: CatalogLabels.Label, _ verdict: Classification?) {
        guard let verdict else {
            missing += 1
            return
        }
        tools += 1
        servers.insert(label.server)
        if verdict.category == label.category { rightCategory += 1 }
        if label.allows(verdict.category) { allowedCategory += 1 }
        if verdict.risk == label.risk { rightRisk += 1 }
        if label.allows(verdict.risk) { allowedRisk += 1 }
        if label.risk >= .high {
            dangerous += 1
            if verdict.risk <= .medium { belittled += 1 }
        }
        categories[Self.place(label.category)][Self.place(verdict.category)] += 1
        risks[label.risk.rank][verdict.risk.rank] += 1
    }

    private static func place(_ category: ToolCatalogue.Category) -> Int {
        ToolCatalogue.Category.allCases.firstIndex(of: category) ?? 0
    }

    /// The figures, then both confusion tables.
    func report(_ title: String, tables: Bool = true) -> String {
        var lines = ["\(title): \(tools) tools of \(servers.count) servers"]
        if missing > 0 { lines.append("  \(missing) labelled tools are not among the definitions") }
        func line(_ what: String, _ part: Int, _ whole: Int) -> String {
            "  " + what.padded(to: 46) + "\(part)/\(whole)".padded(to: 10) + CatalogText.perCent(part, of: whole)
        }
        lines += [
            line("category as labelled", rightCategory, tools),
            line("category as labelled, or as the second label", allowedCategory, tools),
            line("risk as labelled", rightRisk, tools),
            line("risk as labelled, or as the second label", allowedRisk, tools),
            line("labelled High or Critical, rated below", belittled, dangerous),
        ]
        guard tables else { return lines.joined(separator: "\n") }
        lines += Self.table("category", ToolCatalogue.Category.allCases.map(\.rawValue), categories)
        lines += Self.table("risk", Risk.allCases.map(\.rawValue), risks)
        return lines.joined(separator: "\n")
    }

    private static func table(_ what: String, _ names: [String], _ counts: [[Int]]) -> [String] {
        let head = "  " + "\(what): label ↓ verdict →".padded(to: 30) + names.map { $0.padded(to: 13) }.joined()
        let rows = zip(names, counts).map { name, row in
            "  " + name.padded(to: 30) + row.map { String($0).padded(to: 13) }.joined()
        }
        return ["", head] + rows
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
