import Gateway
import MCPMessages
import Testing
import WireJSON

@testable import Upstreams

/// That a server is told what its client says: the names of requests, and the client's own.
@Suite("What a server over HTTP is told of its client", .timeLimit(.minutes(1)))
struct HTTPNamesTests {
    typealias Personality = HTTPServerPersonality

    private static let names = RequestNames(id: .text(Array("call-7".utf8)), progressToken: .text(Array("t".utf8)))

    @Test("the client's id and progress token are the server's, in either era", arguments: [true, false])
    func names(_ isModern: Bool) async throws {
        let script: ScriptedHTTPServer.Script = { request, reply in
            reply.beginEvents()
            for token in [#""t""#, #""other""#] {
                reply.event(
                    #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":\#(token),"progress":1}}"#
                )
            }
            reply.event(#"{"jsonrpc":"2.0","id":"call-7","result":{}}"#)
            reply.endEvents()
        }
        try await HTTPUpstreamTesting.running(isModern ? Personality.modern(script) : Personality.legacy(script)) {
            testing in
            let recorder = try testing.call(wantsProgress: true, as: Self.names).recorder
            #expect(try await recorder.result == "{}")
            #expect(recorder.notifications.map { $0.params?["progressToken"]?.string } == ["t"])
            let request = try #require(testing.server.journal.requests.last { $0.rpcMethod == "tools/call" })
            #expect(request.params?["_meta"]?["progressToken"]?.string == "t")
        }
    }

    @Test("two that are open under one id in a session are told apart, and each gets its own answer")
    func collisions() async throws {
        let gate = HTTPServerGate()
        try await HTTPUpstreamTesting.running(
            Personality.legacy { request, reply in
                let id = (try? JSON(request.body))?["id"].map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
                gate.whenOpen {
                    reply.status(200, #"{"jsonrpc":"2.0","id":\#(id),"result":{"id":\#(id)}}"#)
                }
            }
        ) { testing in
            let names = RequestNames(id: .integer(7))
            let first = try testing.call(as: names).recorder
            try await testing.server.journal.waitFor("tools/call", count: 1)
            let second = try testing.call(as: names).recorder
            try await testing.server.journal.waitFor("tools/call", count: 2)
            gate.open()
            #expect(try await first.result == #"{"id":7}"#)
            #expect(try await second.result != #"{"id":7}"#)
            #expect(try await testing.call(as: names).recorder.result == #"{"id":7}"#)
        }
    }

    @Test("a call taken back is taken back under the id the server knows")
    func cancels() async throws {
        try await HTTPUpstreamTesting.running(Personality.legacy { _, reply in reply.beginEvents() }) { testing in
            let (recorder, cancellation) = try testing.call(as: RequestNames(id: .integer(12)))
            try await testing.server.journal.waitFor("tools/call", count: 1)
            cancellation.cancel()
            #expect(try await recorder.failure.kind == .cancelled)
            try await testing.server.journal.waitFor("notifications/cancelled", count: 1)
            #expect(testing.server.journal.requests.last?.params?["requestId"]?.int == 12)
        }
    }

    @Test("a legacy server is told its client's own name, and clients of other names have other sessions")
    func clientInfo() async throws {
        try await HTTPUpstreamTesting.running(Personality.legacy { $1.result("{}", to: $0) }) { testing in
            let infos = [#"{"name":"a","version":"1","title":"\u00e9"}"#, #"{"name":"b","version":"1"}"#]
            for info in infos + infos {
                let scope = UpstreamScope(principal: "alice", clientEra: .legacy, clientInfo: Array(info.utf8))
                _ = try await testing.call(for: scope).recorder.result
            }
            _ = try await testing.call(for: UpstreamScope(principal: "alice", clientEra: .legacy)).recorder.result
            let greetings = testing.server.journal.requests.filter { $0.rpcMethod == "initialize" }
            #expect(
                greetings.map { $0.params?["clientInfo"].map { String(decoding: $0.bytes, as: UTF8.self) } }
                    == infos + [String(decoding: HTTPUpstreamTesting.clientInfo, as: UTF8.self)])
        }
    }
}
