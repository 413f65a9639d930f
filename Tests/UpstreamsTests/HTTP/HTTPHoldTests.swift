import Gateway
import GatewayTesting
import MCPMessages
import NIOCore
import NIOPosix
import Testing
import WireJSON

@testable import Upstreams

/// Answers whose clients read more slowly than the server speaks.
@Suite("Holding a server back over HTTP", .timeLimit(.minutes(1)))
struct HTTPHoldTests {
    typealias Personality = HTTPServerPersonality

    private static let pieces = 400
    private static let filler = String(repeating: "x", count: 100_000)

    /// Says 40 MB, each piece once the one before it is out.
    private static func speak(_ request: HTTPServerRequest, _ reply: HTTPServerReply, _ number: Int = 0) {
        guard number < pieces else {
            reply.event(#"{"jsonrpc":"2.0","id":\#(request.rpcID ?? -1),"result":{}}"#)
            return reply.endEvents()
        }
        let text = #"{"jsonrpc":"2.0","method":"notifications/message","params":{"n":\#(number),"data":"\#(filler)"}}"#
        let event = "data: \(text)\n\n"
        let chunk = ByteBuffer(string: "\(String(event.utf8.count, radix: 16))\r\n\(event)\r\n")
        reply.channel.writeAndFlush(chunk).whenSuccess { speak(request, reply, number + 1) }
    }

    @Test("the time of a call that is held back rests")
    func rests() async throws {
        let held = Watched<(request: HTTPServerRequest, reply: HTTPServerReply)?>(nil)
        try await HTTPUpstreamTesting.running(
            Personality.modern { request, reply in
                held.change { if $0 == nil { $0 = (request, reply) } }
            },
            configure: { $0.timeouts.call = .seconds(1) }
        ) { testing in
            let (recorder, cancellation) = try testing.call()
            cancellation.hold(true)
            let first = try #require(try await held.value { $0 != nil })
            // Two other calls of the same patience, one begun after the other's end, run out of it.
            for _ in 0..<2 { #expect(try await testing.call().recorder.failure.kind == .timedOut) }
            #expect(!recorder.hasEnded)
            first.reply.beginEvents()
            first.reply.event(#"{"jsonrpc":"2.0","id":\#(first.request.rpcID ?? -1),"result":{}}"#)
            first.reply.endEvents()
            cancellation.hold(false)
            #expect(try await recorder.result == "{}")
        }
    }

    @Test("what is held back is not read, and it goes on to its end with nothing lost")
    func holds() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        try await HTTPUpstreamTesting.running(
            Personality.modern { request, reply in
                guard request.params?["name"]?.hasText("speak") ?? false else { return reply.result("{}", to: request) }
                reply.beginEvents()
                Self.speak(request, reply)
            }, on: group
        ) { testing in
            let (recorder, cancellation) = try testing.call("speak")
            cancellation.hold(true)
            // On the one loop that would read it others are served: what was under way has come with the first of them,
            // and while twenty more ask and are answered nothing does.
            _ = try await testing.call().recorder.result
            let held = recorder.notifications.count
            for _ in 0..<20 { _ = try await testing.call().recorder.result }
            #expect(recorder.notifications.count == held && held < Self.pieces / 2 && !recorder.hasEnded)
            cancellation.hold(false)
            #expect(try await recorder.result == "{}")
            #expect(recorder.notifications.map { $0.params?["n"]?.int } == Array(0..<Self.pieces))
            // Its connection is read again, and kept.
            #expect(testing.server.journal.connections == 2)
            cancellation.hold(true)
            let after = try testing.call()
            after.cancellation.cancel()
            #expect(try await after.recorder.failure.kind == .cancelled)
        }
        try await group.shutdownGracefully()
    }

    @Test("a call that is held back before it is sent is held back once it is, and one that is taken back is gone")
    func early() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.modern { request, reply in
                reply.beginEvents()
                Self.speak(request, reply)
            }
        ) { testing in
            let (recorder, cancellation) = try testing.call()
            cancellation.hold(true)
            cancellation.cancel()
            #expect(try await recorder.failure.kind == .cancelled)
        }
    }
}
