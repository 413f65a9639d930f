import GatewayTesting
import NIOCore
import NIOPosix
import NIOSSL

/// A client without a codec: sends bytes and keeps the bytes that come back.
final class RawClient: Sendable {
    struct Inbox: Sendable {
        var bytes: [UInt8] = []
        var isClosed = false
        /// How much of it was taken as responses.
        var taken = 0

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    let channel: any Channel
    let inbox: Watched<Inbox>

    private init(_ channel: any Channel, _ inbox: Watched<Inbox>) {
        self.channel = channel
        self.inbox = inbox
    }

    /// - Parameters:
    ///   - isReading: false for a client that leaves everything unread.
    ///   - window: how much of what such a client leaves unread its socket takes, bytes.
    static func connect(
        to port: Int, tls: NIOSSLContext? = nil, isReading: Bool = true, window: Int = 4096
    ) async throws
        -> RawClient
    {
        let inbox = Watched(Inbox())
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: tls == nil)
            .channelOption(.autoRead, value: isReading)
            .channelOption(.socketOption(.so_rcvbuf), value: isReading ? 1 << 20 : window)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: tls, serverHostname: "localhost"))
                    }
                    try channel.pipeline.syncOperations.addHandler(Gatherer(inbox))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return RawClient(channel, inbox)
    }

    func send(_ bytes: some Sequence<UInt8> & Sendable) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: Array(bytes)))
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// Sends without waiting for it, as one does who may be cut off.
    func throwIn(_ bytes: [UInt8]) { channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }

    /// Closes the whole connection.
    func leave() async { try? await channel.close() }

    /// Takes the next whole response.
    func response(toHead: Bool = false) async throws -> HTTPResponse {
        let seen = try await inbox.value {
            $0.isClosed || HTTPResponse.first(in: $0.bytes[$0.taken...], toHead: toHead) != nil
        }
        let first = HTTPResponse.first(in: seen.bytes[seen.taken...], isWhole: seen.isClosed, toHead: toHead)
        guard let (response, length) = first else {
            throw WaitedTooLong(last: "closed after \(String(decoding: seen.bytes[seen.taken...], as: UTF8.self))")
        }
        inbox.change { $0.taken += length }
        return response
    }

    /// Waits until everything received so far has this text in it.
    @discardableResult
    func receives(_ text: String) async throws -> String {
        try await inbox.value { $0.text.contains(text) || $0.isClosed }.text
    }

    /// Waits for the server to close its side, then closes its own; gives back what came after the responses taken.
    func closed() async throws -> String {
        let seen = try await inbox.value { $0.isClosed }
        await leave()
        return String(decoding: seen.bytes[seen.taken...], as: UTF8.self)
    }

    private final class Gatherer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let inbox: Watched<Inbox>

        init(_ inbox: Watched<Inbox>) { self.inbox = inbox }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = Array(unwrapInboundIn(data).readableBytesView)
            inbox.change { $0.bytes += bytes }
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case .inputClosed? = event as? ChannelEvent { inbox.change { $0.isClosed = true } }
        }

        func channelInactive(context: ChannelHandlerContext) { inbox.change { $0.isClosed = true } }
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
