public import GatewayStorage
public import WireJSON

/// A person with a role.
public struct Member: DirectoryRecord {
    public static let kind = DirectoryKind.member
    public let organisation: RecordID
    public let id: RecordID
    public var email: Email
    public var fullName: String
    public var role: Role
    /// Nil for someone who signs in elsewhere only.
    public var password: PasswordHash?
    /// Failed sign-ins since the last good one.
    public var failures = 0
    /// Kept out, whatever the password or a provider says.
    public var isDisabled = false
    /// Without what it is by the word of its provider, which gave it no role, or too little of one for the last admin, when
    /// it last came from there: out until it comes again and is let in.
    public var isTurnedAway = false
    /// No sign-in before this.
    public var pausedUntil: WallTime?
    public let createdAt: WallTime

    public init(
        organisation: RecordID, id: RecordID, email: Email, fullName: String, role: Role, password: PasswordHash?,
        createdAt: WallTime
    ) {
        self.organisation = organisation
        self.id = id
        self.email = email
        self.fullName = fullName
        self.role = role
        self.password = password
        self.createdAt = createdAt
    }

    /// Whether it may act at all.
    public var mayAct: Bool { !isDisabled && !isTurnedAway }

    public var handle: [UInt8]? { Array(email.text.utf8) }

    public func write(to writer: inout JSONWriter) {
        writer.member("email", email.text)
        writer.member("name", fullName)
        writer.member("role", role.rawValue)
        writer.member("disabled", isDisabled)
        // Only where it is so: a row is replaced as it was read, and earlier versions did not write it.
        if isTurnedAway { writer.member("turned_away", true) }
        writer.member("created_at", createdAt)
    }

    public func writeHidden(to writer: inout JSONWriter) {
        writer.member("password", optional: password?.text)
        writer.member("failures", failures)
        writer.member("paused_until", optional: pausedUntil)
    }

    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let email = shown.text("email").flatMap({ Email($0) }), let fullName = shown.text("name"),
            let role = shown.text("role").flatMap({ Role(rawValue: $0) }), let failures = hidden["failures"]?.int,
            let createdAt = shown.time("created_at")
        else { return nil }
        self.init(
            organisation: row.organisation, id: row.id, email: email, fullName: fullName, role: role,
            password: hidden.text("password").flatMap { PasswordHash(text: $0) }, createdAt: createdAt)
        self.failures = failures
        // Earlier versions did not write it.
        isDisabled = shown["disabled"]?.bool ?? false
        isTurnedAway = shown["turned_away"]?.bool ?? false
        pausedUntil = hidden.time("paused_until")
    }
}

/// An e-mail address as an account's name: one `@`, no white space or control characters, ASCII letters lowered.
public struct Email: Sendable, Hashable {
    public let text: String

    public init?(_ text: String) {
        let utf8 = text.utf8
        let parts = utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard utf8.count <= AdministrationBounds.emailBytes, parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
            utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        let lowered = utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        self.text = String(decoding: lowered, as: UTF8.self)
    }
}
