public import Gateway
public import NIOCore
import NIOPosix

/// The MCP endpoint on standard input and output: one client, one conversation, one message a line.
///
/// MCP, "stdio" transport: newline-delimited UTF-8 JSON without embedded line breaks, and nothing else on stdout.
public struct StdioEndpoint: Sendable {
    /// Bytes a client may leave unread before it is cut off.
    public static let unreadBytes = 64 * 1024 * 1024
    /// How long requests under way may go on after the endpoint was asked to stop.
    public static let drain = TimeAmount.seconds(5)

    private let channel: any Channel
    private let drain: TimeAmount

    /// Adopts two descriptors, which it closes when it ends.
    public static func open(
        input: CInt, output: CInt, entry: Entry, line: CallLine, on group: any EventLoopGroup,
        unreadBytes: Int = unreadBytes, drain: TimeAmount = drain
    ) async throws -> StdioEndpoint {
        let channel = try await NIOPipeBootstrap(group: group)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        StdioHandler(entry: entry, line: line, unreadBytes: unreadBytes))
                }
            }
            .takingOwnershipOfDescriptors(input: input, output: output).get()
        return StdioEndpoint(channel: channel, drain: drain)
    }

    /// Returns once the client has closed its side and every answer is written.
    public func run() async throws { try await channel.closeFuture.get() }

    /// Takes no more requests, ends what the client only listens to, lets requests under way come to their answers for as
    /// long as they may, and closes both descriptors.
    public func close() async {
        channel.pipeline.fireUserInboundEventTriggered(EndpointIsStopping())
        let deadline = channel.eventLoop.scheduleTask(in: drain) { [channel] in channel.close(promise: nil) }
        // Failed only where closing fails, and then there is nothing left to close.
        try? await channel.closeFuture.get()
        deadline.cancel()
    }
}

/// Tells the connection to end with the requests under way.
struct EndpointIsStopping: Sendable {}
