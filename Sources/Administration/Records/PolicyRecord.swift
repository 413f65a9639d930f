public import GatewayStorage
public import WireJSON

/// A policy by name: at most one draft, and the number of the version in force.
public struct PolicyRecord: DirectoryRecord {
    public static let kind = DirectoryKind.policy
    public let organisation: RecordID
    public let id: RecordID
    public var title: String
    /// The document that is being written: JSON or YAML text.
    public var draft: String?
    /// Nil until a first version is published.
    public var published: Int?
    /// The number of the newest version.
    public var newest = 0
    public let createdAt: WallTime

    public init(organisation: RecordID, id: RecordID, title: String, createdAt: WallTime) {
        self.organisation = organisation
        self.id = id
        self.title = title
        self.createdAt = createdAt
    }

    public var name: [UInt8]? { Array(title.utf8) }

    public func write(to writer: inout JSONWriter) {
        writer.member("name", title)
        writer.member("published", optional: published)
        writer.member("newest", newest)
        writer.member("draft", optional: draft)
        writer.member("created_at", createdAt)
    }

    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let title = shown.text("name"), let newest = shown["newest"]?.int,
            let createdAt = shown.time("created_at")
        else { return nil }
        self.init(organisation: row.organisation, id: row.id, title: title, createdAt: createdAt)
        self.newest = newest
        draft = shown.text("draft")
        published = shown["published"]?.int
    }
}

/// One version of a policy, never changed.
public struct PolicyVersion: DirectoryRecord {
    public static let kind = DirectoryKind.version
    public let organisation: RecordID
    public let policy: RecordID
    public let number: Int
    /// JSON or YAML text.
    public let document: String
    public let publishedBy: String
    public let createdAt: WallTime

    public init(
        organisation: RecordID, policy: RecordID, number: Int, document: String, publishedBy: String,
        createdAt: WallTime
    ) {
        self.organisation = organisation
        self.policy = policy
        self.number = number
        self.document = document
        self.publishedBy = publishedBy
        self.createdAt = createdAt
    }

    public var id: RecordID { Self.id(of: policy, number) }
    public var parents: [DirectoryKind: RecordID] { [.policy: policy] }

    /// Versions list in the order of their numbers.
    public static func id(of policy: RecordID, _ number: Int) -> RecordID {
        let digits = String(number)
        return policy.extended(String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits)
    }

    public func write(to writer: inout JSONWriter) {
        writer.member("number", number)
        writer.member("document", document)
        writer.member("published_by", publishedBy)
        writer.member("created_at", createdAt)
    }

    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let policy = row.parents[.policy], let number = shown["number"]?.int,
            let document = shown.text("document"), let publishedBy = shown.text("published_by"),
            let createdAt = shown.time("created_at")
        else { return nil }
        self.init(
            organisation: row.organisation, policy: policy, number: number, document: document,
            publishedBy: publishedBy, createdAt: createdAt)
    }
}
