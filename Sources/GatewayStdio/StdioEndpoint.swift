public import Gateway
public import NIOCore
import NIOPosix

/// The MCP endpoint on standard input and output: one client, one conversation, one message a line.
///
/// MCP, "stdio" transport: newline-delimited UTF-8 JSON without embedded line breaks, and nothing else on stdout.
public struct StdioEndpoint: Sendable {
    /// Bytes a client may leave unread before it is cut off.
    public static let unreadBytes = 64 * 1024 * 1024

    private let channel: any Channel

    /// Adopts two descriptors, which it closes when it ends.
    public static func open(
        input: CInt, output: CInt, entry: Entry, line: CallLine, on group: any EventLoopGroup,
        unreadBytes: Int = unreadBytes
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
        return StdioEndpoint(channel: channel)
    }

    /// Returns once the client has closed its side and every answer is written.
    public func run() async throws { try await channel.closeFuture.get() }

    public func close() async { try? await channel.close() }
}
