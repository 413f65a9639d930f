public import GatewayStorage
public import WireJSON

/// A client that a member let sign in with a grant, for one endpoint.
///
/// Its code and each of its refresh tokens hold one secret of the connection's own, by which it is found, so that a token of
/// it that was used before is known for what it is.
public struct Connection: DirectoryRecord {
    public static let kind = DirectoryKind.connection

    /// What its next token is bought with.
    enum Turn: Sendable, Equatable {
        /// The code, until a moment, by whoever knows what answers the challenge.
        case code(digest: [UInt8], challenge: String, until: WallTime)
        /// A refresh token.
        case refresh(digest: [UInt8])
    }

    public let organisation: RecordID
    public let id: RecordID
    public let member: RecordID
    public let grant: RecordID
    public let client: ConnectedClient
    /// Where the answer went.
    public let redirect: String
    /// The endpoint it is for.
    public let resource: String
    /// The SHA-256 of what all its tokens hold.
    let family: [UInt8]
    var turn: Turn
    public let createdAt: WallTime
    /// When it last got tokens.
    public var refreshedAt: WallTime?
    /// When it ends unless it is refreshed.
    public var expiresAt: WallTime

    public var handle: [UInt8]? { family }
    public var parents: [DirectoryKind: RecordID] { [.grant: grant, .member: member] }

    public func write(to writer: inout JSONWriter) {
        writer.member("member", member.text)
        writer.member("grant", grant.text)
        writer.member("client", client.label)
        writer.member("client_name", optional: client.name)
        writer.member("redirect_uri", redirect)
        writer.member("resource", resource)
        writer.member("created_at", createdAt)
        writer.member("refreshed_at", optional: refreshedAt)
        writer.member("expires_at", expiresAt)
    }

    public func writeHidden(to writer: inout JSONWriter) {
        writer.member("client_digest", Hexadecimal.text(client.digest))
        switch turn {
        case .code(let digest, let challenge, let until):
            writer.member("code", Hexadecimal.text(digest))
            writer.member("challenge", challenge)
            writer.member("until", until)
        case .refresh(let digest): writer.member("refresh", Hexadecimal.text(digest))
        }
    }
}

extension Connection {
    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let member = row.parents[.member], let grant = row.parents[.grant], let family = row.handle,
            let label = shown.text("client"), let redirect = shown.text("redirect_uri"),
            let resource = shown.text("resource"), let createdAt = shown.time("created_at"),
            let expiresAt = shown.time("expires_at"),
            let client = hidden.text("client_digest").flatMap({ Hexadecimal.bytes($0) }), let turn = Turn(hidden)
        else { return nil }
        self.init(
            organisation: row.organisation, id: row.id, member: member, grant: grant,
            client: ConnectedClient(label: label, name: shown.text("client_name"), digest: client),
            redirect: redirect, resource: resource, family: family, turn: turn, createdAt: createdAt,
            refreshedAt: shown.time("refreshed_at"), expiresAt: expiresAt)
    }
}

extension Connection.Turn {
    fileprivate init?(_ hidden: JSON) {
        if let digest = hidden.text("refresh").flatMap({ Hexadecimal.bytes($0) }) {
            self = .refresh(digest: digest)
        } else if let digest = hidden.text("code").flatMap({ Hexadecimal.bytes($0) }),
            let challenge = hidden.text("challenge"), let until = hidden.time("until")
        {
            self = .code(digest: digest, challenge: challenge, until: until)
        } else {
            return nil
        }
    }
}

/// Which client a connection is of: what people see, and what tells it from every other.
public struct ConnectedClient: Sendable, Equatable {
    /// The address of its document, or `registered-` with the beginning of its id's SHA-256.
    public let label: String
    /// As it calls itself, which nobody has checked.
    public let name: String?
    /// The SHA-256 of its id.
    let digest: [UInt8]

    init(label: String, name: String?, digest: [UInt8]) {
        self.label = label
        self.name = name
        self.digest = digest
    }

    init(id: String, name: String?) {
        let digest = BearerToken.digest(of: id)
        self.init(
            label: ClientDocuments.isDocument(id) ? id : "registered-" + Hexadecimal.text(Array(digest.prefix(8))),
            name: name, digest: digest)
    }

    /// Whether it has this id.
    func has(id: String) -> Bool { BearerToken.digest(of: id) == digest }
}
