import Gateway
import MCPMessages
import NIOCore
import Testing
import WireJSON

@testable import Upstreams

/// Revision 2026-07-28, "Cancellation": closing the stream is the word; before it, `notifications/cancelled` is.
@Suite("Cancellation over HTTP", .timeLimit(.minutes(1)))
struct HTTPCancellationTests {
    typealias Personality = HTTPServerPersonality

    @Test("cancelling a call closes its stream to a modern server, and nothing is sent")
    func cancelsModern() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.modern { _, reply in
                reply.beginEvents()
                reply.event(#"{"jsonrpc":"2.0","method":"notifications/message","params":{}}"#)
            }
        ) { testing in
            let (recorder, cancellation) = try testing.call()
            await recorder.waitForNotifications(1)
            cancellation.cancel()
            cancellation.cancel()
            #expect(try await recorder.failure.kind == .cancelled)
            let call = try #require(testing.server.journal.requests.last)
            try await testing.server.journal.waitForClose(of: call.connection)
            #expect(testing.server.journal.methods == ["server/discover", "tools/call"])
        }
    }

    @Test("cancelling a call tells a legacy server, with the id the call went out with")
    func cancelsLegacy() async throws {
        try await HTTPUpstreamTesting.running(Personality.legacy { _, _ in }) { testing in
            let (recorder, cancellation) = try testing.call()
            try await testing.server.journal.waitFor("tools/call")
            cancellation.cancel()
            #expect(try await recorder.failure.kind == .cancelled)
            try await testing.server.journal.waitFor("notifications/cancelled")
            let requests = testing.server.journal.requests
            let call = try #require(requests.first { $0.rpcMethod == "tools/call" })
            let cancelled = try #require(requests.first { $0.rpcMethod == "notifications/cancelled" })
            #expect(cancelled.params?["requestId"]?.int == call.rpcID)
            #expect(cancelled.header("mcp-session-id") == ["session-1"])
        }
    }

    @Test("a call cancelled before it was sent is never sent")
    func cancelsUnsent() async throws {
        let discovery = HTTPServerGate()
        try await HTTPUpstreamTesting.running({ request, reply in
            if request.rpcMethod == "server/discover" {
                discovery.whenOpen { reply.result(Personality.discovery, to: request) }
            } else {
                reply.result("{}", to: request)
            }
        }) { testing in
            let (recorder, cancellation) = try testing.call("unwanted")
            let other = try testing.call("wanted").recorder
            try await testing.server.journal.waitFor("server/discover")
            cancellation.cancel()
            let failure = try await recorder.failure
            #expect(failure.kind == .cancelled)
            #expect(failure.wroteNothing)
            discovery.open()
            #expect(try await other.result == "{}")
            #expect(testing.server.journal.requests.map { $0.params?["name"]?.string } == [nil, "wanted"])
        }
    }

    @Test("cancelling a call that has been answered does nothing")
    func ignoresLateCancellation() async throws {
        try await HTTPUpstreamTesting.running(Personality.legacy { $1.result("{}", to: $0) }) { testing in
            let (recorder, cancellation) = try testing.call()
            #expect(try await recorder.result == "{}")
            cancellation.cancel()
            #expect(try await testing.call().recorder.result == "{}")
            #expect(!testing.server.journal.methods.contains("notifications/cancelled"))
        }
    }
}
