import ArgumentParser
import Foundation
import GatewayStorage
import ToolCatalogue
import WireJSON

struct CatalogSearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find servers and tools by the beginnings of words in their names.",
        discussion: """
            Each word has to begin a word of the tool's name, or of its server's or package's; nearest names come first, and \
            packages whose tools are not known last. Where nothing begins like that, names that are nearly so are listed. The \
            first search of a catalogue makes its index, in the user's cache folder.

              gatehouse catalog search iam policy --risk critical

            Exit codes: 0 something is found; 1 nothing is, or the catalogue is not trusted; 64 the command line is wrong; 70 \
            the catalogue cannot be read.
            """)

    @Argument(help: ArgumentHelp("Beginnings of words.", valueName: "word")) var words: [String] = []

    @OptionGroup var choice: CatalogChoice

    @Option(help: "Only tools of this risk: low, medium, high or critical.") var risk: String?
    @Option(help: "Only tools of this category: read, write, execute, destructive or financial.")
    var category: String?
    @Option(help: ArgumentHelp("Only servers of this provider, such as `aws`.", valueName: "slug"))
    var provider: String?
    @Option(help: ArgumentHelp("Only tools that this attack applies to, such as `lock-out`.", valueName: "pattern"))
    var attack: String?
    @Option(help: "At most so many lines, up to \(StorageBounds.catalogueMatches).") var limit = 50
    @Flag(help: "Print one JSON object a line.") var json = false

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit takes a number over 0") }
        if let risk, Self.risk(risk) == nil {
            throw ValidationError("`\(risk)` is no risk; there is low, medium, high, critical")
        }
        if let category, Self.category(category) == nil {
            throw ValidationError("`\(category)` is no category; there is read, write, execute, destructive, financial")
        }
        if let attack, AttackPattern.named(attack) == nil {
            let known = AttackPattern.all.map(\.slug).joined(separator: ", ")
            throw ValidationError("`\(attack)` is no attack pattern; there is \(known)")
        }
        guard !words.isEmpty || risk != nil || category != nil || provider != nil || attack != nil else {
            throw ValidationError("give a word, or --risk, --category, --provider or --attack")
        }
    }

    func run() async throws {
        let index = try await CatalogIndex.open(choice)
        var (listed, passed) = (0, 0)
        var servers: [[UInt8]: CatalogueServer] = [:]
        var results = try await page(of: index, from: 0)
        if !results.instead.isEmpty {
            let names = results.instead.map { ShownText.of($0.utf8) }.joined(separator: ", ")
            Terminal.say("nothing begins like that; nearest: \(names)")
        }
        let first = results
        while !results.tools.isEmpty {
            for entry in results.tools where listed < limit {
                let slug = Array(entry.server.utf8)
                if servers[slug] == nil { servers[slug] = try await index.server(entry.server) }
                guard let server = servers[slug], let tool = server.tool(entry.name) else { continue }
                listed += 1
                if json {
                    CatalogRow.print(server, tool)
                } else {
                    print(CatalogRow.line("\(server.slug)  \(tool.name)", tool))
                }
            }
            passed += results.tools.count
            guard listed < limit, passed < first.toolCount.value else { break }
            results = try await page(of: index, from: passed)
        }
        let packages = first.servers.filter { $0.slug == nil }
        for package in packages.prefix(max(0, limit - listed)) {
            listed += 1
            if json { CatalogRow.print(package) } else { print(Self.line(package)) }
        }
        let all = first.toolCount.value + packages.count
        if all > listed || !first.toolCount.isExact { Terminal.say("there is more; --limit shows it") }
        guard listed > 0 else {
            throw CommandFailure(
                "nothing is found – fewer or shorter words find more; `gatehouse scan` looks at servers that no catalogue "
                    + "has", .checkFailed)
        }
    }

    private func page(of index: any CatalogueIndex, from offset: Int) async throws -> CatalogueResults {
        try await index.search(
            CatalogueQuery(
                text: words.joined(separator: " "), category: category.flatMap(Self.category),
                risk: risk.flatMap(Self.risk), provider: provider, attack: attack.flatMap(AttackPattern.named),
                offset: offset, limit: min(limit, StorageBounds.cataloguePage)))
    }

    private static func risk(_ word: String) -> Risk? { Risk.allCases.first { folded($0.rawValue) == folded(word) } }

    private static func category(_ word: String) -> ToolCatalogue.Category? {
        ToolCatalogue.Category.allCases.first { folded($0.rawValue) == folded(word) }
    }

    private static func line(_ package: CatalogueServerEntry) -> String {
        ShownText.of("package   \(package.registry):\(package.package) \(package.version)".utf8, limit: 300)
    }

    private static func folded(_ text: String) -> [UInt8] {
        text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    }
}

extension CatalogueServer {
    /// The tool of this name, byte for byte.
    fileprivate func tool(_ name: String) -> CatalogueTool? { tools.first { $0.name.utf8.elementsEqual(name.utf8) } }
}
