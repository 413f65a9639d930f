public import GatewayStorage
public import WireJSON

/// A tool's definition as its server last listed it, and what was accepted of it.
public struct SeenDefinition: DirectoryRecord {
    public static let kind = DirectoryKind.definition
    public let organisation: RecordID
    public let id: RecordID
    public let server: RecordID
    public let tool: [UInt8]
    /// Of the definition as last seen, hexadecimal; nil when the tool is no longer listed.
    public var seenHash: String?
    /// As last seen: JSON as the server sent it.
    public var seen: [UInt8]
    public var acceptedHash: String?
    /// As accepted.
    public var accepted: [UInt8]?

    public init(organisation: RecordID, id: RecordID, server: RecordID, tool: [UInt8], seenHash: String?, seen: [UInt8])
    {
        self.organisation = organisation
        self.id = id
        self.server = server
        self.tool = tool
        self.seenHash = seenHash
        self.seen = seen
    }

    /// Where a tool stands.
    public enum State: String, Sendable, CaseIterable {
        case accepted, new, changed, gone
    }

    public var state: State {
        guard let seenHash else { return .gone }
        guard let acceptedHash else { return .new }
        return acceptedHash == seenHash ? .accepted : .changed
    }

    public var parents: [DirectoryKind: RecordID] { [.server: server] }

    public func write(to writer: inout JSONWriter) {
        writer.key("name")
        writer.string(utf8: tool)
        writer.member("state", state.rawValue)
        writer.member("hash", optional: seenHash)
        writer.member("accepted_hash", optional: acceptedHash)
    }

    public func writeHidden(to writer: inout JSONWriter) {
        writer.member("tool", Hexadecimal.text(tool))
        writer.member("seen", Hexadecimal.text(seen))
        if let accepted { writer.member("accepted", Hexadecimal.text(accepted)) }
    }

    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let server = row.parents[.server], let tool = hidden.text("tool").flatMap({ Hexadecimal.bytes($0) }),
            let seen = hidden.text("seen").flatMap({ Hexadecimal.bytes($0) })
        else { return nil }
        self.init(
            organisation: row.organisation, id: row.id, server: server, tool: tool, seenHash: shown.text("hash"),
            seen: seen)
        acceptedHash = shown.text("accepted_hash")
        accepted = hidden.text("accepted").flatMap { Hexadecimal.bytes($0) }
    }
}
