public import Gateway
public import NIOCore
import NIOHTTP1
import NIOPosix
public import NIOSSL
import Synchronization

/// The listening data port: accepts connections, TLS in front where configured, and stops in order.
public final class Endpoint: Sendable {
    private let listener: any Channel
    private let open: OpenConnections
    private let limits: EndpointLimits
    private let line: CallLine

    /// Where it listens.
    public var address: SocketAddress? { listener.localAddress }

    private init(_ listener: any Channel, _ open: OpenConnections, _ limits: EndpointLimits, _ line: CallLine) {
        self.line = line
        self.listener = listener
        self.open = open
        self.limits = limits
    }

    /// Begins to listen.
    ///
    /// - Parameter configuration: given the port that was bound, since an endpoint may ask for any free one.
    public static func listen(
        host: String, port: Int, tls: NIOSSLContext?, line: CallLine, on group: any EventLoopGroup,
        configuration: @escaping @Sendable (_ port: Int) -> EndpointConfiguration
    ) async throws -> Endpoint {
        let open = OpenConnections()
        let settings = Settings()
        let dates = DateLines(clock: line.clock)
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Nobody is let in before it is known by what configuration.
            .serverChannelOption(.autoRead, value: false)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let configuration = settings.value,
                        open.add(channel, atMost: configuration.limits.connections)
                    else { return channel.close(promise: nil) }
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
                    try pipeline.addHandler(
                        MCPEndpointHandler(
                            check: HeadCheck(configuration: configuration, line: line),
                            date: dates.line(of: channel.eventLoop)))
                }
            }
            .bind(host: host, port: port).get()
        let chosen = configuration(listener.localAddress?.port ?? port)
        settings.set(chosen)
        try await listener.setOption(.autoRead, value: true).get()
        let tidying = listener.eventLoop.scheduleRepeatedTask(
            initialDelay: chosen.limits.tidying, delay: chosen.limits.tidying
        ) { _ in line.tidy() }
        listener.closeFuture.whenComplete { _ in tidying.cancel() }
        return Endpoint(listener, open, chosen.limits, line)
    }

    /// Returns once it has stopped listening.
    public func run() async throws { try await listener.closeFuture.get() }

    /// Stops listening, ends at once what clients only listen to, lets requests under way come to their answers for as long
    /// as the limits allow, and closes every connection. The line takes no more subscriptions.
    public func close() async {
        try? await listener.close()
        for channel in open.all { channel.pipeline.fireUserInboundEventTriggered(EndpointIsStopping()) }
        line.endSubscriptions()
        let deadline = listener.eventLoop.scheduleTask(in: limits.drain) { [open] in open.closeAll() }
        try? await EventLoopFuture.andAllComplete(open.all.map(\.closeFuture), on: listener.eventLoop).get()
        deadline.cancel()
        open.closeAll()
    }
}

/// Tells a connection to end with the request under way.
struct EndpointIsStopping: Sendable {}

/// What connections are configured by, known once the port is bound.
private final class Settings: Sendable {
    private let held = Mutex<EndpointConfiguration?>(nil)
    var value: EndpointConfiguration? { held.withLock { $0 } }
    func set(_ configuration: EndpointConfiguration) { held.withLock { $0 = configuration } }
}

/// The connections that are open, counted against a bound.
private final class OpenConnections: Sendable {
    private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

    var all: [any Channel] { channels.withLock { Array($0.values) } }

    func closeAll() {
        for channel in all { channel.close(promise: nil) }
    }

    /// False where too many are open already.
    func add(_ channel: any Channel, atMost bound: Int) -> Bool {
        let isTaken = channels.withLock { channels in
            guard channels.count < bound else { return false }
            channels[ObjectIdentifier(channel)] = channel
            return true
        }
        guard isTaken else { return false }
        channel.closeFuture.whenComplete { [weak self] _ in
            _ = self?.channels.withLock { $0.removeValue(forKey: ObjectIdentifier(channel)) }
        }
        return true
    }
}
