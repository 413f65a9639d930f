import Gateway
import MCPMessages
import NIOCore
import NIOPosix
import Testing
import WireJSON

@testable import Upstreams

/// Calls over real sockets: what is sent, and what each kind of answer comes to.
@Suite("Calls over HTTP", .timeLimit(.minutes(1)))
struct HTTPCallTests {
    typealias Personality = HTTPServerPersonality

    @Test("a call goes out in one era's shape with headers derived from it, and its JSON answer comes back as received")
    func callsModern() async throws {
        let result = #"{"content":[ ],"n":1.0,"resultType":"complete"}"#
        try await HTTPUpstreamTesting.running(
            Personality.modern { request, reply in reply.result(result, to: request) },
            configure: { $0.headers = [try StaticHeader(name: "X-Key", value: "k")] }
        ) { testing in
            let recorder = try testing.call("caf\u{E9}", arguments: #"{"a":1.0}"#).recorder
            #expect(try await recorder.result == result)
            guard case .answered(let reply) = await recorder.end else { return }
            #expect(reply.era == .modern)
            let request = try #require(testing.server.journal.requests.last)
            #expect(request.method == "POST")
            #expect(request.uri == "/mcp")
            #expect(request.header("host") == ["127.0.0.1:\(testing.server.port)"])
            #expect(request.header("content-type") == ["application/json"])
            #expect(request.header("accept") == ["application/json, text/event-stream"])
            #expect(request.header("accept-encoding") == ["identity"])
            #expect(request.header("mcp-protocol-version") == ["2026-07-28"])
            #expect(request.header("mcp-method") == ["tools/call"])
            #expect(request.header("mcp-name") == ["=?base64?Y2Fmw6k=?="])
            #expect(request.header("x-key") == ["k"])
            #expect(request.header("authorization").isEmpty)
            #expect(request.header("mcp-session-id").isEmpty)
            let meta = try #require(request.params?["_meta"])
            #expect(meta["io.modelcontextprotocol/protocolVersion"]?.string == "2026-07-28")
            #expect(meta["io.modelcontextprotocol/clientInfo"]?["name"]?.string == "gatehouse-test")
            #expect(meta["io.modelcontextprotocol/clientCapabilities"]?.kind == .object)
            #expect(meta["progressToken"] == nil)
            #expect(request.params?["arguments"].map { String(decoding: $0.bytes, as: UTF8.self) } == #"{"a":1.0}"#)
        }
    }

    @Test("a call made on an event loop is sent and answered on that loop, over a connection that is kept")
    func staysOnTheLoop() async throws {
        try await HTTPUpstreamTesting.running(Personality.modern { $1.result("{}", to: $0) }) { testing in
            let loop = HTTPUpstreamTesting.group.next()
            for _ in 0..<5 {
                let recorder = HTTPAnswerRecorder()
                let upstream = testing.upstream
                let question = try HTTPUpstreamTesting.question("echo")
                try await loop.submit { _ = upstream.ask(question, within: .seconds(5), recorder) }.get()
                #expect(try await recorder.result == "{}")
                #expect(recorder.loop == ObjectIdentifier(loop))
            }
            #expect(testing.server.journal.connections == 1)
            #expect(testing.server.journal.methods == ["server/discover"] + Array(repeating: "tools/call", count: 5))
        }
    }

    @Test("a receiver may send its next call from inside its answer, on the same connection")
    func isReentrant() async throws {
        try await HTTPUpstreamTesting.running(Personality.modern { $1.result("{}", to: $0) }) { testing in
            let upstream = testing.upstream
            let second = HTTPAnswerRecorder()
            let question = try HTTPUpstreamTesting.question("second")
            let first = HTTPAnswerRecorder { _ = upstream.ask(question, within: .seconds(5), second) }
            let loop = HTTPUpstreamTesting.group.next()
            let firstQuestion = try HTTPUpstreamTesting.question("first")
            try await loop.submit { _ = upstream.ask(firstQuestion, within: .seconds(5), first) }.get()
            #expect(try await second.result == "{}")
            #expect(testing.server.journal.connections == 1)
        }
    }

    @Test("notifications on a call's stream arrive as they come, and its answer ends it")
    func readsEvents() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.modern { request, reply in
                let id = request.rpcID ?? -1
                reply.beginEvents()
                reply.chunk(": keep-alive\n\nid: 1\ndata:\n\n")
                reply.event(
                    #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":\#(id),"progress":1}}"#
                )
                reply.event(
                    #"{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}"#)
                reply.event(#"{"jsonrpc":"2.0","id":\#(id),"result":{"content":[]}}"#)
                reply.endEvents()
            }
        ) { testing in
            let recorder = try testing.call(wantsProgress: true).recorder
            #expect(try await recorder.result == #"{"content":[]}"#)
            #expect(recorder.notifications.map(\.method) == ["notifications/progress", "notifications/message"])
            let request = try #require(testing.server.journal.requests.last)
            #expect(request.params?["_meta"]?["progressToken"]?.int == request.rpcID)
            #expect(recorder.notifications[0].params?["progressToken"]?.int == request.rpcID)
            // The stream's connection is kept.
            _ = try await testing.call().recorder.result
        }
    }

    @Test("progress under the call's own token starts its time anew, other progress does not")
    func progressExtends() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.modern { request, reply in
                let own = request.params?["name"]?.string == "own"
                let token = own ? "\(request.rpcID ?? -1)" : #""other""#
                let progress =
                    #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":\#(token),"progress":1}}"#
                reply.beginEvents()
                // Every 0.8 s for 4 s, with a timeout of 2.5 s.
                for tick in 1...5 {
                    reply.channel.eventLoop.scheduleTask(in: .milliseconds(Int64(tick) * 800)) {
                        if tick < 5 { return reply.event(progress) }
                        reply.event(#"{"jsonrpc":"2.0","id":\#(request.rpcID ?? -1),"result":{}}"#)
                        reply.endEvents()
                    }
                }
            },
            configure: { $0.timeouts.call = .milliseconds(2500) }
        ) { testing in
            let own = try testing.call("own", wantsProgress: true).recorder
            let other = try testing.call("other", wantsProgress: true).recorder
            #expect(try await own.result == "{}")
            #expect(own.notifications.count == 4)
            #expect(try await other.failure.kind == .timedOut)
        }
    }

    @Test("a JSON-RPC error is the server's answer, whatever the status", arguments: [200, 400, 404, 422, 500])
    func relaysErrors(_ status: Int) async throws {
        try await HTTPUpstreamTesting.running(
            Personality.modern { $1.error(-32602, status: status, to: $0) }
        ) { testing in
            let recorder = try testing.call().recorder
            #expect(try await recorder.errorCode == -32602)
        }
    }

    @Test("many calls at once each get their own answer")
    func keepsAnswersApart() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.modern { request, reply in
                let name = request.params?["name"]?.string ?? ""
                let result = #"{"jsonrpc":"2.0","id":\#(request.rpcID ?? -1),"result":{"name":"\#(name)"}}"#
                // Answered out of order, half of them as streams.
                reply.channel.eventLoop.scheduleTask(in: .microseconds(Int64.random(in: 0...20_000))) {
                    guard request.number % 2 == 0 else { return reply.status(200, result) }
                    reply.beginEvents()
                    reply.event(result)
                    reply.endEvents()
                }
            }
        ) { testing in
            let calls = try (0..<100).map { try testing.call("tool-\($0)").recorder }
            for (index, recorder) in calls.enumerated() {
                #expect(try await recorder.result == #"{"name":"tool-\#(index)"}"#)
            }
            let ids = testing.server.journal.requests.compactMap(\.rpcID)
            #expect(Set(ids).count == ids.count)
        }
    }

    @Test("a page of tools is asked for with the server's own cursor, an empty one too")
    func listsTools() async throws {
        try await HTTPUpstreamTesting.running(Personality.modern { $1.result(#"{"tools":[]}"#, to: $0) }) { testing in
            for cursor in [nil, #""""#, #""a\u0062""#] {
                let recorder = HTTPAnswerRecorder()
                let page = ListPage(cursor: try cursor.map { try JSON(Array($0.utf8)) })
                _ = testing.upstream.list(page, for: HTTPUpstreamTesting.alice, to: recorder)
                #expect(try await recorder.result == #"{"tools":[]}"#)
                let sent = testing.server.journal.requests.last?.params?["cursor"]
                #expect(sent.map { String(decoding: $0.bytes, as: UTF8.self) } == cursor)
            }
            #expect(testing.server.journal.requests.last?.header("mcp-method") == ["tools/list"])
            #expect(testing.server.journal.requests.last?.header("mcp-name").isEmpty == true)
        }
    }

    @Test("a changed tool list on any stream is an event of the upstream's")
    func tellsOfChangedTools() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.modern { request, reply in
                reply.beginEvents()
                reply.event(#"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#)
                reply.event(#"{"jsonrpc":"2.0","id":\#(request.rpcID ?? -1),"result":{}}"#)
                reply.endEvents()
            }
        ) { testing in
            let recorder = try testing.call().recorder
            #expect(try await recorder.result == "{}")
            #expect(recorder.notifications.isEmpty)
            guard case .changed(.tools)? = testing.events.all.first else {
                Issue.record("no event")
                return
            }
        }
    }
}
