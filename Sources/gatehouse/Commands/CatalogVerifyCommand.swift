import ArgumentParser
import ToolCatalogue

struct CatalogVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that a catalogue is whole and signed by somebody trusted.",
        discussion: """
            Without a file: the catalogue in this program. Exit code 1 when it is altered, cut off, or signed with a key \
            that is neither this program's nor given with --trust.
            """)

    @OptionGroup var catalogue: CatalogFile

    func run() throws {
        let read = try catalogue.read()
        print(
            "\(catalogue.name): ok, issued \(read.issued), \(read.servers.count) servers, \(read.toolCount) tools,",
            "\(read.packages.count) packages")
    }
}
