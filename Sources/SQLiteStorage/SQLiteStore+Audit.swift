import GRDB
public import GatewayStorage

extension SQLiteStore: AuditStore {
    public func append(_ records: [AuditRecord]) async throws(StorageError) {
        try await write { database in
            let head = try AuditQueries.head(database)
            guard AuditHead.isFollowed(head, by: records) else { throw StorageError.auditOutOfStep(head: head) }
            try AuditInsertion(database).insert(records)
        }
    }

    public func head() async throws(StorageError) -> AuditHead? {
        try await read { try AuditQueries.head($0) }
    }

    public func records(after sequence: Int64, limit: Int) async throws(StorageError) -> [AuditRecord] {
        try await read { try AuditQueries.records($0, after: sequence, limit: limit) }
    }

    public func search(_ filter: AuditFilter) async throws(StorageError) -> [AuditRecord] {
        try await read { try AuditQueries.search($0, filter) }
    }
}
