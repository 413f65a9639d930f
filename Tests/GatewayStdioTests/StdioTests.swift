import Gateway
import GatewayStdio
import GatewayTesting
import MCPMessages
import NIOCore
import PolicyEngine
import Testing
import WireJSON

/// One message a line, in and out (MCP, "stdio"; hostile A16).
@Suite("Stdio")
struct StdioTests {
    private static let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
    private static let pong = #"{"jsonrpc":"2.0","id":1,"result":{}}"#

    private static func call(_ tool: String, id: String, _ arguments: String = "{}", meta: String? = nil) -> String {
        let meta = meta.map { ",\"_meta\":{\($0)}" } ?? ""
        return
            #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)\#(meta)}}"#
    }

    private static let envelope = """
        "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}
        """

    @Test("a line is answered by a line, wherever the pipe divides it")
    func everySplit() async throws {
        let line = Array((Self.ping + "\n").utf8)
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            for cut in 0...line.count {
                if cut > 0 { try await piped.send(line[..<cut]) }
                if cut < line.count { try await piped.send(line[cut...]) }
                let lines = try await piped.lines(cut + 2)
                #expect(lines.count == cut + 2 && lines.last == Self.pong, "cut at \(cut)")
            }
        }
    }

    @Test("many lines in one piece, blank ones and carriage returns between them")
    func together() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            try await piped.send(
                "\n\r\n \t\n" + Self.ping + "\r\n\n" + Self.ping + "\n" + Self.call("drop", id: "2") + "\n")
            let lines = try await piped.lines(4)
            #expect(lines.count == 4 && lines[1...2].allSatisfy { $0 == Self.pong })
            #expect(lines[3].hasPrefix(#"{"jsonrpc":"2.0","id":2,"result":{"content":"#))
        }
    }

    static let malformed = [
        ("{", -32700), ("nonsense", -32700), ("\u{FEFF}" + ping, -32700), (ping + ping, -32700), ("[\(ping)]", -32600),
        ("1", -32600),
        (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","name":"evil"}}"#, -32700),
        (#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"echo"}}"#, -32600), ("\0", -32700),
    ]

    @Test("a line that is no message is answered so, and the conversation goes on", arguments: malformed)
    func refuses(_ line: String, _ code: Int) async throws {
        let audit = try await PipedEndpoint.with { piped in
            try await piped.begin()
            try await piped.send(line + "\n" + Self.ping + "\n")
            let lines = try await piped.lines(3)
            #expect(lines.count == 3 && lines.last == Self.pong)
            #expect(try JSON(Array(lines[1].utf8))["error"]?["code"]?.int == code)
            #expect(piped.world.upstream.calls.value.isEmpty)
        }
        #expect(audit.count == 1)
    }

    @Test("a line over the bound is answered once, not kept, and the next one is read")
    func tooLong() async throws {
        let audit = try await PipedEndpoint.with { piped in
            try await piped.begin()
            let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
            for _ in 0..<9 { try await piped.send(piece) }
            #expect(piped.output.value.lines.count == 1)
            try await piped.send("\n" + Self.ping + "\n")
            let lines = try await piped.lines(3)
            #expect(lines.count == 3 && lines.last == Self.pong)
            let error = #"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"the line is too long"}}"#
            #expect(lines[1] == error)
        }
        #expect(audit.map { $0["reason"]?.string } == ["body too large"])
    }

    @Test("a line exactly as long as the bound is read")
    func longest() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            let empty = Self.call("echo", id: "5", #"{"a":""}"#)
            let filler = String(repeating: "x", count: GatewayLimits.requestBytes - empty.utf8.count)
            try await piped.send(Self.call("echo", id: "5", #"{"a":"\#(filler)"}"#) + "\n")
            #expect(try await piped.lines(2).last == #"{"jsonrpc":"2.0","id":5,"result":{"content":[]}}"#)
            try await piped.send(Self.call("echo", id: "6", #"{"a":"\#(filler)x"}"#) + "\n")
            #expect(try await piped.lines(3).last?.contains("too long") == true)
        }
    }

    @Test("a client that closes its side still gets the answers under way, then the endpoint ends")
    func halfClose() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            piped.world.upstream.script { _ in }
            try await piped.send(Self.call("echo", id: "1") + "\n" + Self.call("echo", id: "2") + "\n")
            let calls = try await piped.world.upstream.calls.value { $0.count == 2 }
            try await piped.endInput()
            calls[1].answer(RecordedUpstream.emptyResult)
            #expect(try await piped.lines(2).count == 2)
            #expect(!piped.output.value.isClosed && !calls[0].isCancelled.value)
            calls[0].answer(RecordedUpstream.emptyResult)
            try await piped.output.value { $0.isClosed }
            #expect(piped.output.value.lines.count == 3)
            try await piped.endpoint.run()
        }
    }

    @Test("a large answer is written whole, also to a client that has closed its side")
    func largeAnswer() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            piped.world.upstream.script { _ in }
            try await piped.send(Self.call("echo", id: "1") + "\n")
            let calls = try await piped.world.upstream.calls.value { $0.count == 1 }
            try await piped.endInput()
            let text = String(repeating: "0123456789abcdef", count: 1 << 17)
            calls[0].answer(#"{"content":[{"type":"text","text":"\#(text)"}]}"#)
            let output = try await piped.output.value { $0.isClosed }
            #expect(output.lines.count == 2 && output.lines.last?.contains(text) == true)
        }
    }

    @Test("a client that reads late is asked for no more meanwhile, and then gets everything in order")
    func readingLate() async throws {
        try await PipedEndpoint.with(isReading: false) { piped in
            let count = 5000
            let pings = (1...count).map { #"{"jsonrpc":"2.0","id":\#($0),"method":"ping"}"# + "\n" }.joined()
            let start =
                #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"# + "\n"
            piped.client.writeAndFlush(ByteBuffer(string: start + pings), promise: nil)
            try await piped.client.setOption(.autoRead, value: true).get()
            let lines = try await piped.lines(count + 1)
            #expect(lines.count == count + 1)
            #expect(lines.last == #"{"jsonrpc":"2.0","id":\#(count),"result":{}}"#)
        }
    }

    @Test("a client that never reads is cut off before its answers fill the memory")
    func neverReading() async throws {
        try await PipedEndpoint.with(isReading: false, unreadBytes: 200_000) { piped in
            let start =
                #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"# + "\n"
            piped.world.upstream.script { _ in }
            try await piped.send(start + Self.call("echo", id: "1") + "\n")
            let call = try await piped.world.upstream.calls.value { $0.count == 1 }[0]
            let filler = String(repeating: "x", count: 50_000)
            try await eventually {
                call.notify("notifications/message", params: #"{"level":"info","data":"\#(filler)"}"#)
                return call.isCancelled.value
            }
        }
    }

    @Test("a line that the end of input cuts off is no message")
    func cutOff() async throws {
        let audit = try await PipedEndpoint.with { piped in
            try await piped.begin()
            try await piped.send(Self.call("echo", id: "1"))
            try await piped.endInput()
            let output = try await piped.output.value { $0.isClosed }
            #expect(output.lines.count == 1 && piped.world.upstream.calls.value.isEmpty)
        }
        #expect(audit.map { $0["reason"]?.string } == ["malformed JSON"])
    }

    @Test("a line over the bound that the end of input cuts off is noted as that, blanks are not noted")
    func cutOffLong() async throws {
        let long = try await PipedEndpoint.with { piped in
            try await piped.begin()
            let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
            for _ in 0..<9 { try await piped.send(piece) }
            try await piped.endInput()
            try await piped.output.value { $0.isClosed }
        }
        #expect(long.map { $0["reason"]?.string } == ["body too large"])
        let blank = try await PipedEndpoint.with { piped in
            try await piped.begin()
            try await piped.send(" \t\r")
            try await piped.endInput()
            try await piped.output.value { $0.isClosed }
        }
        #expect(blank.isEmpty)
    }

    @Test("a server's question is a line to the client, and its response comes back once")
    func question() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin(declaring: #"{"roots":{}}"#)
            piped.world.upstream.script { _ in }
            try await piped.send(Self.call("echo", id: "1") + "\n")
            let call = try await piped.world.upstream.calls.value { $0.count == 1 }[0]
            let answer = call.ask("roots/list", id: "77")
            #expect(try await piped.lines(2).last == #"{"jsonrpc":"2.0","id":1,"method":"roots/list","params":{}}"#)
            try await piped.send(#"{"jsonrpc":"2.0","id":1,"result":{"roots":[]}}"# + "\n")
            #expect(try await answer.value { $0 != nil } == #"result {"roots":[]}"#)
            // A second response, and one to nothing that was asked, change nothing and are not answered.
            for id in ["1", "2", "\"1\""] {
                try await piped.send(#"{"jsonrpc":"2.0","id":\#(id),"result":{"roots":[1]}}"# + "\n")
            }
            try await piped.send(Self.ping.replacing(#""id":1"#, with: #""id":9"#) + "\n")
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
            try await piped.send(Self.call("echo", id: "1") + "\n")
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
            try await piped.send((1...bound + 1).map { Self.call("echo", id: "\($0)") + "\n" }.joined())
            #expect(try await piped.lines(2).last?.contains(#""id":\#(bound + 1),"error""#) == true)
            let calls = piped.world.upstream.calls.value
            #expect(calls.count == bound)
            calls[0].answer(RecordedUpstream.emptyResult)
            _ = try await piped.lines(3)
            try await piped.send(Self.call("echo", id: "\(bound + 2)") + "\n")
            try await piped.world.upstream.calls.value { $0.count == bound + 1 }
        }
    }

    @Test("a client that is gone has taken everything back")
    func gone() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            piped.world.upstream.script { _ in }
            try await piped.send(
                Self.call("echo", id: "1") + "\n" + Self.call("echo", id: "2", meta: Self.envelope) + "\n")
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
                Self.call("echo", id: "1") + "\n" + Self.call("echo", id: "\"1\"", meta: Self.envelope) + "\n")
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
            try await piped.send(Self.call("echo", id: "1", meta: #""progressToken":"p""#) + "\n")
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
            try await piped.send(["1", "\"1\"", "\"a\"", "1"].map { Self.call("echo", id: $0) + "\n" }.joined())
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
