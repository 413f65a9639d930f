import MCPMessages
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import WireJSON

/// A real HTTP server on loopback that says what a test's script says, byte for byte, and keeps what it was sent.
final class ScriptedHTTPServer: Sendable {
    /// Called for every request, on the server's event loop.
    typealias Script = @Sendable (HTTPServerRequest, HTTPServerReply) -> Void

    /// Not the loops of the upstream under test.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private let channel: any Channel
    let journal: HTTPServerJournal
    var port: Int { channel.localAddress?.port ?? 0 }

    private init(channel: any Channel, journal: HTTPServerJournal) {
        self.channel = channel
        self.journal = journal
    }

    /// Says of every connection that nothing more will come, and waits until the peers have closed it in turn.
    func closeConnections() async {
        for channel in journal.openChannels {
            try? await channel.setOption(.allowRemoteHalfClosure, value: true).get()
            try? await channel.close(mode: .output)
            try? await channel.closeFuture.get()
        }
    }

    /// Serves for as long as `body` runs.
    static func serving<Value>(
        _ script: @escaping Script, tls: NIOSSLContext? = nil, _ body: (ScriptedHTTPServer) async throws -> Value
    ) async throws -> Value {
        let journal = HTTPServerJournal()
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 512)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
                    try channel.pipeline.syncOperations.addHandler(ScriptedHandler(script, journal))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = ScriptedHTTPServer(channel: channel, journal: journal)
        do {
            let value = try await body(server)
            try await channel.close()
            return value
        } catch {
            try? await channel.close()
            throw error
        }
    }
}

/// One request as it arrived.
struct HTTPServerRequest: Sendable {
    /// Counted from 1, over all connections.
    var number: Int
    /// Which connection it came on, counted from 1.
    var connection: Int
    var method: String
    var uri: String
    var headers: HTTPHeaders
    var body: [UInt8]

    var json: JSON? { try? JSON(body, limits: .request) }
    var rpcMethod: String? { json?["method"]?.string }
    var rpcID: Int? { json?["id"]?.int }
    var params: JSON? { json?["params"] }

    /// The values of a header, a line each.
    func header(_ name: String) -> [String] { headers[name] }
}

/// Answers one request with bytes of the test's choice.
struct HTTPServerReply: Sendable {
    let channel: any Channel

    func raw(_ text: String) { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }

    func status(_ status: Int, _ body: String = "", type: String? = "application/json", headers: String = "") {
        let content = type.map { "Content-Type: \($0)\r\n" } ?? ""
        raw("HTTP/1.1 \(status) x\r\n\(content)\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    func accepted() { status(202, type: nil) }

    func result(_ result: String, to request: HTTPServerRequest, headers: String = "") {
        status(200, #"{"jsonrpc":"2.0","id":\#(request.rpcID ?? -1),"result":\#(result)}"#, headers: headers)
    }

    func error(_ code: Int, status: Int = 200, to request: HTTPServerRequest, data: String = "null") {
        self.status(
            status,
            #"{"jsonrpc":"2.0","id":\#(request.rpcID ?? -1),"error":{"code":\#(code),"message":"no","data":\#(data)}}"#)
    }

    /// Begins a chunked stream of events.
    func beginEvents() {
        raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
    }

    func event(_ json: String) { chunk("event: message\ndata: \(json)\n\n") }

    func chunk(_ text: String) { raw("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n") }

    func endEvents() { raw("0\r\n\r\n") }

    func close() { channel.close(promise: nil) }
}

private final class ScriptedHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private let script: ScriptedHTTPServer.Script
    private let journal: HTTPServerJournal
    private var connection = 0
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(_ script: @escaping ScriptedHTTPServer.Script, _ journal: HTTPServerJournal) {
        self.script = script
        self.journal = journal
    }

    func channelActive(context: ChannelHandlerContext) { connection = journal.opened(context.channel) }

    func channelInactive(context: ChannelHandlerContext) { journal.closed(connection) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let bytes): body.append(contentsOf: bytes.readableBytesView)
        case .end:
            guard let head else { return }
            let request = journal.record(
                HTTPServerRequest(
                    number: 0, connection: connection, method: head.method.rawValue, uri: head.uri,
                    headers: head.headers,
                    body: body))
            script(request, HTTPServerReply(channel: context.channel))
        }
    }
}
