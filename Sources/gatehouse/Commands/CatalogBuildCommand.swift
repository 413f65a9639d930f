import ArgumentParser
import Foundation
import ToolCatalogue
import WireJSON

struct CatalogBuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Judge a file of definitions and write a signed catalogue.",
        discussion: """
            The catalogue keeps names, argument names and types, verdicts and hashes; no text of a server is kept but the few \
            words that a verdict rests on.
            """)

    @Argument(help: ArgumentHelp("The definitions, one JSON object a line.", valueName: "file"))
    var file: String

    @Option(
        help: ArgumentHelp("Packages whose tools are not known: a table of registry, name, version.", valueName: "file")
    )
    var packages: String?

    @Option(help: ArgumentHelp("The key to sign with, from `catalog key`.", valueName: "file"))
    var key: String

    @Option(help: ArgumentHelp("Where to write the catalogue.", valueName: "file")) var output: String

    @Option(help: ArgumentHelp("The day it is issued; today if not said.", valueName: "yyyy-mm-dd")) var issued: String?

    func run() throws {
        let signingKey = try CatalogKeyFile.read(key)
        let definitions = try CatalogDefinitions(path: file)
        for skipped in definitions.skipped {
            FileHandle.standardError.write(Data("\(file): \(skipped)\n".utf8))
        }
        let servers = definitions.servers.map(Self.catalogued)
        let index = try packages.map(CatalogPackages.read) ?? []
        let catalogue = Catalogue(issued: issued ?? CatalogText.today(), servers: servers, packages: index)
        try CatalogFile.write(catalogue, to: output, signedWith: signingKey)
        print(
            "\(output): \(servers.count) servers, \(catalogue.toolCount) tools, \(index.count) packages,",
            "signed with \(signingKey.publicKey)")
    }

    /// A server of a definitions file, judged.
    static func catalogued(_ server: CatalogDefinitions.Server) -> CatalogueServer {
        let parts = (server.package ?? "").split(separator: ":", maxSplits: 1).map(String.init)
        return CatalogueServer(
            slug: server.name, registry: parts.count == 2 ? parts[0] : "", package: parts.last ?? "",
            version: server.version ?? "", provider: server.provider, definitions: server.tools.map(\.listed))
    }
}
