import ArgumentParser
import Foundation
import ToolCatalogue

/// A catalogue file and the keys it may be signed with, as several commands take them.
struct CatalogFile: ParsableArguments {
    @Argument(help: ArgumentHelp("The catalogue.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("A public key whose signature counts; may be given several times.", valueName: "key"))
    var trust: [String]

    func read() throws -> Catalogue {
        let keys = try trust.map { text in
            guard let key = CataloguePublicKey(hex: text) else {
                throw CommandFailure("`\(text)` is no public key: 64 hexadecimal digits", .checkFailed)
            }
            return key
        }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure("the catalogue `\(file)` cannot be read")
        }
        do {
            return try Catalogue(Array(data), trusting: Set(keys))
        } catch {
            throw CommandFailure("\(file): \(error)", .checkFailed)
        }
    }

    static func write(_ catalogue: Catalogue, to path: String, signedWith key: CatalogueKey) throws {
        let bytes = try catalogue.signed(with: key)
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure("the catalogue `\(path)` cannot be written")
        }
    }
}
