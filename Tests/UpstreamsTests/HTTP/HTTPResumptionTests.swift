import Gateway
import MCPMessages
import NIOCore
import Synchronization
import Testing
import WireJSON

@testable import Upstreams

/// Revision 2025-11-25, "Resumability and Redelivery": streams that servers end before the answer.
@Suite("Resumption over HTTP", .timeLimit(.minutes(1)))
struct HTTPResumptionTests {
    typealias Personality = HTTPServerPersonality

    /// A server that ends a call's stream after a priming event, and says the rest to whoever goes on with it.
    ///
    /// - Parameter breaks: how often the stream is ended before the answer.
    static func breaking(
        _ breaks: Int, retry: String = "retry: 30\n", closes: Bool = false
    ) -> ScriptedHTTPServer.Script {
        let call = Mutex<HTTPServerRequest?>(nil)
        let times = Mutex(0)
        return Personality.legacy(streams: true) { request, reply in
            if request.method == "POST" {
                call.withLock { $0 = request }
            } else if request.header("last-event-id").isEmpty {
                return reply.status(405, type: nil)
            }
            let time = times.withLock { times in
                times += 1
                return times
            }
            reply.beginEvents()
            if time <= breaks {
                reply.chunk("id: e::\(time)\n\(retry)data:\n\n")
                if closes { return reply.close() }
                return reply.endEvents()
            }
            reply.event(#"{"jsonrpc":"2.0","method":"notifications/message","params":{"n":\#(time)}}"#)
            reply.event(#"{"jsonrpc":"2.0","id":\#(call.withLock { $0?.rpcID } ?? -1),"result":{"time":\#(time)}}"#)
            reply.endEvents()
        }
    }

    @Test("an answer whose stream ended is fetched where it broke off, as often as it takes", arguments: [1, 5])
    func resumes(_ breaks: Int) async throws {
        for closes in [false, true] {
            try await HTTPUpstreamTesting.running(Self.breaking(breaks, closes: closes)) { testing in
                let recorder = try testing.call().recorder
                #expect(try await recorder.result == #"{"time":\#(breaks + 1)}"#)
                #expect(recorder.notifications.count == 1)
                let requests = testing.server.journal.requests
                #expect(requests.count { $0.rpcMethod == "tools/call" } == 1)
                let fetches = requests.filter { $0.method == "GET" }
                #expect(fetches.map { $0.header("last-event-id") } == (1...breaks).map { ["e::\($0)"] })
                for fetch in fetches {
                    #expect(fetch.header("mcp-session-id") == ["session-1"])
                    #expect(fetch.header("mcp-protocol-version") == ["2025-11-25"])
                    #expect(fetch.header("accept") == ["text/event-stream"])
                    #expect(fetch.body.isEmpty)
                }
            }
        }
    }

    @Test("the time a server asks for is given to it")
    func honoursRetry() async throws {
        let began = ContinuousClock.now
        try await HTTPUpstreamTesting.running(Self.breaking(1, retry: "retry: 1200\n")) { testing in
            _ = try await testing.call().recorder.result
            #expect(ContinuousClock.now - began >= .milliseconds(1200))
        }
    }

    @Test("a stream that ended without an event's id is not gone on with")
    func needsAnID() async throws {
        for chunk in ["retry: 1\n\n", "id:\ndata:\n\n", "id: a\u{7}b\ndata:\n\n", "id: a\ndata:\n\nid\ndata:\n\n"] {
            try await HTTPUpstreamTesting.running(
                Personality.legacy(streams: true) { _, reply in
                    reply.beginEvents()
                    reply.chunk(chunk)
                    reply.endEvents()
                }
            ) { testing in
                let failure = try await testing.call().recorder.failure
                #expect(failure.kind == .closed)
                #expect(!testing.server.journal.methods.contains("GET"))
            }
        }
    }

    @Test("a modern server's stream is never gone on with")
    func leavesModernStreams() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.modern { _, reply in
                reply.beginEvents()
                reply.chunk("id: 1\nretry: 1\ndata:\n\n")
                reply.endEvents()
            }
        ) { testing in
            let failure = try await testing.call().recorder.failure
            #expect(failure.kind == .closed)
            #expect(testing.server.journal.methods == ["server/discover", "tools/call"])
        }
    }

    @Test("a server that will not go on fails the call", arguments: [400, 404, 405, 409])
    func takesNoForAnswer(_ status: Int) async throws {
        try await HTTPUpstreamTesting.running(
            Personality.legacy(streams: true) { request, reply in
                guard request.method == "POST" else { return reply.status(status, type: nil) }
                reply.beginEvents()
                reply.chunk("id: 1\nretry: 1\ndata:\n\n")
                reply.endEvents()
            }
        ) { testing in
            let failure = try await testing.call().recorder.failure
            #expect(failure.kind == .closed)
            #expect(!failure.wroteNothing)
            #expect(testing.server.journal.methods.count { $0 == "GET" } == 1)
            #expect(testing.server.journal.methods.count { $0 == "tools/call" } == 1)
        }
    }

    @Test("a server that always ends the stream has the call's time and no more, and is told")
    func endsWithTheClock() async throws {
        try await HTTPUpstreamTesting.running(
            Self.breaking(.max, retry: ""),
            configure: {
                // Of which the handshake before the call may take some.
                $0.timeouts.call = .seconds(6)
                $0.pace.first = .milliseconds(300)
            }
        ) { testing in
            #expect(try await testing.call().recorder.failure.kind == .timedOut)
            try await testing.server.journal.waitFor("notifications/cancelled")
            let fetches = testing.server.journal.methods.count { $0 == "GET" }
            #expect((1...21).contains(fetches))
        }
    }

    @Test("a call cancelled between two streams is over, and the server is told")
    func cancelsBetweenStreams() async throws {
        try await HTTPUpstreamTesting.running(Self.breaking(.max, retry: "retry: 60000\n")) { testing in
            let (recorder, cancellation) = try testing.call()
            try await testing.server.journal.waitFor("tools/call")
            cancellation.cancel()
            #expect(try await recorder.failure.kind == .cancelled)
            try await testing.server.journal.waitFor("notifications/cancelled")
        }
    }

    @Test("the wait before a stream is asked for again follows the server's word, and grows with each failure")
    func paces() {
        let pace = ReconnectPace(
            first: .milliseconds(100), shortest: .milliseconds(20), longest: .seconds(1), steadyAfter: .seconds(1))
        #expect(pace.wait(retry: nil, failures: 0, chance: 0) == .milliseconds(100))
        #expect(pace.wait(retry: nil, failures: 2, chance: 0) == .milliseconds(400))
        #expect(pace.wait(retry: nil, failures: 1000, chance: 0) == .seconds(1))
        #expect(pace.wait(retry: 0, failures: 0, chance: 0) == .milliseconds(20))
        #expect(pace.wait(retry: 5000, failures: 9, chance: 0) == .seconds(5))
        #expect(pace.wait(retry: .max, failures: 0, chance: 0) == .hours(24))
    }
}
