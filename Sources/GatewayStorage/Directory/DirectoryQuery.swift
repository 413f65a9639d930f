/// Which rows of one kind are wanted. Members that are set must all hold.
public struct DirectoryQuery: Sendable, Hashable {
    public var kind: DirectoryKind
    /// Nil only where a row is looked for by its handle, or organisations are listed: everything else is asked of one
    /// organisation.
    public var organisation: RecordID?
    public var id: RecordID?
    public var name: [UInt8]?
    public var handle: [UInt8]?
    public var parents: [DirectoryKind: RecordID]
    /// Only ids after this one.
    public var after: RecordID?
    /// How many at most; never more than ``StorageBounds/directoryPage`` are returned.
    public var limit: Int

    public init(
        _ kind: DirectoryKind, of organisation: RecordID? = nil, id: RecordID? = nil, name: [UInt8]? = nil,
        handle: [UInt8]? = nil, parents: [DirectoryKind: RecordID] = [:], after: RecordID? = nil,
        limit: Int = StorageBounds.directoryPage
    ) {
        precondition(
            organisation != nil || handle != nil || kind == .organisation,
            "a row is asked for within one organisation, or by its handle")
        self.kind = kind
        self.organisation = organisation
        self.id = id
        self.name = name
        self.handle = handle
        self.parents = parents
        self.after = after
        self.limit = max(0, min(limit, StorageBounds.directoryPage))
    }

    /// Whether the row is among those wanted, bounds aside.
    func matches(_ row: DirectoryRow) -> Bool {
        row.kind == kind && (organisation ?? row.organisation) == row.organisation && (id ?? row.id) == row.id
            && (name == nil || name == row.name) && (handle == nil || handle == row.handle)
            && parents.allSatisfy { row.parents[$0.key] == $0.value } && (after.map { $0 < row.id } ?? true)
    }
}
