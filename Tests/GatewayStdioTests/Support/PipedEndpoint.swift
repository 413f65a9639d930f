import Gateway
import GatewayStdio
import GatewayTesting
import NIOCore
import NIOPosix
import PolicyEngine
import Testing
import WireJSON

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A stdio endpoint on a pair of pipes, and the client's ends of them.
struct PipedEndpoint: Sendable {
    struct Output: Sendable {
        private(set) var bytes: [UInt8] = []
        private(set) var lineCount = 0
        var isClosed = false

        mutating func take(_ received: [UInt8]) {
            bytes += received
            for byte in received where byte == 0x0A { lineCount += 1 }
        }

        /// The whole lines so far.
        var lines: [String] {
            String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .map(String.init)
        }
    }

    let world: RunningLine
    let endpoint: StdioEndpoint
    /// The client's side: writes what the endpoint reads, reads what it writes.
    let client: any Channel
    let output: Watched<Output>

    static let policy = Policy.sample(.deny, tools: ["echo": RuleGroup(), "drop": RuleGroup(action: .deny)])

    static func setup(_ access: Access = .policy(policy, .enforce)) -> RunningLine.Setup {
        .init(access, tools: ["echo", "drop", "evil"])
    }

    /// Runs an endpoint for as long as the closure takes.
    ///
    /// - Parameter drain: what calls left open have, at the end.
    @discardableResult
    static func with(
        _ setup: RunningLine.Setup = setup(), isReading: Bool = true, unreadBytes: Int = StdioEndpoint.unreadBytes,
        drain: TimeAmount = .zero, _ body: (PipedEndpoint) async throws -> Void
    ) async throws -> [JSON] {
        try await RunningLine.with(setup) { world in
            let (input, output) = (try pipe(), try pipe())
            let received = Watched(Output())
            let group = MultiThreadedEventLoopGroup.singleton
            let entry = Entry(
                principal: world.principal, server: RunningLine.slug, headers: nil,
                conversation: world.line.openConnection(principal: world.principal, server: RunningLine.slug))
            let endpoint = try await StdioEndpoint.open(
                input: input.read, output: output.write, entry: entry, line: world.line, on: group,
                unreadBytes: unreadBytes, drain: drain)
            let client = try await NIOPipeBootstrap(group: group)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .channelOption(.autoRead, value: isReading)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Gatherer(received))
                    }
                }
                .takingOwnershipOfDescriptors(input: output.read, output: input.write).get()
            let piped = PipedEndpoint(world: world, endpoint: endpoint, client: client, output: received)
            do {
                try await body(piped)
            } catch {
                await endpoint.close()
                try? await client.close()
                throw error
            }
            await endpoint.close()
            try? await client.close()
        }
    }

    func send(_ bytes: some Sequence<UInt8>) async throws {
        try await client.writeAndFlush(ByteBuffer(bytes: Array(bytes)))
    }

    func send(_ text: String) async throws { try await send(text.utf8) }

    /// Says `initialize` and takes its answer.
    ///
    /// - Parameter capabilities: what it declares that it can be asked for, an object.
    func begin(declaring capabilities: String = "{}") async throws {
        let params = #"{"protocolVersion":"2025-11-25","capabilities":\#(capabilities)}"#
        try await send(#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":\#(params)}"# + "\n")
        _ = try await lines(1)
    }

    /// The first lines written, once there are so many.
    func lines(_ count: Int) async throws -> [String] {
        try await output.value { $0.lineCount >= count || $0.isClosed }.lines
    }

    /// Closes the client's writing side.
    func endInput() async throws { try await client.close(mode: .output) }

    private static func pipe() throws -> (read: CInt, write: CInt) {
        var ends: [CInt] = [0, 0]
        #if canImport(Glibc)
        let status = Glibc.pipe(&ends)
        #elseif canImport(Musl)
        let status = Musl.pipe(&ends)
        #elseif canImport(Darwin)
        let status = Darwin.pipe(&ends)
        #endif
        try #require(status == 0)
        return (ends[0], ends[1])
    }

    private final class Gatherer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let output: Watched<Output>

        init(_ output: Watched<Output>) { self.output = output }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = Array(unwrapInboundIn(data).readableBytesView)
            output.change { $0.take(bytes) }
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case .inputClosed? = event as? ChannelEvent { output.change { $0.isClosed = true } }
        }

        func channelInactive(context: ChannelHandlerContext) { output.change { $0.isClosed = true } }
    }
}
