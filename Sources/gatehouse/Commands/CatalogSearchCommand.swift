import ArgumentParser
import Foundation
import ToolCatalogue
import WireJSON

struct CatalogSearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find servers and tools by parts of their names.",
        discussion: """
            All words have to occur in a tool's name or its server's, in whatever case; packages whose tools are not known \
            are listed last. Exit code 1 when nothing is found.

                $ gatehouse catalog search iam policy --risk critical
            """)

    @Argument(help: ArgumentHelp("Parts of names.", valueName: "word")) var words: [String] = []

    @OptionGroup var choice: CatalogChoice

    @Option(help: "Only tools of this risk: low, medium, high or critical.") var risk: String?
    @Option(help: "Only tools of this category: read, write, execute, destructive or financial.")
    var category: String?
    @Option(help: ArgumentHelp("Only servers of this provider, such as `aws`.", valueName: "slug"))
    var provider: String?
    @Option(help: "At most so many lines.") var limit = 50
    @Flag(help: "Print one JSON object a line.") var json = false

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit takes a number over 0") }
        if let risk, Self.risk(risk) == nil { throw ValidationError("`\(risk)` is no risk") }
        if let category, Self.category(category) == nil { throw ValidationError("`\(category)` is no category") }
        guard !words.isEmpty || risk != nil || category != nil || provider != nil else {
            throw ValidationError("give a word, or --risk, --category or --provider")
        }
    }

    func run() throws {
        let catalogue = try choice.read()
        let parts = words.map(Self.folded)
        var found = 0
        search: for server in catalogue.servers where provider.map({ $0 == server.provider }) ?? true {
            for tool in server.tools where matches(tool.verdict) {
                guard Self.hold(parts, in: "\(server.slug) \(server.package) \(tool.name)") else { continue }
                found += 1
                guard found <= limit else { break search }
                if json { CatalogRow.print(server, tool) } else { print(Self.line(server, tool)) }
            }
        }
        if risk == nil, category == nil, provider == nil {
            for package in catalogue.packages where found < limit && Self.hold(parts, in: package.name) {
                found += 1
                if json { CatalogRow.print(package) } else { print(Self.line(package)) }
            }
        }
        if found > limit { FileHandle.standardError.write(Data("there is more; --limit shows it\n".utf8)) }
        if found == 0 { throw ExitCode(CommandFailure.Code.checkFailed.rawValue) }
    }

    private func matches(_ verdict: Classification) -> Bool {
        (risk.map { Self.risk($0) == verdict.risk } ?? true)
            && (category.map { Self.category($0) == verdict.category } ?? true)
    }

    private static func risk(_ word: String) -> Risk? { Risk.allCases.first { folded($0.rawValue) == folded(word) } }

    private static func category(_ word: String) -> ToolCatalogue.Category? {
        ToolCatalogue.Category.allCases.first { folded($0.rawValue) == folded(word) }
    }

    private static func line(_ server: CatalogueServer, _ tool: CatalogueTool) -> String {
        CatalogRow.line("\(server.slug)  \(tool.name)", tool)
    }

    private static func line(_ package: CataloguePackage) -> String {
        ShownText.of("package   \(package.registry):\(package.name) \(package.version)".utf8, limit: 300)
    }

    private static func folded(_ text: String) -> [UInt8] {
        text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    }

    private static func hold(_ parts: [[UInt8]], in text: String) -> Bool {
        let text = folded(text)
        return parts.allSatisfy { part in part.isEmpty || text.firstRange(of: part) != nil }
    }
}
