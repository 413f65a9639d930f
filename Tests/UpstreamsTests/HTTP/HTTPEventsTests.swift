import Fetching
import Gateway
import MCPMessages
import NIOCore
import NIOPosix
import Synchronization
import Testing
import WireJSON

@testable import Upstreams

/// Revision 2024-11-05, "HTTP with SSE": one stream for everything a server says, and a place for messages to it.
@Suite("Servers with a stream of events", .timeLimit(.minutes(1)))
struct HTTPEventsTests {
    /// A server of that revision at `/mcp`, with sessions `a`, `b` and so on; answers go out on the session's stream.
    final class Server: Sendable {
        let streams = Mutex<[HTTPServerReply]>([])
        private let endpoint: @Sendable (Int) -> String
        private let answer: @Sendable (HTTPServerRequest, HTTPServerReply) -> Void

        init(
            _ answer: @escaping @Sendable (HTTPServerRequest, HTTPServerReply) -> Void = { request, stream in
                stream.event(#"{"jsonrpc":"2.0","id":\#(request.rpcID ?? -1),"result":{"uri":"\#(request.uri)"}}"#)
            },
            endpoint: @escaping @Sendable (Int) -> String = { "/messages/?session_id=\($0)" }
        ) {
            self.endpoint = endpoint
            self.answer = answer
        }

        var script: ScriptedHTTPServer.Script {
            { request, reply in
                guard request.uri.contains("/messages") else {
                    guard request.method == "GET" else { return reply.status(405, "no", type: "text/plain") }
                    let number = self.streams.withLock { streams in
                        streams.append(reply)
                        return streams.count
                    }
                    reply.beginEvents()
                    return reply.chunk("event: endpoint\ndata: \(self.endpoint(number))\n\n")
                }
                guard let number = request.uri.last?.wholeNumberValue,
                    let stream = self.streams.withLock({ $0.count >= number ? $0[number - 1] : nil })
                else { return reply.status(404, "no", type: "text/plain") }
                reply.status(202, "Accepted", type: "text/plain")
                switch request.rpcMethod {
                case "initialize":
                    stream.event(
                        #"{"jsonrpc":"2.0","id":\#(request.rpcID ?? -1),"result":{"protocolVersion":"2024-11-05","capabilities":{},"serverInfo":{"name":"older","version":"1"}}}"#
                    )
                case nil, "notifications/initialized", "notifications/cancelled": break
                default: self.answer(request, stream)
                }
            }
        }
    }

    @Test("a server that takes no messages where it is told of is asked for its stream, and answers on it")
    func speaks() async throws {
        let server = Server()
        try await HTTPUpstreamTesting.running(server.script) { testing in
            let result = try await testing.call().recorder.result
            #expect(result == #"{"uri":"/messages/?session_id=1"}"#)
            let description = try await testing.describe().get()
            #expect(description.version == .v2024_11_05)
            #expect(description.serverInfo?["name"]?.string == "older")
            let calls = try (0..<20).map { _ in try testing.call().recorder }
            for recorder in calls { #expect(try await recorder.result == result) }
            let requests = testing.server.journal.requests
            #expect(
                requests.prefix(6).map { $0.rpcMethod ?? $0.method } == [
                    "server/discover", "initialize", "GET", "initialize", "notifications/initialized", "tools/call",
                ])
            #expect(requests.count { $0.method == "GET" } == 1)
            #expect(requests[2].header("accept") == ["text/event-stream"])
            #expect(requests[5].header("mcp-session-id").isEmpty)
            #expect(requests[5].header("mcp-protocol-version").isEmpty)
        }
    }

    @Test("each scope has a stream of its own")
    func keepsScopesApart() async throws {
        let server = Server()
        try await HTTPUpstreamTesting.running(server.script) { testing in
            let alice = try await testing.call().recorder.result
            let bob = try await testing.call(for: UpstreamScope(principal: "bob", clientEra: .legacy)).recorder.result
            #expect(alice == #"{"uri":"/messages/?session_id=1"}"#)
            #expect(bob == #"{"uri":"/messages/?session_id=2"}"#)
        }
    }

    @Test("the end of the stream fails what is open, and the next call has another")
    func opensAnew() async throws {
        let server = Server { request, stream in
            guard request.params?["name"]?.string != "hang" else { return }
            stream.event(#"{"jsonrpc":"2.0","id":\#(request.rpcID ?? -1),"result":{"uri":"\#(request.uri)"}}"#)
        }
        try await HTTPUpstreamTesting.running(server.script) { testing in
            for round in 1...3 {
                let result = try await testing.call().recorder.result
                #expect(result == #"{"uri":"/messages/?session_id=\#(round)"}"#)
                let hanging = try testing.call("hang").recorder
                try await testing.server.journal.waitFor("tools/call", count: round * 2)
                server.streams.withLock { $0.last }?.close()
                let failure = try await hanging.failure
                #expect(failure.kind == .closed)
                #expect(!failure.wroteNothing)
            }
        }
    }

    @Test(
        "messages go to the server that was named and to no other",
        arguments: [
            "http://127.0.0.2:PORT/messages/1", "https://127.0.0.1:PORT/messages/1", "http://127.0.0.1:1/messages/1",
            "//evil.example/messages/1", "http://a@127.0.0.1:PORT/messages/1", "http://127.0.0.1:PORT@evil/messages/1",
            "file:///messages/1", "/messages/ 1", "/messages/1#x",
        ])
    func refusesOtherPlaces(_ place: String) async throws {
        let port = Mutex("")
        let server = Server(endpoint: { _ in place.replacing("PORT", with: port.withLock { $0 }) })
        try await HTTPUpstreamTesting.running(server.script) { testing in
            port.withLock { $0 = "\(testing.server.port)" }
            let failure = try await testing.call().recorder.failure
            #expect([.addressRefused, .unreadable].contains(failure.kind))
            #expect(failure.wroteNothing)
            #expect(!testing.server.journal.requests.contains { $0.uri.contains("messages") })
        }
    }

    @Test(
        "a place is resolved against the server's own",
        arguments: [
            ("/messages?a=1", "/messages?a=1"), ("messages/1", "/mcp/messages/1"), ("//h:81/m", "/m"),
            ("http://h:81/m", "/m"), ("http://h:81", "/"),
        ])
    func resolves(_ text: String, _ path: String) throws {
        let address = try UpstreamAddress("http://h:81/mcp/sse?x=/y", isOperatorTyped: true)
        let endpoint = try MessageEndpoint(Array(text.utf8), at: address, headers: [], stream: 1)
        let request = String(buffer: endpoint.writer.post([], route: .opening, method: nil, mirroredName: []))
        #expect(request.hasPrefix("POST \(path) HTTP/1.1\r\nHost: h:81\r\n"))
    }

    @Test("its own requests are put to the call that is open, its notifications are told, and progress finds its call")
    func hears() async throws {
        let server = Server { request, stream in
            let id = request.rpcID ?? -1
            stream.event(
                #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":\#(id),"progress":1}}"#)
            stream.event(#"{"jsonrpc":"2.0","method":"notifications/message","params":{}}"#)
            stream.event(#"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#)
            stream.event(HTTPServerRequestTests.ask("1"))
        }
        try await HTTPUpstreamTesting.running(server.script) { testing in
            let recorder = HTTPAnswerRecorder(onAsked: { $1.answer(.result(Array("{}".utf8))) })
            let (_, cancellation) = try testing.call(wantsProgress: true, to: recorder)
            try await testing.server.journal.waitFor("POST", count: 1)
            await testing.events.wait(for: 2)
            #expect(recorder.notifications.map(\.method) == ["notifications/progress"])
            #expect(testing.events.texts == ["alice notifications/message", "tools"])
            cancellation.cancel()
            try await testing.server.journal.waitFor("notifications/cancelled")
        }
    }

    @Test("a server that has neither way fails the call as it refused it")
    func failsAsRefused() async throws {
        try await HTTPUpstreamTesting.running({ $1.status(405, "no", type: "text/plain") }) { testing in
            let failure = try await testing.call().recorder.failure
            #expect(failure.kind == .refused)
            #expect(failure.detail.contains("405"))
            #expect(failure.wroteNothing)
        }
    }
}
