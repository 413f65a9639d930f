import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A real HTTP server on loopback that answers with what a test gives it, and keeps what it was asked.
public final class LoopbackServer: Sendable {
    public struct Request: Sendable {
        public var method: String
        /// With its query.
        public var path: String
        public var fields: [(name: String, value: String)]
        public var body: [UInt8]

        /// The values of a form's field.
        public func form(_ name: String) -> [String] {
            String(decoding: body, as: UTF8.self).split(separator: "&").compactMap { pair in
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return parts.first.map(String.init) == name ? parts.dropFirst().first.map(String.init) : nil
            }
        }

        public func values(of name: String) -> [String] {
            fields.filter { $0.name.lowercased() == name }.map(\.value)
        }
    }

    public struct Answer: Sendable {
        public var status: Int
        public var fields: [(String, String)]
        public var body: [UInt8]
        /// Bytes that the head promises beyond the body and that never come; the connection stays open.
        public var withheld = 0

        public init(_ status: Int = 200, _ body: String = "", fields: [(String, String)] = []) {
            self.init(status, bytes: Array(body.utf8), fields: fields)
        }

        /// An answer that is begun and never ended.
        public static func stalled(_ status: Int = 200, _ body: String = "") -> Answer {
            var answer = Answer(status, body)
            answer.withheld = 1
            return answer
        }

        public init(_ status: Int, bytes: [UInt8], fields: [(String, String)] = []) {
            self.status = status
            self.body = bytes
            self.fields = fields
        }
    }

    /// Called for every request, in their order.
    public typealias Script = @Sendable (Request) -> Answer

    private let channel: any Channel
    private let journal: Journal

    /// `http://127.0.0.1:PORT`
    public var origin: String { "http://127.0.0.1:\(port)" }
    public var port: Int { channel.localAddress?.port ?? 0 }
    public var requests: [Request] { journal.requests.withLock { $0 } }

    private init(_ channel: any Channel, _ journal: Journal) {
        self.channel = channel
        self.journal = journal
    }

    /// Serves for as long as `body` runs; `script` is told where.
    public static func serving<Value>(
        _ script: @escaping @Sendable (_ origin: String, Request) -> Answer,
        _ body: (LoopbackServer) async throws -> Value
    ) async throws -> Value {
        let journal = Journal()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(script, journal))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = LoopbackServer(channel, journal)
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

private final class Journal: Sendable {
    let requests = Mutex<[LoopbackServer.Request]>([])
}

private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let script: @Sendable (String, LoopbackServer.Request) -> LoopbackServer.Answer
    private let journal: Journal
    private var request: LoopbackServer.Request?

    init(_ script: @escaping @Sendable (String, LoopbackServer.Request) -> LoopbackServer.Answer, _ journal: Journal) {
        self.script = script
        self.journal = journal
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            request = .init(
                method: head.method.rawValue, path: head.uri, fields: head.headers.map { ($0.name, $0.value) }, body: []
            )
        case .body(let bytes): request?.body += bytes.readableBytesView
        case .end:
            guard let request else { return }
            journal.requests.withLock { $0.append(request) }
            let origin = "http://127.0.0.1:\(context.channel.localAddress?.port ?? 0)"
            let answer = script(origin, request)
            var head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status))
            for (name, value) in answer.fields { head.headers.add(name: name, value: value) }
            head.headers.add(name: "Content-Length", value: "\(answer.body.count + answer.withheld)")
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
            if answer.withheld == 0 { context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil) }
        }
    }
}
