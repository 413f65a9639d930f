import GatewayStorage
import Logging
import NIOCore
import NIOPosix
import Testing

@testable import Console

/// What comes in as bytes: the server's own bounds, before there is a request.
struct RawConnectionTests {
    static let malformed: [(bytes: String, answer: String)] = [
        ("GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 200"),
        ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 421"),
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "HTTP/1.1 4"),
        ("GET / HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n", "HTTP/1.1 4"),
        ("GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "HTTP/1.1 421"),
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX: \(String(repeating: "x", count: 9_000))\r\n\r\n", "HTTP/1.1 4"),
        ("\(String(repeating: "G", count: 100_000))\r\n\r\n", "HTTP/1.1 4"),
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n", "HTTP/1.1 303"),
    ]

    @Test("a malformed or misdirected request is turned away", arguments: malformed)
    func turnedAway(bytes: String, answer: String) async throws {
        let got = try await answered(to: bytes, ConsoleLimits())
        #expect(got.hasPrefix(answer), "\(got.prefix(200))")
        #expect(!got.contains("evil.example"))
    }

    @Test(
        "who does not finish a head is not waited for",
        arguments: ["", "GET / HT", "GET / HTTP/1.1\r\nHost: 127.0.0.1"])
    func unfinished(bytes: String) async throws {
        var limits = ConsoleLimits()
        limits.idle = .milliseconds(200)
        #expect(try await answered(to: bytes, limits).isEmpty)
    }

    /// All that comes back until the connection is closed.
    private func answered(to bytes: String, _ limits: ConsoleLimits) async throws -> String {
        let (ports, bound) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "console under test")
        logger.logLevel = .critical
        let settings = ConsoleSettings(host: "127.0.0.1", port: 0, limits: limits)
        let console = try Console(settings, parts: ConsoleParts(catalogue: MemoryCatalogue()), logger: logger) {
            bound.yield($0)
        }
        return try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask {
                try await console.run()
                return nil
            }
            group.addTask {
                for await port in ports {
                    return try await Self.exchange(bytes.replacing("PORT", with: "\(port)"), port: port)
                }
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next().flatMap(\.self) ?? "the console ended"
        }
    }

    private static func exchange(_ bytes: String, port: Int) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try? await outbound.write(ByteBuffer(string: bytes))
            var answer = ""
            do {
                for try await part in inbound { answer += String(buffer: part) }
            } catch {
                // A connection that is reset is closed.
            }
            return answer
        }
    }
}
