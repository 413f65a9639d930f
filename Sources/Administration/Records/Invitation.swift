public import GatewayStorage
public import WireJSON

/// A link by which one person becomes a member, once.
public struct Invitation: DirectoryRecord {
    public static let kind = DirectoryKind.invitation
    public let organisation: RecordID
    public let id: RecordID
    /// The SHA-256 of the link's token.
    public let digest: [UInt8]
    public let role: Role
    /// Whom it is for; nil: whoever has the link.
    public let email: Email?
    public let invitedBy: String
    public let sponsor: Sponsor
    public let createdAt: WallTime
    public let expiresAt: WallTime

    public init(
        organisation: RecordID, id: RecordID, digest: [UInt8], role: Role, email: Email?, invitedBy: String,
        sponsor: Sponsor, createdAt: WallTime, expiresAt: WallTime
    ) {
        self.organisation = organisation
        self.id = id
        self.digest = digest
        self.role = role
        self.email = email
        self.invitedBy = invitedBy
        self.sponsor = sponsor
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    public var handle: [UInt8]? { digest }

    public func write(to writer: inout JSONWriter) {
        writer.member("role", role.rawValue)
        writer.member("email", optional: email?.text)
        sponsor.write(to: &writer)
        writer.member("invited_by", invitedBy)
        writer.member("created_at", createdAt)
        writer.member("expires_at", expiresAt)
    }

    public func writeHidden(to writer: inout JSONWriter) { sponsor.writeHidden(to: &writer) }

    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let digest = row.handle, let role = shown.text("role").flatMap({ Role(rawValue: $0) }),
            let invitedBy = shown.text("invited_by"), let createdAt = shown.time("created_at"),
            let expiresAt = shown.time("expires_at")
        else { return nil }
        self.init(
            organisation: row.organisation, id: row.id, digest: digest, role: role,
            email: shown.text("email").flatMap { Email($0) }, invitedBy: invitedBy,
            sponsor: Sponsor(shown, hidden: hidden), createdAt: createdAt, expiresAt: expiresAt)
    }
}
