import ArgumentParser
import ToolCatalogue

struct CatalogVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that a catalogue is whole and signed by somebody trusted.",
        discussion: "Exit code 1 when it is not.")

    @OptionGroup var catalogue: CatalogFile

    func run() throws {
        let read = try catalogue.read()
        print(
            "\(catalogue.file): ok, issued \(read.issued), \(read.servers.count) servers, \(read.toolCount) tools,",
            "\(read.packages.count) packages")
    }
}
