public import GatewayStorage

/// The directory as values: what a store keeps as rows.
public struct Directory: Sendable {
    public let store: any DirectoryStore
    /// Told, for the operator, what the store found wrong; others learn that it cannot be reached.
    private let onTrouble: @Sendable (StorageError) -> Void

    public init(_ store: any DirectoryStore, onTrouble: @escaping @Sendable (StorageError) -> Void = { _ in }) {
        self.store = store
        self.onTrouble = onTrouble
    }

    /// The record with this id in the organisation.
    ///
    /// - Throws: ``Refusal/unknown(_:)``, the same for another organisation's id as for one that does not exist.
    public func fetch<Record: DirectoryRecord>(
        _ type: Record.Type, _ id: RecordID, of organisation: RecordID
    ) async throws(Refusal) -> Record {
        guard let row = try await rows(DirectoryQuery(Record.kind, of: organisation, id: id, limit: 1)).first else {
            throw .unknown(Record.kind.words)
        }
        return try Record(row: row)
    }

    /// The record with this handle, in whatever organisation.
    public func find<Record: DirectoryRecord>(
        _ type: Record.Type, handle: [UInt8]
    ) async throws(Refusal) -> Record? {
        guard let row = try await rows(DirectoryQuery(Record.kind, handle: handle, limit: 1)).first else { return nil }
        return try Record(row: row)
    }

    /// One page of records, in the order of their ids.
    public func list<Record: DirectoryRecord>(
        _ type: Record.Type, of organisation: RecordID, parents: [DirectoryKind: RecordID] = [:],
        after: RecordID? = nil, limit: Int
    ) async throws(Refusal) -> [Record] {
        let query = DirectoryQuery(Record.kind, of: organisation, parents: parents, after: after, limit: limit)
        var records: [Record] = []
        for row in try await rows(query) { records.append(try Record(row: row)) }
        return records
    }

    /// All records of a kind in one organisation, or of one parent.
    public func all<Record: DirectoryRecord>(
        _ type: Record.Type, of organisation: RecordID, parents: [DirectoryKind: RecordID] = [:]
    ) async throws(Refusal) -> [Record] {
        var records: [Record] = []
        while true {
            let page = try await list(
                type, of: organisation, parents: parents, after: records.last?.id, limit: StorageBounds.directoryPage)
            records += page
            guard page.count == StorageBounds.directoryPage else { return records }
        }
    }

    /// Every organisation.
    public func organisations() async throws(Refusal) -> [Organisation] {
        var organisations: [Organisation] = []
        while true {
            let page = try await rows(DirectoryQuery(.organisation, after: organisations.last?.id))
            for row in page { organisations.append(try Organisation(row: row)) }
            guard page.count == StorageBounds.directoryPage else { return organisations }
        }
    }

    func apply(_ changes: [DirectoryChange]) async throws(Refusal) -> DirectoryVerdict {
        do throws(StorageError) { return try await store.apply(changes) } catch {
            onTrouble(error)
            throw .unavailable("the directory cannot be written – the log of the gateway says why")
        }
    }

    private func rows(_ query: DirectoryQuery) async throws(Refusal) -> [DirectoryRow] {
        do throws(StorageError) { return try await store.rows(query) } catch {
            onTrouble(error)
            throw .unavailable("the directory cannot be read – the log of the gateway says why")
        }
    }
}

extension DirectoryKind {
    /// As people call it.
    var words: String {
        switch self {
        case .organisation, .member, .identity, .invitation, .session, .token, .server, .secret, .policy, .grant,
            .credential, .attachment, .connection:
            rawValue
        case .definition: "tool"
        case .version: "version of this policy"
        }
    }
}
