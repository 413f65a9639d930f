internal import Crypto
public import GatewayStorage
public import WireJSON

/// Whom an identity provider knows a member as: by the issuer and the subject, and by nothing else.
public struct MemberIdentity: DirectoryRecord {
    public static let kind = DirectoryKind.identity
    public let organisation: RecordID
    public let id: RecordID
    public let member: RecordID
    public let issuer: String
    /// Never reassigned at its issuer.
    public let subject: String
    public let createdAt: WallTime
    /// When the provider last signed the member in with a role.
    public var vouchedAt: WallTime

    public init(
        organisation: RecordID, id: RecordID, member: RecordID, issuer: String, subject: String, createdAt: WallTime
    ) {
        self.organisation = organisation
        self.id = id
        self.member = member
        self.issuer = issuer
        self.subject = subject
        self.createdAt = createdAt
        vouchedAt = createdAt
    }

    public var handle: [UInt8]? { Self.handle(of: subject, at: issuer, in: organisation) }

    /// By what one is found. The organisation is in it: what a provider says to one is nothing to another.
    static func handle(of subject: String, at issuer: String, in organisation: RecordID) -> [UInt8] {
        // Each with its length before it, so that no two triples are one text.
        let parts = [organisation.text, issuer, subject].map { "\($0.utf8.count):\($0)" }
        return Array(SHA256.hash(data: Array("gatehouse-identity-1\n\(parts.joined())".utf8)))
    }

    public var parents: [DirectoryKind: RecordID] { [.member: member] }

    public func write(to writer: inout JSONWriter) {
        writer.member("member", member.text)
        writer.member("issuer", issuer)
        writer.member("subject", subject)
        writer.member("created_at", createdAt)
        // As earlier versions wrote it, which kept the first time only: a row is replaced as it was read.
        if vouchedAt != createdAt { writer.member("vouched_at", vouchedAt) }
    }

    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let member = row.parents[.member], let issuer = shown.text("issuer"),
            let subject = shown.text("subject"), let createdAt = shown.time("created_at")
        else { return nil }
        self.init(
            organisation: row.organisation, id: row.id, member: member, issuer: issuer, subject: subject,
            createdAt: createdAt)
        vouchedAt = shown.time("vouched_at") ?? createdAt
    }
}
