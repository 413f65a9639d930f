import ArgumentParser
import Foundation
import GatewayStorage
import ToolCatalogue

struct CatalogExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print what a catalogue holds, one JSON object a line for each tool.",
        discussion: "Without a file: the catalogue in this program.")

    @OptionGroup var catalogue: CatalogFile

    @Option(help: ArgumentHelp("Only this server.", valueName: "slug")) var server: String?

    @Option(help: ArgumentHelp("Only servers of this provider, such as `aws`.", valueName: "slug"))
    var provider: String?

    @Flag(help: "Print the packages whose tools are not known, instead of tools.") var packages = false

    func run() throws {
        let read = try catalogue.read()
        if packages { return Self.print(read.packages) }
        if let server, read.server(server) == nil {
            throw CommandFailure("the catalogue has no server `\(server)`", .checkFailed)
        }
        for known in read.servers
        where (server.map { $0.utf8.elementsEqual(known.slug.utf8) } ?? true)
            && (provider.map { $0.utf8.elementsEqual(known.provider.utf8) } ?? true)
        {
            for tool in known.tools { CatalogRow.print(known, tool) }
        }
    }

    private static func print(_ packages: [CataloguePackage]) {
        for package in packages { CatalogRow.print(CatalogueServerEntry(package)) }
    }
}
