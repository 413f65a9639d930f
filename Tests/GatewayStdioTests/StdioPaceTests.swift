import Gateway
import GatewayStdio
import GatewayTesting
import NIOCore
import Testing
import WireJSON

/// How fast a client reads, and how it ends.
@Suite("Stdio pace and ends")
struct StdioPaceTests {
    @Test("a client that closes its side still gets the answers under way, then the endpoint ends")
    func halfClose() async throws {
        try await PipedEndpoint.with { piped in
            try await piped.begin()
            piped.world.upstream.script { _ in }
            try await piped.send(
                StdioMessages.call("echo", id: "1") + "\n" + StdioMessages.call("echo", id: "2") + "\n")
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
            try await piped.send(StdioMessages.call("echo", id: "1") + "\n")
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
            try await piped.send(start + StdioMessages.call("echo", id: "1") + "\n")
            let call = try await piped.world.upstream.calls.value { $0.count == 1 }[0]
            let filler = String(repeating: "x", count: 50_000)
            try await eventually {
                call.notify("notifications/message", params: #"{"level":"info","data":"\#(filler)"}"#)
                return call.isCancelled.value
            }
        }
    }

    @Test("asked to stop, it takes nothing new, ends what is only listened to and lets calls come to their answers")
    func stopping() async throws {
        try await PipedEndpoint.with(drain: .seconds(30)) { piped in
            try await piped.begin()
            piped.world.upstream.script { _ in }
            try await piped.send(
                StdioMessages.call("echo", id: "1") + "\n"
                    + #"{"jsonrpc":"2.0","id":"l","method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},"_meta":{\#(StdioMessages.envelope)}}}"#
                    + "\n")
            let call = try await piped.world.upstream.calls.value { $0.count == 1 }[0]
            _ = try await piped.lines(2)
            async let stopped: Void = piped.endpoint.close()
            #expect(try await piped.lines(3).last?.contains(#""id":"l","result""#) == true)
            try await piped.send(StdioMessages.call("echo", id: "2") + "\n")
            call.answer(RecordedUpstream.emptyResult)
            let output = try await piped.output.value { $0.isClosed }
            #expect(output.lines.last?.contains(#""id":1,"result""#) == true && output.lines.count == 4)
            #expect(piped.world.upstream.calls.value.count == 1)
            await stopped
        }
    }

    @Test("asked to stop, it waits only so long for what is under way")
    func draining() async throws {
        try await PipedEndpoint.with(drain: .milliseconds(50)) { piped in
            try await piped.begin()
            piped.world.upstream.script { _ in }
            try await piped.send(StdioMessages.call("echo", id: "1") + "\n")
            let call = try await piped.world.upstream.calls.value { $0.count == 1 }[0]
            await piped.endpoint.close()
            try await call.isCancelled.value { $0 }
        }
    }
}
