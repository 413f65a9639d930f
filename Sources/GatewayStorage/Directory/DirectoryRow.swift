/// One record as a store keeps it: what constraints look at, and the rest as JSON.
///
/// An organisation is its own record and its own organisation. Rows compare whole, as bytes.
public struct DirectoryRow: Sendable, Hashable {
    public var kind: DirectoryKind
    public var organisation: RecordID
    /// Unique within the kind and the organisation.
    public var id: RecordID
    /// Where there is one: unique within the kind and the organisation, compared as bytes.
    public var name: [UInt8]?
    /// Where there is one: unique within the kind in all organisations; by it a stranger's record is found (an e-mail
    /// address, a token's digest).
    public var handle: [UInt8]?
    /// The records this one belongs to: one for each of its kind's ``DirectoryKind/parents``, of the same organisation.
    public var parents: [DirectoryKind: RecordID]
    /// The record's other members: compact JSON, UTF-8.
    public var body: [UInt8]

    public init(
        kind: DirectoryKind, organisation: RecordID, id: RecordID, name: [UInt8]? = nil, handle: [UInt8]? = nil,
        parents: [DirectoryKind: RecordID] = [:], body: [UInt8]
    ) {
        precondition(Set(parents.keys) == Set(kind.parents.keys), "a record names its parents, all and only those")
        precondition(kind != .organisation || organisation == id, "an organisation owns itself")
        self.kind = kind
        self.organisation = organisation
        self.id = id
        self.name = name
        self.handle = handle
        self.parents = parents
        self.body = body
    }
}
