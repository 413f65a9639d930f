public import GatewayStorage
public import WireJSON

/// A token of the administration interface (`gha_…`).
public struct AdminToken: DirectoryRecord {
    public static let kind = DirectoryKind.token
    public let organisation: RecordID
    public let id: RecordID
    public let label: String
    public let role: Role
    /// SHA-256.
    public let digest: [UInt8]
    public let createdBy: String
    public let sponsor: Sponsor
    public let createdAt: WallTime
    public let expiresAt: WallTime?

    public init(
        organisation: RecordID, id: RecordID, label: String, role: Role, digest: [UInt8], createdBy: String,
        sponsor: Sponsor, createdAt: WallTime, expiresAt: WallTime?
    ) {
        self.organisation = organisation
        self.id = id
        self.label = label
        self.role = role
        self.digest = digest
        self.createdBy = createdBy
        self.sponsor = sponsor
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    public var name: [UInt8]? { Array(label.utf8) }
    public var handle: [UInt8]? { digest }

    public func write(to writer: inout JSONWriter) {
        writer.member("label", label)
        writer.member("role", role.rawValue)
        sponsor.write(to: &writer)
        writer.member("created_by", createdBy)
        writer.member("created_at", createdAt)
        writer.member("expires_at", optional: expiresAt)
    }

    public func writeHidden(to writer: inout JSONWriter) { sponsor.writeHidden(to: &writer) }

    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let label = shown.text("label"), let role = shown.text("role").flatMap({ Role(rawValue: $0) }),
            let digest = row.handle, let createdBy = shown.text("created_by"),
            let createdAt = shown.time("created_at")
        else { return nil }
        self.init(
            organisation: row.organisation, id: row.id, label: label, role: role, digest: digest,
            createdBy: createdBy, sponsor: Sponsor(shown, hidden: hidden), createdAt: createdAt,
            expiresAt: shown.time("expires_at"))
    }
}
