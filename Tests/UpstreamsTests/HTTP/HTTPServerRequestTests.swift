import Gateway
import MCPMessages
import NIOCore
import NIOPosix
import Synchronization
import Testing
import WireJSON

@testable import Upstreams

/// Revision 2025-11-25, "Client Features": what a legacy server asks while a call of its is open.
@Suite("A server's own requests over HTTP", .timeLimit(.minutes(1)))
struct HTTPServerRequestTests {
    typealias Personality = HTTPServerPersonality

    /// A server that asks on a call's stream, and answers the call with what it was answered.
    static func asking(_ requests: [String]) -> ScriptedHTTPServer.Script {
        let open = Mutex<(HTTPServerRequest, HTTPServerReply)?>(nil)
        let answers = Mutex<[String]>([])
        return Personality.legacy { request, reply in
            if request.rpcMethod == "tools/call" {
                open.withLock { $0 = (request, reply) }
                reply.beginEvents()
                for request in requests { reply.event(request) }
                return
            }
            reply.accepted()
            let all = answers.withLock { answers in
                answers.append(String(decoding: request.body, as: UTF8.self))
                return answers
            }
            guard all.count == requests.count, let (call, stream) = open.withLock({ $0 }) else { return }
            let list = all.joined(separator: ",")
            stream.event(#"{"jsonrpc":"2.0","id":\#(call.rpcID ?? -1),"result":{"answers":[\#(list)]}}"#)
            stream.endEvents()
        }
    }

    static func ask(
        _ id: String, _ method: String = "elicitation/create", params: String = #"{"message":"?"}"#
    ) -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#
    }

    @Test("a request on a call's stream is put to the call's receiver, and its answer goes back within the session")
    func asksReceivers() async throws {
        let params = #"{"message":"1.0","requestedSchema":{ "type":"object"}}"#
        try await HTTPUpstreamTesting.running(Self.asking([Self.ask(#""e-\u0031""#, params: params)])) { testing in
            let asked = Mutex<[Message.Request]>([])
            let recorder = HTTPAnswerRecorder(onAsked: { request, reply in
                asked.withLock { $0.append(request) }
                reply.answer(.result(Array(#"{"action":"accept","content":{"n":1.0}}"#.utf8)))
            })
            try testing.call(to: recorder)
            #expect(
                try await recorder.result
                    == #"{"answers":[{"jsonrpc":"2.0","id":"e-1","result":{"action":"accept","content":{"n":1.0}}}]}"#)
            let request = try #require(asked.withLock { $0.first })
            #expect(request.method == "elicitation/create")
            #expect(request.params.map { String(decoding: $0.bytes, as: UTF8.self) } == params)
            let answer = try #require(
                testing.server.journal.requests.last { $0.rpcMethod == nil && $0.method == "POST" })
            #expect(answer.header("mcp-session-id") == ["session-1"])
            #expect(answer.header("mcp-protocol-version") == ["2025-11-25"])
        }
    }

    @Test("what a legacy server asks on its session's own stream reaches a modern client that can be asked")
    func asksAside() async throws {
        let server = SpeakingHTTPServer()
        let call = Mutex<(HTTPServerRequest, HTTPServerReply)?>(nil)
        let able = UpstreamScope(
            principal: "ann", clientEra: .modern, capabilities: try .declared(#"{"elicitation":{}}"#))
        let script = server.legacy { request, reply in
            guard request.rpcMethod == "tools/call" else {
                reply.accepted()
                let open = call.withLock { $0 }
                open?.1.result(
                    #"{"answer":"\#(request.json?["result"]?["action"]?.string ?? "none")"}"#, to: open?.0 ?? request)
                return
            }
            call.withLock { $0 = (request, reply) }
            // There before the call is: nobody is asked in vain.
            guard let stream = server.stream else { return reply.error(-1, to: request) }
            stream.event(Self.ask("7"))
        }
        try await HTTPUpstreamTesting.running(script) { testing in
            let recorder = HTTPAnswerRecorder(onAsked: { _, reply in
                reply.answer(.result(Array(#"{"action":"accept"}"#.utf8)))
            })
            try testing.call(for: able, to: recorder)
            #expect(try await recorder.result == #"{"answer":"accept"}"#)
            #expect(testing.server.journal.methods.count { $0 == "GET" } == 1)
        }
    }

    @Test(
        "the stream is asked for only on behalf of who can be asked, and once where there is none",
        arguments: [200, 405])
    func asksForItsStream(_ status: Int) async throws {
        let server = SpeakingHTTPServer()
        let able = UpstreamScope(
            principal: "ann", clientEra: .modern, capabilities: try .declared(#"{"roots":{}}"#))
        try await HTTPUpstreamTesting.running(server.legacy(status: status)) { testing in
            let unaskable = try await testing.call().recorder.result
            #expect(unaskable == "{}")
            #expect(testing.server.journal.methods.count { $0 == "GET" } == 0)
            for _ in 0..<3 {
                let result = try await testing.call(for: able).recorder.result
                #expect(result == "{}")
            }
            #expect(testing.server.journal.methods.count { $0 == "GET" } == 1)
        }
    }

    @Test("a refusal is an error with the server's id")
    func refuses() async throws {
        try await HTTPUpstreamTesting.running(Self.asking([Self.ask("7")])) { testing in
            let recorder = HTTPAnswerRecorder(onAsked: { $1.refuse(RPCError(.invalidParams, "no")) })
            try testing.call(to: recorder)
            #expect(
                try await recorder.result
                    == #"{"answers":[{"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"no"}}]}"#)
        }
    }

    @Test("one answer goes back, however often it is given, and none after the call's end")
    func answersOnce() async throws {
        try await HTTPUpstreamTesting.running(Self.asking([Self.ask("1")])) { testing in
            let kept = Mutex<PeerReply?>(nil)
            let recorder = HTTPAnswerRecorder(onAsked: { _, reply in
                kept.withLock { $0 = reply }
                reply.answer(.result(Array(#"{"n":1}"#.utf8)))
                reply.answer(.result(Array(#"{"n":2}"#.utf8)))
            })
            try testing.call(to: recorder)
            #expect(try await recorder.result == #"{"answers":[{"jsonrpc":"2.0","id":1,"result":{"n":1}}]}"#)
            kept.withLock { $0 }?.answer(.result(Array(#"{"n":3}"#.utf8)))
            // A round trip on every loop, after which a third answer would have gone out.
            for _ in 0..<8 { _ = try testing.call("again", to: HTTPAnswerRecorder()) }
            try await testing.server.journal.waitFor("tools/call", count: 9)
            #expect(testing.server.journal.requests.count { $0.json?["result"] != nil } == 1)
        }
    }

    @Test("many may wait at one time, and more are refused; two with one id are one too many")
    func boundsOutstanding() async throws {
        let bound = HTTPLimits.serverRequestsOutstanding
        let asks = (1...(bound + 3)).map { Self.ask("\($0 == 2 ? 1 : $0)") }
        try await HTTPUpstreamTesting.running(Self.asking(asks)) { testing in
            let replies = Mutex<[PeerReply]>([])
            let recorder = HTTPAnswerRecorder(onAsked: { _, reply in
                let all = replies.withLock { replies in
                    replies.append(reply)
                    return replies
                }
                guard all.count == bound else { return }
                for reply in all { reply.answer(.result(Array("{}".utf8))) }
            })
            try testing.call(to: recorder)
            _ = try await recorder.result
            #expect(replies.withLock { $0.count } == bound)
            let refused = testing.server.journal.requests.filter { $0.json?["error"] != nil }
            #expect(refused.compactMap { $0.json?["id"]?.int }.sorted() == [1, bound + 2, bound + 3])
            #expect(refused.allSatisfy { $0.json?["error"]?["code"]?.int == -32603 })
        }
    }

    @Test("the call's clock rests while the client is asked, and runs on when it has answered")
    func restsTheClock() async throws {
        try await HTTPUpstreamTesting.running(
            Self.asking([Self.ask("1")]), configure: { $0.timeouts.call = .seconds(2) }
        ) { testing in
            let recorder = HTTPAnswerRecorder(onAsked: { _, reply in
                HTTPUpstreamTesting.group.next().scheduleTask(in: .seconds(4)) {
                    reply.answer(.result(Array("{}".utf8)))
                }
            })
            try testing.call(to: recorder)
            #expect(try await recorder.result == #"{"answers":[{"jsonrpc":"2.0","id":1,"result":{}}]}"#)
        }
        try await HTTPUpstreamTesting.running(
            Personality.legacy { request, reply in
                guard request.rpcMethod == "tools/call" else { return reply.accepted() }
                reply.beginEvents()
                reply.event(Self.ask("1"))
            },
            configure: { $0.timeouts.call = .seconds(2) }
        ) { testing in
            let recorder = HTTPAnswerRecorder(onAsked: { $1.answer(.result(Array("{}".utf8))) })
            try testing.call(to: recorder)
            #expect(try await recorder.failure.kind == .timedOut)
        }
    }

    @Test("a request the server takes back is told, waits no longer, and its answer goes nowhere")
    func takesBack() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.legacy { request, reply in
                guard request.rpcMethod == "tools/call" else { return reply.accepted() }
                reply.beginEvents()
                reply.event(Self.ask(#""a""#))
                reply.event(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"a"}}"#)
            },
            configure: { $0.timeouts.call = .seconds(2) }
        ) { testing in
            let kept = Mutex<PeerReply?>(nil)
            let recorder = HTTPAnswerRecorder(onAsked: { _, reply in kept.withLock { $0 = reply } })
            _ = try await testing.describe().get()
            try testing.call(to: recorder)
            await recorder.waitForNotifications(1)
            #expect(recorder.notifications.map(\.method) == ["notifications/cancelled"])
            kept.withLock { $0 }?.answer(.result(Array("{}".utf8)))
            // The clock runs again.
            #expect(try await recorder.failure.kind == .timedOut)
            #expect(!testing.server.journal.requests.contains { $0.json?["result"] != nil })
        }
    }

    @Test("a modern server's request is answered by nobody, and the call goes on")
    func refusesModernRequests() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.modern { request, reply in
                reply.beginEvents()
                reply.event(Self.ask("1"))
                reply.event(Self.ask("2", "ping"))
                reply.event(#"{"jsonrpc":"2.0","id":\#(request.rpcID ?? -1),"result":{}}"#)
                reply.endEvents()
            }
        ) { testing in
            let recorder = HTTPAnswerRecorder(onAsked: { _, _ in Issue.record("asked") })
            try testing.call(to: recorder)
            #expect(try await recorder.result == "{}")
            #expect(testing.server.journal.methods == ["server/discover", "tools/call"])
        }
    }
}
