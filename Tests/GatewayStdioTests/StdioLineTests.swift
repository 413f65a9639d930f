import Gateway
import GatewayStdio
import GatewayTesting
import NIOCore
import Testing
import WireJSON

/// One message a line, in and out (MCP, "stdio"; hostile A16).
@Suite("Stdio lines")
struct StdioLineTests {
    @Test("a line is answered by a line, wherever the pipe divides it")
    func everySplit() async throws {
        let line = Array((StdioMessages.ping + "\n").utf8)
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            for cut in 0...line.count {
                if cut > 0 { try await piped.send(line[..<cut]) }
                if cut < line.count { try await piped.send(line[cut...]) }
                let lines = try await piped.lines(cut + 2)
                #expect(lines.count == cut + 2 && lines.last == StdioMessages.pong, "cut at \(cut)")
            }
        }
    }

    @Test("many lines in one piece, blank ones and carriage returns between them")
    func together() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            try await piped.send(
                "\n\r\n \t\n" + StdioMessages.ping + "\r\n\n" + StdioMessages.ping + "\n"
                    + StdioMessages.call("drop", id: "2") + "\n")
            let lines = try await piped.lines(4)
            #expect(lines.count == 4 && lines[1...2].allSatisfy { $0 == StdioMessages.pong })
            #expect(lines[3].hasPrefix(#"{"jsonrpc":"2.0","id":2,"result":{"content":"#))
        }
    }

    static let malformed = [
        ("{", -32700), ("nonsense", -32700), ("\u{FEFF}" + StdioMessages.ping, -32700),
        (StdioMessages.ping + StdioMessages.ping, -32700), ("[\(StdioMessages.ping)]", -32600),
        ("1", -32600),
        (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","name":"evil"}}"#, -32700),
        (#"{"jsonrpc":"2.0","method":"tools/call","params":{"name":"echo"}}"#, -32600), ("\0", -32700),
    ]

    @Test("a line that is no message is answered so, and the conversation goes on", arguments: malformed)
    func refuses(_ line: String, _ code: Int) async throws {
        let audit = try await PipedEndpoint.with { piped in
            try await piped.begin()
            try await piped.send(line + "\n" + StdioMessages.ping + "\n")
            let lines = try await piped.lines(3)
            #expect(lines.count == 3 && lines.last == StdioMessages.pong)
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
            try await piped.send("\n" + StdioMessages.ping + "\n")
            let lines = try await piped.lines(3)
            #expect(lines.count == 3 && lines.last == StdioMessages.pong)
            let error = #"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"the line is too long"}}"#
            #expect(lines[1] == error)
        }
        #expect(audit.map { $0["reason"]?.string } == ["body too large"])
    }

    @Test("a line exactly as long as the bound is read")
    func longest() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            let empty = StdioMessages.call("echo", id: "5", #"{"a":""}"#)
            let filler = String(repeating: "x", count: GatewayLimits.requestBytes - empty.utf8.count)
            try await piped.send(StdioMessages.call("echo", id: "5", #"{"a":"\#(filler)"}"#) + "\n")
            #expect(try await piped.lines(2).last == #"{"jsonrpc":"2.0","id":5,"result":{"content":[]}}"#)
            try await piped.send(StdioMessages.call("echo", id: "6", #"{"a":"\#(filler)x"}"#) + "\n")
            #expect(try await piped.lines(3).last?.contains("too long") == true)
        }
    }

    @Test("a line that the end of input cuts off is no message")
    func cutOff() async throws {
        let audit = try await PipedEndpoint.with { piped in
            try await piped.begin()
            try await piped.send(StdioMessages.call("echo", id: "1"))
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
}
