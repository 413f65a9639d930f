import Gateway
import MCPMessages
import NIOCore
import NIOPosix
import Synchronization
import Testing
import WireJSON

@testable import Upstreams

/// Which connection a request goes out on, how many there are, and what becomes of them.
@Suite("Connections over HTTP", .timeLimit(.minutes(1)))
struct HTTPConnectionTests {
    typealias Personality = HTTPServerPersonality

    /// Calls from one loop, so from one pool.
    private static func call(
        _ testing: HTTPUpstreamTesting, _ count: Int = 1, on loop: any EventLoop
    ) async throws -> [HTTPAnswerRecorder] {
        let recorders = (0..<count).map { _ in HTTPAnswerRecorder() }
        let question = try HTTPUpstreamTesting.question("echo")
        let upstream = testing.upstream
        try await loop.submit {
            for recorder in recorders { _ = upstream.ask(question, within: .seconds(20), recorder) }
        }.get()
        return recorders
    }

    @Test("connections are bounded, requests wait for them, and too many waiting are turned away unsent")
    func boundsConnections() async throws {
        let gate = HTTPServerGate()
        let loop = HTTPUpstreamTesting.group.next()
        try await HTTPUpstreamTesting.running(
            Personality.modern { request, reply in gate.whenOpen { reply.result("{}", to: request) } }, on: loop,
            configure: {
                $0.limits.connectionsPerLoop = 3
                $0.limits.waitingPerLoop = 5
            }
        ) { testing in
            _ = try await testing.describe().get()
            let recorders = try await Self.call(testing, 20, on: loop)
            try await testing.server.journal.waitFor("tools/call", count: 3)
            gate.open()
            var answered = 0
            var busy = 0
            for recorder in recorders {
                switch await recorder.end {
                case .answered: answered += 1
                case .failed(let failure):
                    #expect(failure.kind == .busy)
                    #expect(failure.wroteNothing)
                    busy += 1
                }
            }
            #expect(answered == 3 + 5)
            #expect(busy == 12)
            #expect(testing.server.journal.requests.count { $0.rpcMethod == "tools/call" } == answered)
            #expect(testing.server.journal.connections == 3)
        }
    }

    @Test("a connection a server closed while idle is not used for the next call")
    func noticesIdleCloses() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        try await HTTPUpstreamTesting.running(Personality.modern { $1.result("{}", to: $0) }, on: group) { testing in
            let loop = group.next()
            for round in 1...20 {
                let recorder = try await Self.call(testing, on: loop)[0]
                #expect(try await recorder.result == "{}", "round \(round)")
                await testing.server.closeConnections()
                // A turn of a loop that does nothing else, in which it looks at its sockets.
                try await loop.scheduleTask(in: .milliseconds(1)) {}.futureResult.get()
            }
            #expect(testing.server.journal.requests.count { $0.rpcMethod == "tools/call" } == 20)
        }
        try await group.shutdownGracefully()
    }

    @Test("a response nobody asked for ends its connection and reaches nobody")
    func refusesUnsolicitedResponses() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.modern { request, reply in
                let body = #"{"jsonrpc":"2.0","id":\#(request.rpcID ?? 0),"result":{}}"#
                let next = #"{"jsonrpc":"2.0","id":\#((request.rpcID ?? 0) + 1),"result":{"forged":true}}"#
                let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                reply.raw("\(head)\(body.utf8.count)\r\n\r\n\(body)\(head)\(next.utf8.count)\r\n\r\n\(next)")
            }
        ) { testing in
            let loop = HTTPUpstreamTesting.group.next()
            for _ in 0..<5 {
                let recorder = try await Self.call(testing, on: loop)[0]
                #expect(try await recorder.result == "{}")
            }
            #expect(Set(testing.server.journal.requests.dropFirst().map(\.connection)).count == 5)
        }
    }

    @Test("a server's word that it closes is taken, and its time for idle connections kept")
    func takesServersWord() async throws {
        for headers in ["Connection: close\r\n", "Keep-Alive: timeout=1\r\n"] {
            try await HTTPUpstreamTesting.running(
                Personality.modern { $1.result("{}", to: $0, headers: headers) }
            ) { testing in
                let loop = HTTPUpstreamTesting.group.next()
                for _ in 0..<3 { _ = try await Self.call(testing, on: loop)[0].result }
                #expect(Set(testing.server.journal.requests.dropFirst().map(\.connection)).count == 3)
            }
        }
    }

    @Test("an idle connection is closed after its time")
    func closesIdleConnections() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.modern { $1.result("{}", to: $0) }, configure: { $0.limits.idle = .milliseconds(300) }
        ) { testing in
            _ = try await testing.describe().get()
            let probe = try #require(testing.server.journal.requests.first)
            try await testing.server.journal.waitForClose(of: probe.connection)
        }
    }

    @Test("an answer divided anywhere is the same answer")
    func readsDividedAnswers() async throws {
        let place = Mutex(0)
        let text = Mutex("")
        try await HTTPUpstreamTesting.running(
            Personality.modern { request, reply in
                let body = #"{"jsonrpc":"2.0","id":\#(request.rpcID ?? 0),"result":{"é":"ü"}}"#
                let whole = Array(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
                        .utf8)
                text.withLock { $0 = String(decoding: whole, as: UTF8.self) }
                let split = min(place.withLock { $0 }, whole.count)
                reply.channel.writeAndFlush(ByteBuffer(bytes: whole[..<split])).whenComplete { _ in
                    reply.channel.eventLoop.scheduleTask(in: .milliseconds(1)) {
                        reply.channel.writeAndFlush(ByteBuffer(bytes: whole[split...]), promise: nil)
                    }
                }
            }
        ) { testing in
            let loop = HTTPUpstreamTesting.group.next()
            for split in 0..<170 {
                place.withLock { $0 = split }
                let recorder = try await Self.call(testing, on: loop)[0]
                #expect(try await recorder.result == #"{"é":"ü"}"#, "split at \(split)")
            }
        }
    }

    @Test("large requests and large answers pass whole")
    func passesLargeMessages() async throws {
        let text = String(repeating: "0123456789abcdef", count: 200_000)
        try await HTTPUpstreamTesting.running(
            Personality.modern { request, reply in
                let argument = request.params?["arguments"].map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
                reply.result(#"{"echo":\#(argument)}"#, to: request)
            }
        ) { testing in
            let recorder = try testing.call(arguments: #"{"text":"\#(text)"}"#).recorder
            #expect(try await recorder.result == #"{"echo":{"text":"\#(text)"}}"#)
        }
    }
}
