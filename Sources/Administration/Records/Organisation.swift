public import GatewayStorage
public import WireJSON

/// Owns everything else.
public struct Organisation: DirectoryRecord {
    public static let kind = DirectoryKind.organisation
    public var organisation: RecordID { id }
    public let id: RecordID
    public var title: String
    /// Emergency stop: no grant of it is accepted.
    public var isStopped = false
    /// Whether its admins may name programs to run here, and addresses of this machine and of private networks: who shares
    /// a machine with others may not (decision 0074).
    public var mayUseMachine = false
    public let createdAt: WallTime

    public init(id: RecordID, title: String, createdAt: WallTime) {
        self.id = id
        self.title = title
        self.createdAt = createdAt
    }

    public func write(to writer: inout JSONWriter) {
        writer.member("name", title)
        writer.member("stopped", isStopped)
        writer.member("machine", mayUseMachine)
        writer.member("created_at", createdAt)
    }

    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let title = shown.text("name"), let isStopped = shown["stopped"]?.bool,
            let createdAt = shown.time("created_at")
        else { return nil }
        self.init(id: row.id, title: title, createdAt: createdAt)
        self.isStopped = isStopped
        mayUseMachine = shown["machine"]?.bool ?? false
    }
}
