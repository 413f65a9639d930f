import ArgumentParser
import Foundation
import ToolCatalogue

struct CatalogShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "What the catalogue says of a server, or of one of its tools.",
        discussion: """
            The worst tools come first.

                $ gatehouse catalog show awslabs-iam-mcp-server detach_user_policy
            """)

    @Argument(help: ArgumentHelp("The server, as `catalog search` names it.", valueName: "server"))
    var server: String

    @Argument(help: ArgumentHelp("One tool.", valueName: "tool")) var tool: String?

    @OptionGroup var choice: CatalogChoice

    @Flag(help: "Print one JSON object a line for each tool.") var json = false

    func run() throws {
        let catalogue = try choice.read()
        guard let known = catalogue.server(server) else {
            throw CommandFailure(
                "the catalogue has no server `\(server)` – `gatehouse catalog search` finds one", .checkFailed)
        }
        let tools = known.tools.filter { tool == nil || $0.name.utf8.elementsEqual((tool ?? "").utf8) }
        guard !tools.isEmpty else {
            throw CommandFailure("`\(server)` has no tool `\(tool ?? "")` in the catalogue", .checkFailed)
        }
        if json {
            for tool in tools { CatalogRow.print(known, tool) }
        } else if let tool = tools.first, self.tool != nil {
            print(Self.text(of: tool, in: known))
        } else {
            print(Self.heading(known))
            let worst = tools.enumerated().sorted {
                ($1.element.verdict.risk, $0.offset) < ($0.element.verdict.risk, $1.offset)
            }
            for (_, tool) in worst { print(CatalogRow.line(tool.name, tool)) }
        }
    }

    private static func heading(_ server: CatalogueServer) -> String {
        var words = ["\(server.slug): \(server.tools.count) tools"]
        if !server.package.isEmpty { words.append("\(server.registry):\(server.package) \(server.version)") }
        if !server.provider.isEmpty { words.append("from \(Provider(slug: server.provider).title)") }
        return ShownText.of(words.joined(separator: ", ").utf8, limit: 400)
    }

    private static func text(of tool: CatalogueTool, in server: CatalogueServer) -> String {
        var lines = [CatalogRow.line(tool.name, tool), tool.recommendation.reason, "", "evidence:"]
        lines += tool.verdict.evidence.map { "  \($0.place.words): \(ShownText.of($0.found.utf8)) (\($0.claim.words))" }
        if !tool.arguments.isEmpty {
            lines += ["", "arguments:"]
            lines += tool.arguments.map {
                "  \(ShownText.of($0.name.utf8)): \($0.kind.words)\($0.isRequired ? ", required" : "")"
            }
        }
        return lines.joined(separator: "\n")
    }
}
