import Gateway
import GatewayStdio
import GatewayTesting
import MCPMessages
import NIOCore
import Testing
import WireJSON

/// What belongs to one connection: its open requests, its ids, the questions put to its client.
@Suite("Stdio conversations")
struct StdioConversationTests {
    @Test("a server's question is a line to the client, and its response comes back once")
    func question() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin(declaring: #"{"roots":{}}"#)
            piped.world.upstream.script { _ in }
            try await piped.send(StdioMessages.call("echo", id: "1") + "\n")
            let call = try await piped.world.upstream.calls.value { $0.count == 1 }[0]
            let answer = call.ask("roots/list", id: "77")
            #expect(try await piped.lines(2).last == #"{"jsonrpc":"2.0","id":1,"method":"roots/list","params":{}}"#)
            try await piped.send(#"{"jsonrpc":"2.0","id":1,"result":{"roots":[]}}"# + "\n")
            #expect(try await answer.value { $0 != nil } == #"result {"roots":[]}"#)
            // A second response, and one to nothing that was asked, change nothing and are not answered.
            for id in ["1", "2", "\"1\""] {
                try await piped.send(#"{"jsonrpc":"2.0","id":\#(id),"result":{"roots":[1]}}"# + "\n")
            }
            try await piped.send(StdioMessages.ping.replacing(#""id":1"#, with: #""id":9"#) + "\n")
            #expect(try await piped.lines(3).last == #"{"jsonrpc":"2.0","id":9,"result":{}}"#)
            call.answer(RecordedUpstream.emptyResult)
            #expect(try await piped.lines(4).count == 4)
        }
    }

    @Test("a client that closes its side is asked nothing more, and what it was asked is refused for it")
    func questionAfterEnd() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin(declaring: #"{"roots":{}}"#)
            piped.world.upstream.script { _ in }
            try await piped.send(StdioMessages.call("echo", id: "1") + "\n")
            let call = try await piped.world.upstream.calls.value { $0.count == 1 }[0]
            let answer = call.ask("roots/list", id: "77")
            _ = try await piped.lines(2)
            try await piped.endInput()
            #expect(try await answer.value { $0 != nil }?.contains("-32603") == true)
            let late = call.ask("roots/list", id: "78")
            #expect(try await late.value { $0 != nil }?.contains("-32603") == true)
            call.answer(RecordedUpstream.emptyResult)
            #expect(try await piped.output.value { $0.isClosed }.lines.count == 3)
        }
    }

    @Test("a client has no more requests open than its bound; the others go on")
    func tooMany() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            piped.world.upstream.script { _ in }
            let bound = GatewayLimits.openRequestsPerConversation
            try await piped.send((1...bound + 1).map { StdioMessages.call("echo", id: "\($0)") + "\n" }.joined())
            #expect(try await piped.lines(2).last?.contains(#""id":\#(bound + 1),"error""#) == true)
            let calls = piped.world.upstream.calls.value
            #expect(calls.count == bound)
            calls[0].answer(RecordedUpstream.emptyResult)
            _ = try await piped.lines(3)
            try await piped.send(StdioMessages.call("echo", id: "\(bound + 2)") + "\n")
            try await piped.world.upstream.calls.value { $0.count == bound + 1 }
        }
    }

    @Test("a client that is gone has taken everything back")
    func gone() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            piped.world.upstream.script { _ in }
            try await piped.send(
                StdioMessages.call("echo", id: "1") + "\n"
                    + StdioMessages.call("echo", id: "2", meta: StdioMessages.envelope) + "\n")
            let calls = try await piped.world.upstream.calls.value { $0.count == 2 }
            await piped.endpoint.close()
            for call in calls { try await call.isCancelled.value { $0 } }
        }
    }

    @Test("a request is taken back by its id, in either era")
    func cancelling() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            piped.world.upstream.script { _ in }
            try await piped.send(
                StdioMessages.call("echo", id: "1") + "\n"
                    + StdioMessages.call("echo", id: "\"1\"", meta: StdioMessages.envelope) + "\n")
            let calls = try await piped.world.upstream.calls.value { $0.count == 2 }
            func cancel(_ id: String) async throws {
                try await piped.send(
                    #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":\#(id)}}"# + "\n")
            }
            try await cancel("\"1\"")
            try await calls[1].isCancelled.value { $0 }
            #expect(calls[0].isCancelled.value == false)
            try await cancel("1")
            try await calls[0].isCancelled.value { $0 }
        }
    }

    @Test("a peer's line breaks do not break a line; notifications come before the answer")
    func notifications() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            piped.world.upstream.script { exchange in
                exchange.notify(
                    "notifications/progress",
                    params: "{\"progressToken\":\n\(exchange.progressToken ?? 0),\r\n\"progress\":1}")
                exchange.answer("{\"content\":\r\n[]}")
            }
            try await piped.send(StdioMessages.call("echo", id: "1", meta: #""progressToken":"p""#) + "\n")
            let lines = try await piped.lines(3)
            #expect(
                Array(lines.dropFirst()) == [
                    #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken": "p",  "progress":1}}"#,
                    #"{"jsonrpc":"2.0","id":1,"result":{"content":  []}}"#,
                ])
        }
    }

    @Test("what the server says outside any request comes through where the client hears everything")
    func outside() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            piped.world.line.heard(.changed(.tools), from: RunningLine.slug)
            #expect(try await piped.lines(2).last == #"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#)
        }
        try await PipedEndpoint.with(PipedEndpoint.setup(.everything)) { piped in
            try await piped.begin()
            let bytes = Array(
                #"{"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"a"}}"#.utf8)
            guard case .notification(let message) = try Message(try JSON(bytes)) else { return }
            piped.world.line.heard(.notification(message), from: RunningLine.slug)
            #expect(try await piped.lines(2).last.map { Array($0.utf8) } == bytes)
        }
    }

    @Test("ids in flight are told apart and answered to whom they belong")
    func ids() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            piped.world.upstream.script { _ in }
            try await piped.send(
                ["1", "\"1\"", "\"a\"", "1"].map { StdioMessages.call("echo", id: $0) + "\n" }.joined())
            let calls = try await piped.world.upstream.calls.value { $0.count == 3 }
            #expect(try await piped.lines(2).last?.contains("already in use") == true)
            for call in calls.reversed() {
                call.answer(#"{"content":[{"type":"text","text":"\#(call.progressToken ?? 0)"}]}"#)
            }
            let ids = try await piped.lines(5).dropFirst(2).map {
                try JSON(Array($0.utf8))["id"].map { text($0.bytes) }
            }
            #expect(ids == ["\"a\"", "\"1\"", "1"])
            #expect(piped.world.upstream.calls.value.count == 3)
        }
    }

    private func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
