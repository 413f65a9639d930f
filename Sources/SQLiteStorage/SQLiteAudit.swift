import GRDB
public import GatewayStorage

/// The audit of a file that another process may be writing, or none: opened to be read and never changed.
public final class SQLiteAudit: AuditReader {
    private let path: String
    private let queue: DatabaseQueue

    /// Opens an existing file.
    ///
    /// - Throws: ``StorageError``: there is no such file, it is another program's or a newer version's.
    public init(reading path: String) throws(StorageError) {
        self.path = path
        do {
            var configuration = SQLiteStore.configuration
            configuration.readonly = true
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { try SQLiteSchema.recognise($0, path: path, isNewAllowed: false) }
        } catch {
            throw StorageError(error, path: path)
        }
    }

    public func head() async throws(StorageError) -> AuditHead? {
        try await queue.reading(path: path) { try AuditQueries.head($0) }
    }

    public func records(after sequence: Int64, limit: Int) async throws(StorageError) -> [AuditRecord] {
        try await queue.reading(path: path) { try AuditQueries.records($0, after: sequence, limit: limit) }
    }

    public func search(_ filter: AuditFilter) async throws(StorageError) -> [AuditRecord] {
        try await queue.reading(path: path) { try AuditQueries.search($0, filter) }
    }
}
