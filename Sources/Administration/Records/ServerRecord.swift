public import GatewayStorage
public import WireJSON

/// A registered upstream server.
public struct ServerRecord: DirectoryRecord {
    public static let kind = DirectoryKind.server
    public let organisation: RecordID
    public let id: RecordID
    /// Its name in addresses; one's own in the whole instance.
    public let slug: String
    public var settings: ServerChoices
    /// Refused to everybody until enabled again.
    public var isEnabled = true
    /// Emergency stop: as not enabled, and said to be one.
    public var isStopped = false
    /// Counts the changes of how it is reached.
    public var revision = 1
    public let createdAt: WallTime
    /// When its tools were last listed.
    public var scannedAt: WallTime?

    public init(organisation: RecordID, id: RecordID, slug: String, settings: ServerChoices, createdAt: WallTime) {
        self.organisation = organisation
        self.id = id
        self.slug = slug
        self.settings = settings
        self.createdAt = createdAt
    }

    public var handle: [UInt8]? { Array(slug.utf8) }

    /// Whether calls may reach it.
    public var isReachable: Bool { isEnabled && !isStopped }

    public func write(to writer: inout JSONWriter) {
        writer.member("slug", slug)
        settings.write(to: &writer)
        writer.member("enabled", isEnabled)
        writer.member("stopped", isStopped)
        writer.member("revision", revision)
        writer.member("created_at", createdAt)
        writer.member("scanned_at", optional: scannedAt)
    }

    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let slug = shown.text("slug"), let settings = ServerChoices(shown),
            let isEnabled = shown["enabled"]?.bool, let isStopped = shown["stopped"]?.bool,
            let revision = shown["revision"]?.int, let createdAt = shown.time("created_at")
        else { return nil }
        self.init(organisation: row.organisation, id: row.id, slug: slug, settings: settings, createdAt: createdAt)
        self.isEnabled = isEnabled
        self.isStopped = isStopped
        self.revision = revision
        scannedAt = shown.time("scanned_at")
    }
}

/// What a person chooses about a server; the values of headers and variables are secrets and kept apart.
public struct ServerChoices: Sendable, Hashable {
    public enum Transport: Sendable, Hashable {
        case url(String)
        /// Program and arguments; no shell.
        case command([String], directory: String?)
    }

    /// How the first list of its tools becomes accepted.
    public enum Acceptance: String, Sendable, CaseIterable {
        case initial, manual
    }

    /// Which argument values the audit keeps.
    public enum Capture: String, Sendable, CaseIterable {
        case keys, full
    }

    public var transport: Transport
    public var title: String?
    /// Names of the static headers (URL) or environment variables (command) whose values are sealed.
    public var secretNames: [String] = []
    /// How the gateway gets tokens where the server asks for them.
    public var oauth: OAuthChoices?
    public var acceptance = Acceptance.manual
    public var capture = Capture.keys
    public var isAuditStrict = false
    /// Seconds a call may take.
    public var callTimeout: Int?

    public init(transport: Transport) { self.transport = transport }

    public var isCommand: Bool {
        if case .command = transport { true } else { false }
    }

    public func write(to writer: inout JSONWriter) {
        switch transport {
        case .url(let url): writer.member("url", url)
        case .command(let command, let directory):
            writer.member("command", command)
            writer.member("directory", optional: directory)
        }
        writer.member("title", optional: title)
        writer.member("secret_names", secretNames)
        if let oauth {
            writer.key("oauth")
            oauth.write(to: &writer)
        }
        writer.member("accept", acceptance.rawValue)
        writer.member("capture", capture.rawValue)
        writer.member("audit", isAuditStrict ? "strict" : "queued")
        writer.member("call_timeout", optional: callTimeout)
    }

    init?(_ shown: JSON) {
        if let url = shown.text("url") {
            transport = .url(url)
        } else if let command = shown.texts("command"), !command.isEmpty {
            transport = .command(command, directory: shown.text("directory"))
        } else {
            return nil
        }
        guard let acceptance = shown.text("accept").flatMap({ Acceptance(rawValue: $0) }),
            let capture = shown.text("capture").flatMap({ Capture(rawValue: $0) })
        else { return nil }
        if let kept = shown["oauth"] {
            guard let oauth = OAuthChoices(kept) else { return nil }
            self.oauth = oauth
        }
        title = shown.text("title")
        secretNames = shown.texts("secret_names") ?? []
        self.acceptance = acceptance
        self.capture = capture
        isAuditStrict = shown.text("audit") == "strict"
        callTimeout = shown["call_timeout"]?.int
    }
}
