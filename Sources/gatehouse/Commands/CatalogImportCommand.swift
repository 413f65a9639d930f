import ArgumentParser
import Foundation
import ToolCatalogue
import WireJSON

struct CatalogImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take a registry's pages into a catalogue's index of packages.",
        discussion: """
            The pages are answers of an MCP Registry's `GET /v0.1/servers`, each saved as a file, in their order. Entries that \
            cannot be read are named on standard error and passed over; deleted ones are taken out. The result is signed \
            anew.
            """)

    @OptionGroup var catalogue: CatalogFile

    @Option(
        name: .customLong("page"), parsing: .upToNextOption,
        help: ArgumentHelp("The saved pages.", valueName: "file"))
    var pages: [String]

    @Option(help: ArgumentHelp("The key to sign with, from `catalog key`.", valueName: "file")) var key: String

    @Option(help: ArgumentHelp("Where to write the catalogue.", valueName: "file")) var output: String

    @Option(help: ArgumentHelp("The day it is issued; today if not said.", valueName: "yyyy-mm-dd")) var issued: String?

    func run() throws {
        let signingKey = try CatalogKeyFile.read(key)
        let old = try catalogue.read()
        var entries: [RegistryEntry] = []
        var skipped = 0
        var walk = RegistryWalk()
        for (number, file) in pages.enumerated() {
            let page = try Self.page(file)
            for entry in page.skipped { FileHandle.standardError.write(Data("\(file): \(entry)\n".utf8)) }
            entries += page.entries
            skipped += page.skipped.count
            switch walk.next(after: page) {
            case .page where number == pages.count - 1:
                FileHandle.standardError.write(Data("\(file): the registry has more pages than these\n".utf8))
            case .stop(let reason): FileHandle.standardError.write(Data("\(file): \(reason)\n".utf8))
            case .page, .end: break
            }
        }
        let merged = old.merging(entries, issued: issued ?? CatalogText.today())
        try CatalogFile.write(merged, to: output, signedWith: signingKey)
        print("\(output): \(entries.count) entries taken, \(skipped) passed over, \(merged.packages.count) packages")
    }

    private static func page(_ file: String) throws -> RegistryPage {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure("the page `\(file)` cannot be read")
        }
        let json: JSON
        do {
            json = try JSON(lenient: Array(data))
        } catch {
            throw CommandFailure("\(file): no JSON: \(error)", .checkFailed)
        }
        guard let page = RegistryPage(json) else { throw CommandFailure("\(file): no list of servers", .checkFailed) }
        return page
    }
}
