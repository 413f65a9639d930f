import ArgumentParser
import Foundation
import RegistryHTTP
import ToolCatalogue
import WireJSON

struct CatalogImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take a registry's servers, or definitions, into a catalogue.",
        discussion: """
            From an MCP Registry, or from its pages saved as files, packages come into the index; definitions, such as a scan \
            writes, become servers with judged tools. What cannot be read is named on standard error and passed over. The \
            result is a new catalogue, signed with your key; the one it starts from is the program's if none is given.

              gatehouse catalog import --registry https://registry.modelcontextprotocol.io --pages pages --key k --output c
              gatehouse catalog import c --trust KEY --definitions scanned.jsonl --key k --output c2

            With --pages an import that was cut off goes on where it was, and the next one asks only for what changed. \
            Nothing but the registry's own origin is asked, over https.

            Exit codes: 0 done; 1 something given is not what it should be, or the registry's pages have no end (what was \
            read is taken all the same); 64 the command line is wrong; 70 the registry cannot be read, or a file written.
            """)

    @OptionGroup var catalogue: CatalogFile

    @Option(help: ArgumentHelp("The registry's address.", valueName: "url")) var registry: String?

    @Option(help: ArgumentHelp("With --registry: a folder to keep its pages in.", valueName: "folder"))
    var pages: String?

    @Option(
        help: ArgumentHelp("With --registry: only what changed since this moment, RFC 3339.", valueName: "time"))
    var updatedSince: String?

    @Option(help: ArgumentHelp("With --registry: seconds that one answer may take.", valueName: "seconds"))
    var patience = 30

    @Option(
        name: .customLong("page"), parsing: .upToNextOption,
        help: ArgumentHelp("Saved answers of `GET /v0.1/servers`, in their order.", valueName: "file"))
    var saved: [String] = []

    @Option(help: ArgumentHelp("A file of definitions, one JSON object a line.", valueName: "file.jsonl"))
    var definitions: String?

    @Option(help: ArgumentHelp("The key to sign with, from `catalog key`.", valueName: "file")) var key: String
    @Option(help: ArgumentHelp("Where to write the catalogue.", valueName: "file")) var output: String
    @Option(help: ArgumentHelp("The day it is issued; today if not said.", valueName: "yyyy-mm-dd")) var issued: String?

    func validate() throws {
        guard registry != nil || !saved.isEmpty || definitions != nil else {
            throw ValidationError("give --registry, --page or --definitions")
        }
        guard registry != nil || (pages == nil && updatedSince == nil) else {
            throw ValidationError("--pages and --updated-since go with --registry")
        }
        guard (1...3600).contains(patience) else { throw ValidationError("--patience is a number from 1 to 3600") }
    }

    func run() async throws {
        let signingKey = try CatalogKeyFile.read(key)
        let day = issued ?? CatalogText.today()
        var merged = try catalogue.read()
        var told = RegistryPages.Told()
        if let definitions {
            let file = try CatalogDefinitions(path: definitions)
            for skipped in file.skipped { Terminal.say("\(definitions): \(skipped)") }
            merged = merged.replacing(file.servers.map(CatalogBuildCommand.catalogued), issued: day)
        }
        if !saved.isEmpty { merged = merged.merging(try RegistryPages.read(saved, &told), issued: day) }
        var done: (folder: PageFolder, progress: PageFolder.Progress)?
        if let registry {
            let folder = try pages.map { try PageFolder($0) }
            let taken = try await RegistryImport(
                address: try Self.address(registry), folder: folder, since: updatedSince, patience: .seconds(patience)
            ).run { Terminal.say("\(registry): \($0)") }
            merged = merged.merging(taken.entries, issued: day)
            told.entries += taken.entries.count
            told.skipped += taken.skipped
            if let stop = taken.stop {
                Terminal.say("\(registry): \(stop)")
                told.isCut = true
            }
            if let folder, let progress = taken.progress { done = (folder, progress) }
        }
        try CatalogFile.write(merged, to: output, signedWith: signingKey)
        // Only now: what was fetched is kept.
        if let done { try done.folder.keep(done.progress) }
        print(
            "\(output): \(told.entries) entries taken, \(told.skipped) passed over;",
            "\(merged.servers.count) servers, \(merged.toolCount) tools, \(merged.packages.count) packages")
        if told.isCut { throw ExitCode(CommandFailure.Code.checkFailed.rawValue) }
    }

    private static func address(_ text: String) throws -> RegistryAddress {
        do throws(RegistryAddress.Refusal) { return try RegistryAddress(text) } catch {
            throw CommandFailure("`\(text)`: \(error)", .checkFailed)
        }
    }
}
