import Synchronization

/// The directory of this process only, gone when it ends.
public final class MemoryDirectory: DirectoryStore {
    private let held = Mutex(DirectoryTable())

    public init() {}

    public func rows(_ query: DirectoryQuery) async throws(StorageError) -> [DirectoryRow] {
        held.withLock { $0.rows(query) }
    }

    public func apply(_ changes: [DirectoryChange]) async throws(StorageError) -> DirectoryVerdict {
        held.withLock { table in
            var changed = table
            for (step, change) in changes.enumerated() {
                if let reason = changed.make(change) {
                    return .refused(DirectoryConflict(step: step, reason: reason))
                }
            }
            table = changed
            return .applied
        }
    }
}

/// The rows, and what must hold between them.
struct DirectoryTable {
    private struct Key: Hashable {
        let kind: DirectoryKind
        let organisation: RecordID
        let id: RecordID

        init(_ kind: DirectoryKind, _ organisation: RecordID, _ id: RecordID) {
            self.kind = kind
            self.organisation = kind == .organisation ? id : organisation
            self.id = id
        }

        init(_ row: DirectoryRow) { self.init(row.kind, row.organisation, row.id) }
    }

    private var rows: [Key: DirectoryRow] = [:]

    func rows(_ query: DirectoryQuery) -> [DirectoryRow] {
        Array(rows.values.filter(query.matches).sorted { $0.id < $1.id }.prefix(query.limit))
    }

    /// Makes one step; the reason where it cannot be made.
    mutating func make(_ change: DirectoryChange) -> DirectoryConflict.Reason? {
        switch change {
        case .insert(let row):
            if rows[Key(row)] != nil { return .idTaken }
            if let reason = obstacle(to: row) { return reason }
            rows[Key(row)] = row
        case .replace(let old, let new):
            precondition(Key(old) == Key(new), "a replaced row keeps its kind, organisation and id")
            guard rows[Key(old)] == old else { return .changed }
            if let reason = obstacle(to: new) { return reason }
            rows[Key(old)] = new
        case .remove(let row):
            guard rows[Key(row)] == row else { return .changed }
            return remove(row)
        }
        return nil
    }

    private func obstacle(to row: DirectoryRow) -> DirectoryConflict.Reason? {
        if row.kind != .organisation, rows[Key(.organisation, row.organisation, row.organisation)] == nil {
            return .parentMissing(.organisation)
        }
        for (kind, id) in row.parents where rows[Key(kind, row.organisation, id)] == nil { return .parentMissing(kind) }
        for other in rows.values where other.kind == row.kind && Key(other) != Key(row) {
            if let handle = row.handle, other.handle == handle { return .handleTaken }
            if let name = row.name, other.name == name, other.organisation == row.organisation { return .nameTaken }
        }
        return nil
    }

    private mutating func remove(_ row: DirectoryRow) -> DirectoryConflict.Reason? {
        let children = rows.values.filter { child in
            guard child.organisation == row.organisation, Key(child) != Key(row) else { return false }
            return row.kind == .organisation || child.parents[row.kind] == row.id
        }
        if row.kind != .organisation,
            let needing = children.first(where: { $0.kind.parents[row.kind] == .isRefused })
        {
            return .inUse(by: needing.kind)
        }
        rows[Key(row)] = nil
        for child in children {
            if row.kind == .organisation { rows[Key(child)] = nil } else { _ = remove(child) }
        }
        return nil
    }
}
