public import GatewayStorage
public import WireJSON

/// One administrative act, as the audit chain keeps it: who did what to what, before and after, secrets left out.
public struct AdministrativeEvent: Sendable {
    public var time: WallTime
    public var organisation: RecordID
    public var actor: String
    public var operation: String
    public var object: DirectoryKind
    public var id: RecordID
    /// JSON objects as ``DirectoryRecord/describe(to:)`` writes them.
    public var before: [UInt8]?
    public var after: [UInt8]?
    /// Other records that go with it.
    public var along: [RecordID] = []
    /// Whether it was done, or refused after it had been recorded.
    public var isDone = true

    /// The members beside `kind` and `time`.
    public func write(to writer: inout JSONWriter) {
        writer.member("organisation", organisation.text)
        writer.member("actor", actor)
        writer.member("operation", operation)
        writer.member("outcome", isDone ? "done" : "refused")
        writer.member("object", object.rawValue)
        writer.member("id", id.text)
        if let before { writer.member("before", raw: before) }
        if let after { writer.member("after", raw: after) }
        guard !along.isEmpty else { return }
        writer.key("along")
        writer.array { writer in for id in along { writer.string(id.text) } }
    }
}
