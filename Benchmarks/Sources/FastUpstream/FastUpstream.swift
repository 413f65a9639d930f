import NIOCore
import NIOPosix

/// An MCP server with nothing behind it, so fast that what stands before it is what gets measured.
///
///     FastUpstream 9100
///
/// It serves HTTP/1.1 with keep-alive on 127.0.0.1 from one thread and trusts its clients: it is for `make bench` only.
@main
struct FastUpstream {
    static func main() async throws {
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 9100
        let served = ServedCalls()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let server = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 512)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            // A client waits for its answer before it asks again, so a second read would only find the socket empty.
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AnswerHandler(counting: served))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        try await server.closeFuture.get()
    }
}
