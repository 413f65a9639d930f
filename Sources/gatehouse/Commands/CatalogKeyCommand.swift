import ArgumentParser
import ToolCatalogue

struct CatalogKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make a key to sign catalogues with, and print the half that others trust.")

    @Argument(help: ArgumentHelp("Where to keep the key; only its owner can read the file.", valueName: "file"))
    var file: String

    func run() throws {
        let key = CatalogueKey()
        try CatalogKeyFile.create(file, key)
        print(key.publicKey)
    }
}
