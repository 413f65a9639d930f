public import MCPMessages
public import WireJSON

/// A tool server as the line sees it: something that is described, listed and sent calls.
///
/// Conformers live in `Upstreams`. Nothing here blocks or suspends: every answer comes through the receiver, on any
/// thread; a conformer that owns event loops answers on the loop it was called from whenever it can.
public protocol Upstream: Sendable {
    /// Reaches the server, agrees on an era with it, and tells what it says of itself. Exactly one answer.
    func describe(
        for scope: UpstreamScope,
        _ answer: @escaping @Sendable (Result<UpstreamDescription, UpstreamFailure>) -> Void
    )

    /// Asks for one page of the server's tools, on the house's own behalf.
    func listTools(_ page: ToolPage, for scope: UpstreamScope, to receiver: any UpstreamReceiver) -> Cancellation

    /// Sends an admitted call, once. Resent only where nothing of it was written.
    func forward(_ call: consuming AdmittedCall, to receiver: any UpstreamReceiver) -> Cancellation

    /// Passes a client's notification on, where all methods are let through.
    func notify(_ notification: Message.Notification, for scope: UpstreamScope)

    /// Ends connections and processes; answers every request still open with a failure.
    func shutDown() async
}

/// One page of `tools/list`.
public struct ToolPage: Sendable {
    /// The upstream's own cursor, as received; nil for the first page. An empty text is a cursor.
    public var cursor: JSON?

    public init(cursor: JSON? = nil) { self.cursor = cursor }
}

/// For whom an upstream conversation is held: legacy servers keep state per connection, so it is never shared wider.
public struct UpstreamScope: Sendable, Hashable {
    /// The principal's id.
    public var principal: String
    /// The era the client speaks; followed only by an upstream that is one client's own (`wrap`).
    public var clientEra: Era

    public init(principal: String, clientEra: Era) {
        self.principal = principal
        self.clientEra = clientEra
    }
}

/// What a server says of itself.
public struct UpstreamDescription: Sendable {
    /// The revision in use with it.
    public var version: ProtocolVersion
    /// The result of `initialize` or `server/discover`, as received.
    public var result: JSON

    public init(version: ProtocolVersion, result: JSON) {
        self.version = version
        self.result = result
    }

    public var capabilities: JSON? { result["capabilities"] }
    public var instructions: JSON? { result["instructions"] }
    /// `serverInfo` of the handshake, or of the modern `_meta`.
    public var serverInfo: JSON? {
        result["serverInfo"] ?? result["_meta"]?["io.modelcontextprotocol/serverInfo"]
    }
}

/// Ends one request early: closes its stream or tells the server. Idempotent, callable from any thread.
public struct Cancellation: Sendable {
    private let perform: @Sendable () -> Void

    public init(_ perform: @escaping @Sendable () -> Void) { self.perform = perform }

    /// Nothing to end.
    public static let none = Cancellation {}

    public func cancel() { perform() }
}
