import Crypto
import Foundation
import Gateway
import GatewayStorage
import Logging
import SQLiteStorage
import Synchronization
import ToolCatalogue
import WireJSON

/// Brings the index in step with the catalogue: the one that is declared, or else the one in this program.
final class CatalogueIndexing: Sendable {
    static let fileName = "catalogue.sqlite"

    let index: SQLiteCatalogue
    private let declared: DeclaredConsole.CatalogueFile?
    private let logger: Logger
    /// Why pages do not show the catalogue yet; nil where they do.
    private let missing = Mutex<String?>("the catalogue is being indexed")

    init(in folder: String, _ declared: DeclaredConsole.CatalogueFile?, logger: Logger) throws {
        do {
            index = try SQLiteCatalogue(path: "\(folder)/\(Self.fileName)")
        } catch {
            throw CommandFailure("\(error)")
        }
        self.declared = declared
        self.logger = logger
    }

    /// What is not ready, in words.
    var unready: [String] { [missing.withLock { $0 }].compactMap(\.self) }

    /// Brings the index in step, and says on pages and in the log where it cannot be.
    func run() async {
        do {
            try await bringInStep()
            // The first search for what is nearly right reads all names: better now than when somebody waits.
            _ = try await index.search(CatalogueQuery(text: "nothing is called this"))
            missing.withLock { $0 = nil }
        } catch {
            missing.withLock { $0 = "the catalogue cannot be used" }
            logger.error("the catalogue cannot be used: \(error)")
        }
    }

    /// Whether the index is of this very catalogue, as it is now.
    func isInStep() async throws -> Bool { try await index.edition()?.digest == digest(of: bytes()) }

    /// Reads and indexes the catalogue, unless it is the one that was indexed last.
    func bringInStep() async throws {
        let bytes = try bytes()
        let digest = digest(of: bytes)
        guard try await index.edition()?.digest != digest else { return }
        let catalogue = try read(bytes)
        try await index.replace(with: catalogue, digest: digest)
        logger.notice("catalogue indexed: \(catalogue.servers.count) servers, \(catalogue.toolCount) tools")
    }

    private func bytes() throws -> [UInt8] {
        guard let declared else { return ShippedCatalogue.bytes }
        return try ReadFile.bytes(declared.path, atMost: CatalogueBounds.catalogueFile, "the catalogue")
    }

    private func read(_ bytes: [UInt8]) throws -> Catalogue {
        guard let declared else { return try ShippedCatalogue.load() }
        let keys = (declared.trusted + [ShippedCatalogue.keyText]).compactMap(CataloguePublicKey.init(hex:))
        return try Catalogue(bytes, trusting: Set(keys))
    }

    /// Of the file, of whose signature counts, and of this program: an index made under other keys, or by another release,
    /// is made anew and the file checked.
    private func digest(of bytes: [UInt8]) -> String {
        var hasher = SHA256()
        hasher.update(data: bytes)
        hasher.update(data: Array("\n\(House.version)".utf8))
        for key in declared?.trusted ?? [] { hasher.update(data: Array("\n\(key)".utf8)) }
        return Hexadecimal.text(hasher.finalize())
    }
}
