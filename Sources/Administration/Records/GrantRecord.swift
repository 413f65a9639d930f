public import GatewayStorage
public import WireJSON

/// A labelled right of an agent.
public struct GrantRecord: DirectoryRecord {
    public static let kind = DirectoryKind.grant
    public let organisation: RecordID
    public let id: RecordID
    public let label: String
    public var tags: [String: String]
    public var expiresAt: WallTime?
    /// The least role whose members may let a client sign in with it; nil: admins alone.
    public var connectableBy: Role?
    /// Emergency stop.
    public var isStopped = false
    /// Revoked for good; the label is free again.
    public var revokedAt: WallTime?
    public let createdBy: String
    public let createdAt: WallTime

    public init(
        organisation: RecordID, id: RecordID, label: String, tags: [String: String], expiresAt: WallTime?,
        createdBy: String, createdAt: WallTime
    ) {
        self.organisation = organisation
        self.id = id
        self.label = label
        self.tags = tags
        self.expiresAt = expiresAt
        self.createdBy = createdBy
        self.createdAt = createdAt
    }

    public var name: [UInt8]? { revokedAt == nil ? Array(label.utf8) : nil }

    /// Whether its tokens are accepted at this moment.
    public func isInForce(at now: WallTime) -> Bool {
        !isStopped && revokedAt == nil && (expiresAt.map { now < $0 } ?? true)
    }

    public func write(to writer: inout JSONWriter) {
        writer.member("label", label)
        writer.member("tags", tags)
        writer.member("expires_at", optional: expiresAt)
        writer.member("connectable_by", optional: connectableBy?.rawValue)
        writer.member("stopped", isStopped)
        writer.member("revoked_at", optional: revokedAt)
        writer.member("created_by", createdBy)
        writer.member("created_at", createdAt)
    }

    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let label = shown.text("label"), let isStopped = shown["stopped"]?.bool,
            let createdBy = shown.text("created_by"), let createdAt = shown.time("created_at")
        else { return nil }
        self.init(
            organisation: row.organisation, id: row.id, label: label, tags: shown.table("tags"),
            expiresAt: shown.time("expires_at"), createdBy: createdBy, createdAt: createdAt)
        self.isStopped = isStopped
        connectableBy = shown.text("connectable_by").flatMap { Role(rawValue: $0) }
        revokedAt = shown.time("revoked_at")
    }
}

/// A bearer token of a grant, known by its digest.
public struct Credential: DirectoryRecord {
    public static let kind = DirectoryKind.credential
    public let organisation: RecordID
    public let id: RecordID
    public let grant: RecordID
    /// SHA-256.
    public let digest: [UInt8]
    public let createdAt: WallTime
    /// Set when a successor was made: until then both work.
    public var endsAt: WallTime?

    public init(organisation: RecordID, id: RecordID, grant: RecordID, digest: [UInt8], createdAt: WallTime) {
        self.organisation = organisation
        self.id = id
        self.grant = grant
        self.digest = digest
        self.createdAt = createdAt
    }

    public var handle: [UInt8]? { digest }
    public var parents: [DirectoryKind: RecordID] { [.grant: grant] }

    public func isInForce(at now: WallTime) -> Bool { endsAt.map { now < $0 } ?? true }

    public func write(to writer: inout JSONWriter) {
        writer.member("created_at", createdAt)
        writer.member("ends_at", optional: endsAt)
    }

    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let grant = row.parents[.grant], let digest = row.handle, let createdAt = shown.time("created_at")
        else { return nil }
        self.init(organisation: row.organisation, id: row.id, grant: grant, digest: digest, createdAt: createdAt)
        endsAt = shown.time("ends_at")
    }
}

/// A grant reaches a server under a policy.
public struct Attachment: DirectoryRecord {
    public static let kind = DirectoryKind.attachment

    public enum Mode: String, Sendable, CaseIterable {
        case enforce, observe
    }

    public let organisation: RecordID
    public let grant: RecordID
    public let server: RecordID
    public var policy: RecordID
    public var mode: Mode

    public init(organisation: RecordID, grant: RecordID, server: RecordID, policy: RecordID, mode: Mode) {
        self.organisation = organisation
        self.grant = grant
        self.server = server
        self.policy = policy
        self.mode = mode
    }

    /// One for each server of a grant.
    public var id: RecordID { Self.id(of: grant, server) }
    static func id(of grant: RecordID, _ server: RecordID) -> RecordID { grant.extended(server.text) }
    public var parents: [DirectoryKind: RecordID] { [.grant: grant, .server: server, .policy: policy] }

    public func write(to writer: inout JSONWriter) {
        writer.member("server", server.text)
        writer.member("policy", policy.text)
        writer.member("mode", mode.rawValue)
    }

    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let grant = row.parents[.grant], let server = row.parents[.server], let policy = row.parents[.policy],
            let mode = shown.text("mode").flatMap({ Mode(rawValue: $0) })
        else { return nil }
        self.init(organisation: row.organisation, grant: grant, server: server, policy: policy, mode: mode)
    }
}
