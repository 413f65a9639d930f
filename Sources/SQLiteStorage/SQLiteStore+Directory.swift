import GRDB
public import GatewayStorage

extension SQLiteStore: DirectoryStore {
    public func rows(_ query: DirectoryQuery) async throws(StorageError) -> [DirectoryRow] {
        try await read { [path] in try DirectoryRows(database: $0, path: path).rows(query) }
    }

    public func apply(_ changes: [DirectoryChange]) async throws(StorageError) -> DirectoryVerdict {
        try await write { [path] database in
            let rows = DirectoryRows(database: database, path: path)
            var verdict = DirectoryVerdict.applied
            // Within the transaction, so that a refused step takes the earlier ones with it.
            try database.inSavepoint {
                for (step, change) in changes.enumerated() {
                    guard let reason = try rows.make(change) else { continue }
                    verdict = .refused(DirectoryConflict(step: step, reason: reason))
                    return .rollback
                }
                return .commit
            }
            return verdict
        }
    }
}
