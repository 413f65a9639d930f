import Foundation
import GRDB
public import GatewayStorage
import Synchronization
public import ToolCatalogue

/// A catalogue's index as an SQLite file of its own, made from a catalogue and never changed: another catalogue is
/// another file, put in its place when it is whole.
///
/// What the file holds is all in the catalogue; one that is damaged, or of another version, counts as none.
public final class SQLiteCatalogue: CatalogueIndex {
    /// Where the file is.
    public let path: String
    private let opened = Mutex<OpenedCatalogue?>(nil)

    /// Opens the file, if there is one that can be used.
    ///
    /// - Throws: ``StorageError/corrupt(path:detail:)`` where the file is another program's, which is left as it is.
    public init(path: String) throws(StorageError) {
        self.path = path
        let found = try OpenedCatalogue.opened(path)
        opened.withLock { $0 = found }
    }

    public func replace(with catalogue: Catalogue, digest: String) async throws(StorageError) {
        try await CatalogueWriting.write(catalogue, digest: digest, to: path)
        let found = try OpenedCatalogue.opened(path)
        opened.withLock { $0 = found }
    }

    public func edition() async throws(StorageError) -> CatalogueEdition? {
        opened.withLock { $0?.edition }
    }

    public func search(_ query: CatalogueQuery) async throws(StorageError) -> CatalogueResults {
        guard let opened = opened.withLock({ $0 }) else { return CatalogueResults() }
        return try await opened.pool.reading(path: path) { database in
            try CatalogueSearch(query, in: SQLiteMatcher(database: database, catalogue: opened)).results()
        }
    }

    public func server(_ slug: String) async throws(StorageError) -> CatalogueServer? {
        guard let opened = opened.withLock({ $0 }) else { return nil }
        return try await opened.pool.reading(path: path) { [path] database in
            let record = try Data.fetchOne(
                database, sql: "SELECT record FROM server WHERE slug = ?", arguments: [Data(slug.utf8)])
            guard let record else { return nil }
            guard let server = CatalogueServer(record: [UInt8](record)) else {
                throw StorageError.corrupt(path: path, detail: "a server's record is none")
            }
            return server
        }
    }

    public func providers() async throws(StorageError) -> [CatalogueProviderEntry] {
        guard let opened = opened.withLock({ $0 }) else { return [] }
        return try await opened.pool.reading(path: path) { database in
            try Row.fetchAll(database, sql: "SELECT slug, servers, tools FROM provider ORDER BY place").map {
                CatalogueProviderEntry(slug: $0.text(0), servers: $0[1], tools: $0[2])
            }
        }
    }
}
