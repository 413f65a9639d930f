import Foundation
import Gateway
import GatewayTesting
import MCPMessages
import NIOCore
import NIOPosix
import Testing

@testable import Upstreams

/// Streams that come and go leave nothing behind.
@Suite("Reconnecting over HTTP", .timeLimit(.minutes(5)))
struct HTTPReconnectTests {
    /// Connections to a port of this machine that stand or have not been closed by their client; others' go elsewhere.
    private static func sockets(to port: Int) throws -> Int {
        let hex = String(port, radix: 16, uppercase: true)
        let suffix = ":" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        let established = "01"
        let closeWait = "08"
        // Read to the end: such files have no length.
        let tables = try ["tcp", "tcp6"].map { table in
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/self/net/\(table)"))
            return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
        }
        return tables.joined(separator: "\n").split(separator: "\n").count { line in
            let fields = line.split(separator: " ")
            guard fields.count > 3 else { return false }
            return fields[2].hasSuffix(suffix) && (fields[3] == established || fields[3] == closeWait)
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
            try await eventually { server.count == 1 }
            let before = try Self.sockets(to: testing.server.port)
            #expect(before > 0)
            for round in 2...1001 {
                server.stream?.close()
                try await eventually { server.count >= round }
            }
            #expect(try Self.sockets(to: testing.server.port) <= before + 2)
            let (exchanges, isIdle) = try await testing.upstream.homes[0].run { loop in
                (loop.exchanges.count, loop.desk.watches.count == 1)
            }
            #expect(exchanges <= 2)
            #expect(isIdle)
        }
        try await group.shutdownGracefully()
    }
}
