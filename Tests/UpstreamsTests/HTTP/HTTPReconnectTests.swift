import Gateway
import MCPMessages
import NIOCore
import NIOPosix
import Testing

@testable import Upstreams

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Streams that come and go leave nothing behind.
@Suite("Reconnecting over HTTP", .timeLimit(.minutes(5)))
struct HTTPReconnectTests {
    /// Descriptors of this process that are connected to a port; other tests have others open.
    private static func sockets(to port: Int) -> Int {
        (0..<4096).count { descriptor in
            var address = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let status = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    getpeername(Int32(descriptor), $0, &length)
                }
            }
            return status == 0 && Int(UInt16(bigEndian: address.sin_port)) == port
        }
    }

    @Test("a thousand ends of a session's stream leave as many descriptors and streams as one")
    func leavesNothing() async throws {
        let server = SpeakingHTTPServer()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        try await HTTPUpstreamTesting.running(
            server.legacy(opening: "id: 1\nretry: 0\ndata:\n\n"), on: group,
            configure: {
                $0.pace = ReconnectPace(first: .zero, shortest: .zero, longest: .zero, steadyAfter: .zero)
            }
        ) { testing in
            _ = await testing.watch([.tools])
            let before = Self.sockets(to: testing.server.port)
            #expect(before > 0)
            for round in 2...1001 {
                server.stream?.close()
                try await testing.server.journal.waitFor("GET", count: round)
            }
            #expect(Self.sockets(to: testing.server.port) <= before + 2)
            let (exchanges, isIdle) = try await testing.upstream.homes[0].run { loop in
                (loop.exchanges.count, loop.desk.watches.count == 1)
            }
            #expect(exchanges <= 2)
            #expect(isIdle)
        }
        try await group.shutdownGracefully()
    }
}
