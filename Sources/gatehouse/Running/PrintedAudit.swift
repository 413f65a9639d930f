import Foundation
import GatewayStorage

/// The audit of a gateway that stores nothing: each entry one line of JSON on standard error.
struct PrintedAudit: AuditStore {
    private let chain = MemoryAudit(capacity: 1)

    func append(_ records: [AuditRecord]) async throws(StorageError) {
        try await chain.append(records)
        var lines = Data()
        for record in records {
            lines.append(contentsOf: record.entry)
            lines.append(0x0A)
        }
        do {
            try FileHandle.standardError.write(contentsOf: lines)
        } catch {
            throw .failed(detail: "standard error cannot be written")
        }
    }

    func head() async throws(StorageError) -> AuditHead? { try await chain.head() }

    func records(after sequence: Int64, limit: Int) async throws(StorageError) -> [AuditRecord] {
        try await chain.records(after: sequence, limit: limit)
    }

    func search(_ filter: AuditFilter) async throws(StorageError) -> [AuditRecord] {
        try await chain.search(filter)
    }
}
