public import MCPMessages
public import WireJSON

/// A tool server as the line sees it: something that is described, listed and sent calls.
///
/// Conformers live in `Upstreams`. Nothing here blocks or suspends: every answer comes through the receiver, on any
/// thread; a conformer that owns event loops answers on the loop it was called from whenever it can. What is learnt of a
/// server is learnt of one object: another under the same name is another server.
public protocol Upstream: AnyObject, Sendable {
    /// Reaches the server, agrees on an era with it, and tells what it says of itself. Exactly one answer.
    func describe(
        for scope: UpstreamScope,
        _ answer: @escaping @Sendable (Result<UpstreamDescription, UpstreamFailure>) -> Void
    )

    /// Asks for one page of one of the server's lists, on the house's own behalf.
    func list(_ page: ListPage, for scope: UpstreamScope, to receiver: any UpstreamReceiver) -> Cancellation

    /// Sends an admitted call, once. Resent only where nothing of it was written.
    func forward(_ call: consuming AdmittedCall, to receiver: any UpstreamReceiver) -> Cancellation

    /// Sees to it that what a scope is interested in is told as `UpstreamEvent`s, until cancelled.
    ///
    /// A modern server is sent `subscriptions/listen`, again after each loss; a legacy one `resources/subscribe` for each
    /// address, with the stream open on which it speaks outside any request. Two watchers of one address in one scope
    /// share one subscription; the last to go ends it.
    ///
    /// - Parameter settled: called once: nil when the server took the subscription, else why not.
    func watch(
        _ interest: UpstreamInterest, for scope: UpstreamScope,
        settled: @escaping @Sendable (UpstreamFailure?) -> Void
    ) -> Cancellation

    /// Whether each `subscriptions/listen` that is forwarded has a stream of its own, so that its server may tell and end
    /// it by itself; else subscriptions are served by `watch`.
    var relaysListening: Bool { get }

    /// Passes a client's notification on, where all methods are let through.
    func notify(_ notification: Message.Notification, for scope: UpstreamScope)

    /// Ends connections and processes; answers every request still open with a failure.
    func shutDown() async
}

extension Upstream {
    public var relaysListening: Bool { false }
}

/// What a scope wants to be told of outside its requests.
public struct UpstreamInterest: Sendable {
    /// Lists whose changes are told.
    public var lists: Set<ListKind>
    /// Resources whose changes are told, by the bytes of their addresses.
    public var resources: [[UInt8]]

    public init(lists: Set<ListKind> = [], resources: [[UInt8]] = []) {
        self.lists = lists
        self.resources = resources
    }
}

/// One page of a list.
public struct ListPage: Sendable {
    public var kind: ListKind
    /// The upstream's own cursor, as received; nil for the first page. An empty text is a cursor.
    public var cursor: JSON?

    public init(_ kind: ListKind = .tools, cursor: JSON? = nil) {
        self.kind = kind
        self.cursor = cursor
    }
}

/// For whom an upstream conversation is held: legacy servers keep state per connection, so it is never shared wider.
public struct UpstreamScope: Sendable, Hashable {
    /// The principal's id.
    public var principal: String
    /// The era the client speaks; followed only by an upstream that is one client's own (`wrap`).
    public var clientEra: Era
    /// What the client can be asked for, declared to the server on its behalf: clients that differ in it share no legacy
    /// conversation, which has one declaration for its whole life.
    public var capabilities: ClientCapabilities
    /// What the client calls itself, `{name, version, …}` as received, and so what a legacy server is told; nil where it
    /// says nothing of itself.
    public var clientInfo: [UInt8]?

    public init(
        principal: String, clientEra: Era, capabilities: ClientCapabilities = .none, clientInfo: [UInt8]? = nil
    ) {
        self.principal = principal
        self.clientEra = clientEra
        self.capabilities = capabilities
        self.clientInfo = clientInfo
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
