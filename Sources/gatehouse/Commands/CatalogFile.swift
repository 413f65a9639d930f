import ArgumentParser
import Foundation
import ToolCatalogue

/// A catalogue file and the keys it may be signed with, as several commands take them.
struct CatalogFile: ParsableArguments {
    @Argument(help: ArgumentHelp("The catalogue; the one in this program if not said.", valueName: "file"))
    var file: String?

    @OptionGroup var trusted: CatalogTrust

    /// What it is called in messages.
    var name: String { file ?? "the catalogue in this program" }

    func read() throws -> Catalogue { try trusted.read(file) }

    static func write(_ catalogue: Catalogue, to path: String, signedWith key: CatalogueKey) throws {
        let bytes = try catalogue.signed(with: key)
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure("the catalogue `\(path)` cannot be written")
        }
    }
}

/// The keys that a catalogue may be signed with: those given, and the one of this program's makers.
struct CatalogTrust: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A public key whose signature counts beside this program's own; may be given several times.",
            valueName: "key"))
    var trust: [String] = []

    /// - Parameter file: nil for the catalogue in this program.
    func read(_ file: String?) throws -> Catalogue {
        guard let file else { return try ShippedCatalogue.load() }
        let keys = try (trust + [ShippedCatalogue.keyText]).map { text in
            guard let key = CataloguePublicKey(hex: text) else {
                throw CommandFailure("`\(text)` is no public key: 64 hexadecimal digits", .checkFailed)
            }
            return key
        }
        let bytes = try ReadFile.bytes(file, atMost: CatalogueBounds.catalogueFile, "the catalogue")
        do {
            return try Catalogue(bytes, trusting: Set(keys))
        } catch {
            throw CommandFailure("\(file): \(error)", .checkFailed)
        }
    }
}

/// The catalogue that commands look things up in, where the file is an option.
struct CatalogChoice: ParsableArguments {
    @Option(help: ArgumentHelp("Another catalogue than the one in this program.", valueName: "file"))
    var catalogue: String?

    @OptionGroup var trusted: CatalogTrust

    func read() throws -> Catalogue { try trusted.read(catalogue) }
}
