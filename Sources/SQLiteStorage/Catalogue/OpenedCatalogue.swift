import Foundation
import GRDB
import GatewayStorage
import Synchronization

/// A catalogue file that is open for reading.
final class OpenedCatalogue: Sendable {
    let pool: DatabasePool
    let edition: CatalogueEdition
    private let near = Mutex<(names: NearTerms, words: NearTerms)?>(nil)

    private init(_ pool: DatabasePool, _ edition: CatalogueEdition) {
        self.pool = pool
        self.edition = edition
    }

    /// Nil where there is no file, or one that is damaged or of another version.
    static func opened(_ path: String) throws(StorageError) -> OpenedCatalogue? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            var configuration = Configuration()
            configuration.label = "gatehouse.catalogue"
            configuration.readonly = true
            configuration.maximumReaderCount = SQLiteBounds.readers
            let pool = try DatabasePool(path: path, configuration: configuration)
            guard let edition = try pool.read({ try CatalogueSchema.edition($0, path: path) }) else { return nil }
            return OpenedCatalogue(pool, edition)
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_ERROR
        {
            return nil
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// Joined names and words, for what is nearly right: read when first needed.
    func nearTerms(_ database: Database) throws -> (names: NearTerms, words: NearTerms) {
        if let known = near.withLock({ $0 }) { return known }
        let row = try Row.fetchOne(database, sql: "SELECT names, words FROM near")
        let read = (names: Self.terms(row?["names"]), words: Self.terms(row?["words"]))
        near.withLock { $0 = read }
        return read
    }

    private static func terms(_ lines: Data?) -> NearTerms {
        NearTerms([UInt8](lines ?? Data()).split(separator: 0x0A).map(Array.init))
    }
}
