import Synchronization
import WireJSON

/// The audit chain of this process only: the last ``StorageBounds/auditRecordsInMemory`` records, gone when it ends.
public final class MemoryAudit: AuditStore {
    private struct Chain {
        var head: AuditHead?
        var records: [AuditRecord] = []
    }

    private let chain = Mutex(Chain())
    private let capacity: Int

    /// - Parameter capacity: how many records are kept; older ones fall out.
    public init(capacity: Int = StorageBounds.auditRecordsInMemory) {
        precondition(capacity > 0, "a chain keeps at least its last record")
        self.capacity = capacity
    }

    public func append(_ records: [AuditRecord]) async throws(StorageError) {
        try chain.withLock { chain throws(StorageError) in
            guard AuditHead.isFollowed(chain.head, by: records) else {
                throw .auditOutOfStep(head: chain.head)
            }
            guard let last = records.last else { return }
            chain.head = AuditHead(last)
            chain.records += records
            // Dropped by halves, so that a record is moved once and not with every append.
            if chain.records.count >= 2 * capacity {
                chain.records.removeFirst(chain.records.count - capacity)
            }
        }
    }

    public func head() async throws(StorageError) -> AuditHead? {
        chain.withLock { $0.head }
    }

    public func records(after sequence: Int64, limit: Int) async throws(StorageError) -> [AuditRecord] {
        Array(kept().lazy.filter { $0.sequence > sequence }.prefix(StorageBounds.page(limit)))
    }

    public func search(_ filter: AuditFilter) async throws(StorageError) -> [AuditRecord] {
        Array(kept().reversed().lazy.filter(filter.matches).prefix(StorageBounds.page(filter.limit)))
    }

    private func kept() -> ArraySlice<AuditRecord> {
        chain.withLock { $0.records.suffix(capacity) }
    }
}

extension StorageBounds {
    /// The rows to return when `limit` are asked for.
    public static func page(_ limit: Int) -> Int {
        max(0, min(limit, recordsPerPage))
    }
}

extension AuditFilter {
    /// Whether the record is among those searched for. An entry that is not JSON, or lacks a member, matches no filter
    /// that looks at it.
    func matches(_ record: AuditRecord) -> Bool {
        if let before, record.sequence >= before { return false }
        let entry = try? JSON(record.entry)
        func holds(_ member: String, _ wanted: String?) -> Bool {
            guard let wanted else { return true }
            return entry?[member]?.utf8 == Array(wanted.utf8)
        }
        guard
            holds("kind", kind), holds("organisation", organisation), holds("server", server), holds("tool", tool),
            holds("grant", grant),
            holds("outcome", outcome), holds("request", request)
        else { return false }
        guard since != nil || until != nil else { return true }
        guard let time = entry?["time"]?.int.map({ WallTime(milliseconds: Int64($0)) }) else { return false }
        if let since, time < since { return false }
        if let until, time >= until { return false }
        return true
    }
}
