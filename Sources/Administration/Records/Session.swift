public import GatewayStorage
public import WireJSON

/// A member's sign-in in one browser.
public struct Session: DirectoryRecord {
    public static let kind = DirectoryKind.session
    public let organisation: RecordID
    public let id: RecordID
    public let member: RecordID
    /// The SHA-256 of the cookie's token.
    public let digest: [UInt8]
    public let createdAt: WallTime
    public let expiresAt: WallTime

    public init(
        organisation: RecordID, id: RecordID, member: RecordID, digest: [UInt8], createdAt: WallTime,
        expiresAt: WallTime
    ) {
        self.organisation = organisation
        self.id = id
        self.member = member
        self.digest = digest
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    public var handle: [UInt8]? { digest }
    public var parents: [DirectoryKind: RecordID] { [.member: member] }

    public func write(to writer: inout JSONWriter) {
        writer.member("created_at", createdAt)
        writer.member("expires_at", expiresAt)
    }

    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let member = row.parents[.member], let digest = row.handle, let createdAt = shown.time("created_at"),
            let expiresAt = shown.time("expires_at")
        else { return nil }
        self.init(
            organisation: row.organisation, id: row.id, member: member, digest: digest, createdAt: createdAt,
            expiresAt: expiresAt)
    }
}
