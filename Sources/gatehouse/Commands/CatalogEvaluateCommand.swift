import ArgumentParser
import Foundation
import ToolCatalogue

struct CatalogEvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measure verdicts against labelled tools.",
        discussion: """
            The labelled servers are cut in two by a hash of their names. Reported are both halves, the first once more with
            each server judged by what the others set, and both halves of every further set that is named.
            """,
        shouldDisplay: false)

    @Argument(help: ArgumentHelp("The definitions, one JSON object a line.", valueName: "definitions"))
    var definitions: String

    @Argument(help: ArgumentHelp("The labels, a table with tabs.", valueName: "labels"))
    var labels: String

    @Option(help: ArgumentHelp("Labels of our own, cut in two alike.", valueName: "labels"))
    var third: String?

    @Option(help: ArgumentHelp("More labels of our own, cut in two by another hash.", valueName: "labels"))
    var fourth: String?

    @Option(help: ArgumentHelp("Also list the disagreements of the seen half.", valueName: "count"))
    var disagreements = 0

    @Flag(help: "Say nothing of the half that nobody looks at: for work on the rules.")
    var onlySeen = false

    func run() throws {
        let servers = try CatalogDefinitions(path: definitions).servers
        var verdicts: [String: [String: Classification]] = [:]
        for server in servers {
            let context = server.context
            var byTool: [String: Classification] = [:]
            for tool in server.tools {
                byTool[tool.name] = byTool[tool.name] ?? ToolClassifier().classify(tool.definition, among: context)
            }
            verdicts[server.name] = byTool
        }
        var halves = CatalogEvaluation.Half.allCases.map { ($0, CatalogEvaluation()) }
        var listed = 0
        var judged: [CatalogEvaluation.Judged] = []
        for label in try CatalogLabels(path: labels).labels {
            let verdict = verdicts[label.server]?[label.tool]
            let half = CatalogEvaluation.Half(of: label.server)
            halves[half.rawValue].1.record(label, verdict)
            if half == .seen, let verdict { judged.append((label, verdict)) }
            guard half == .seen, listed < disagreements, let verdict,
                verdict.category != label.category || verdict.risk != label.risk
            else { continue }
            listed += 1
            print(
                "\(label.server) \(label.tool): label \(label.category.rawValue) \(label.risk.rawValue),",
                "verdict \(verdict.category.rawValue) \(verdict.risk.rawValue)")
        }
        var reports = halves.filter { !onlySeen || $0.0 == .seen }.map { $0.1.report($0.0.title) }
        reports[0] += "\n\n" + CatalogEvaluation.spread(judged)
        reports.insert(
            CatalogEvaluation.leavingServersOut(judged)
                .report("the first half, each server by levels that only the others set", tables: false), at: 1)
        if let third { reports += try measure(third, "third", verdicts) { CatalogEvaluation.Half(of: $0) } }
        if let fourth { reports += try measure(fourth, "fourth", verdicts) { CatalogEvaluation.Half(of: "2026" + $0) } }
        print(reports.joined(separator: "\n\n"))
    }

    /// A further set: one half to learn from, one to check by.
    private func measure(
        _ path: String, _ set: String, _ verdicts: [String: [String: Classification]],
        by half: (_ server: String) -> CatalogEvaluation.Half
    ) throws -> [String] {
        var halves = [CatalogEvaluation(), CatalogEvaluation()]
        for label in try CatalogLabels(path: path).labels {
            halves[half(label.server).rawValue].record(label, verdicts[label.server]?[label.tool])
        }
        let titles = ["the \(set) set, the half to learn from", "the \(set) set, the half to check by"]
        return zip(halves, titles).prefix(onlySeen ? 1 : 2).map { $0.report($1) }
    }
}
