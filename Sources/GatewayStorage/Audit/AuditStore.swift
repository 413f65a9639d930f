/// Reads the audit chain: in order, or searched from its end. All there is to an audit that is only looked at.
public protocol AuditReader: Sendable {
    /// The chain's last link, nil when nothing was ever appended.
    func head() async throws(StorageError) -> AuditHead?

    /// Up to `limit` records after `sequence`, oldest first, exactly as stored; a removed record is a gap in the
    /// numbers. From 0 on it is the whole chain, page by page; an empty page is the end.
    func records(after sequence: Int64, limit: Int) async throws(StorageError) -> [AuditRecord]

    /// The records that match, newest first.
    func search(_ filter: AuditFilter) async throws(StorageError) -> [AuditRecord]
}

/// Keeps the audit chain, which grows only at its end.
public protocol AuditStore: AuditReader {
    /// Appends the records in one transaction, all or none, durably.
    ///
    /// - Throws: ``StorageError/auditOutOfStep(head:)`` when the first record does not follow the chain's last one
    ///   (or is not number 1 of an empty chain), or one of the batch does not follow the one before it.
    func append(_ records: [AuditRecord]) async throws(StorageError)
}
