import Fetching
import Gateway
import MCPMessages
import NIOCore
import NIOPosix
import Testing
import WireJSON

@testable import Upstreams

/// Servers that do not answer, or not what was asked: one failure each, of the kind that says what happened.
@Suite("Trouble over HTTP", .timeLimit(.minutes(2)))
struct HTTPTroubleTests {
    typealias Personality = HTTPServerPersonality

    struct Misbehaviour: Sendable, CustomTestStringConvertible {
        var name: String
        var kind: UpstreamFailure.Kind
        /// Whether the connection can carry another call.
        var keepsConnection = false
        var answer: ScriptedHTTPServer.Script
        var testDescription: String { "\(name) is \(kind)" }
    }

    static let json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

    static let misbehaviours: [Misbehaviour] = [
        Misbehaviour(name: "no HTTP", kind: .unreadable) { $1.raw("SSH-2.0-OpenSSH_9.2\r\n") },
        Misbehaviour(name: "CL and TE", kind: .unreadable) {
            $1.raw("\(json)Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}")
        },
        Misbehaviour(name: "two lengths", kind: .unreadable) {
            $1.raw("\(json)Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}")
        },
        Misbehaviour(name: "a folded field", kind: .unreadable) {
            $1.raw("\(json) folded\r\nContent-Length: 2\r\n\r\n{}")
        },
        Misbehaviour(name: "a bare line feed", kind: .unreadable) {
            $1.raw("HTTP/1.1 200 OK\nContent-Length: 2\n\n{}")
        },
        Misbehaviour(name: "no JSON", kind: .unreadable, keepsConnection: true) { $1.status(200, "<html>") },
        Misbehaviour(name: "JSON cut short", kind: .unreadable, keepsConnection: true) {
            $1.status(200, #"{"jsonrpc":"2.0","#)
        },
        Misbehaviour(name: "a duplicate key", kind: .unreadable, keepsConnection: true) {
            $1.status(200, #"{"jsonrpc":"2.0","id":\#($0.rpcID ?? 0),"result":{"a":1,"a":2}}"#)
        },
        Misbehaviour(name: "result and error", kind: .unreadable, keepsConnection: true) {
            $1.status(200, #"{"jsonrpc":"2.0","id":\#($0.rpcID ?? 0),"result":{},"error":{"code":1,"message":""}}"#)
        },
        Misbehaviour(name: "a batch", kind: .unreadable, keepsConnection: true) {
            $1.status(200, #"[{"jsonrpc":"2.0","id":\#($0.rpcID ?? 0),"result":{}}]"#)
        },
        Misbehaviour(name: "another's id", kind: .unreadable, keepsConnection: true) {
            $1.status(200, #"{"jsonrpc":"2.0","id":\#(($0.rpcID ?? 0) + 1),"result":{}}"#)
        },
        Misbehaviour(name: "our id as a text", kind: .unreadable, keepsConnection: true) {
            $1.status(200, #"{"jsonrpc":"2.0","id":"\#($0.rpcID ?? 0)","result":{}}"#)
        },
        Misbehaviour(name: "a request as the answer", kind: .unreadable, keepsConnection: true) {
            $1.status(200, #"{"jsonrpc":"2.0","id":\#($0.rpcID ?? 0),"method":"ping"}"#)
        },
        Misbehaviour(name: "an empty body", kind: .unreadable, keepsConnection: true) { $1.status(200) },
        Misbehaviour(name: "202 to a request", kind: .unreadable, keepsConnection: true) { $1.accepted() },
        Misbehaviour(name: "204 to a request", kind: .unreadable, keepsConnection: true) {
            $1.raw("HTTP/1.1 204 No Content\r\n\r\n")
        },
        Misbehaviour(name: "another type", kind: .unreadable) { $1.status(200, "hello", type: "text/html") },
        Misbehaviour(name: "no type", kind: .unreadable) { $1.status(200, "{}", type: nil) },
        Misbehaviour(name: "two types", kind: .unreadable) {
            $1.status(200, "{}", headers: "Content-Type: text/event-stream\r\n")
        },
        Misbehaviour(name: "gzip", kind: .unreadable) { $1.status(200, "{}", headers: "Content-Encoding: gzip\r\n") },
        Misbehaviour(name: "events that are no JSON", kind: .unreadable) {
            $1.beginEvents()
            $1.event("hello")
        },
        Misbehaviour(name: "an event with another's id", kind: .unreadable) {
            $1.beginEvents()
            $1.event(#"{"jsonrpc":"2.0","id":0,"result":{}}"#)
        },
        Misbehaviour(name: "a stream without the answer", kind: .closed, keepsConnection: true) {
            $1.beginEvents()
            $1.endEvents()
        },
        Misbehaviour(name: "a close before a byte", kind: .closed) { $1.close() },
        Misbehaviour(name: "a close in the head", kind: .closed) {
            $1.raw("HTTP/1.1 200 OK\r\nContent-")
            $1.close()
        },
        Misbehaviour(name: "a close in the body", kind: .closed) {
            $1.raw("\(json)Content-Length: 100\r\n\r\n{")
            $1.close()
        },
        Misbehaviour(name: "a close in a chunk", kind: .closed) {
            $1.raw("\(json)Transfer-Encoding: chunked\r\n\r\n10\r\n{")
            $1.close()
        },
        Misbehaviour(name: "a length over the bound", kind: .tooLarge) {
            $1.raw("\(json)Content-Length: 16777217\r\n\r\n{")
        },
        Misbehaviour(name: "a body over the bound", kind: .tooLarge) { _, reply in
            reply.raw("\(json)\r\n\"")
            let piece = String(repeating: "a", count: 1 << 20)
            for _ in 0..<17 { reply.raw(piece) }
        },
        Misbehaviour(name: "an event over the bound", kind: .tooLarge) { _, reply in
            reply.raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: \"")
            let piece = String(repeating: "a", count: 1 << 20)
            for _ in 0..<17 { reply.raw(piece) }
        },
        Misbehaviour(name: "301", kind: .redirected, keepsConnection: true) {
            $1.status(301, headers: "Location: http://169.254.169.254/\r\n")
        },
        Misbehaviour(name: "307", kind: .redirected, keepsConnection: true) {
            $1.status(307, headers: "Location: /other\r\n")
        },
        Misbehaviour(name: "401", kind: .refused, keepsConnection: true) {
            $1.status(401, headers: "WWW-Authenticate: Bearer resource_metadata=\"http://evil.example\"\r\n")
        },
        Misbehaviour(name: "401 with an error for our id", kind: .refused, keepsConnection: true) {
            $1.error(-32001, status: 401, to: $0)
        },
        Misbehaviour(name: "403", kind: .refused, keepsConnection: true) { $1.status(403, "no", type: "text/plain") },
        Misbehaviour(name: "404", kind: .refused, keepsConnection: true) { $1.status(404, "no", type: "text/plain") },
        Misbehaviour(name: "500 with a page", kind: .refused, keepsConnection: true) {
            $1.status(500, "<html>", type: "text/html")
        },
        Misbehaviour(name: "500 with a result", kind: .refused, keepsConnection: true) {
            $1.status(500, #"{"jsonrpc":"2.0","id":\#($0.rpcID ?? 0),"result":{}}"#)
        },
        Misbehaviour(name: "503 with a large page", kind: .refused) {
            $1.status(503, String(repeating: "a", count: 100_000), type: "text/html")
        },
        Misbehaviour(name: "400 with a nameless error", kind: .refused, keepsConnection: true) {
            _ = $0
            $1.status(400, #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse"}}"#)
        },
    ]

    @Test("an answer that is none fails the call, which is not sent again", arguments: misbehaviours)
    func fails(_ given: Misbehaviour) async throws {
        try await HTTPUpstreamTesting.running(
            Personality.modern { request, reply in
                if request.params?["name"]?.string == "good" {
                    reply.result("{}", to: request)
                } else {
                    given.answer(request, reply)
                }
            }
        ) { testing in
            let loop = HTTPUpstreamTesting.group.next()
            func call(_ name: String) async throws -> HTTPAnswerRecorder {
                let recorder = HTTPAnswerRecorder()
                let question = try HTTPUpstreamTesting.question(name)
                let upstream = testing.upstream
                try await loop.submit { _ = upstream.ask(question, within: .seconds(50), recorder) }.get()
                return recorder
            }
            let failure = try await call("bad").failure
            #expect(failure.kind == given.kind)
            #expect(!failure.wroteNothing)
            #expect(testing.server.journal.requests.count { $0.params?["name"]?.string == "bad" } == 1)
            #expect(!testing.server.journal.requests.contains { $0.uri != "/mcp" })
            // The upstream is none the worse.
            #expect(try await call("good").result == "{}")
            #expect((testing.server.journal.connections == 1) == given.keepsConnection)
        }
    }

    @Test("a server that is not there is unreachable, and nothing was written")
    func failsUnreachable() async throws {
        let port = try await ScriptedHTTPServer.serving({ _, _ in }) { $0.port }
        try await Self.unreachable("http://127.0.0.1:\(port)/mcp", kind: .unreachable)
    }

    @Test("a name that does not resolve is unreachable")
    func failsUnresolvable() async throws {
        try await Self.unreachable("http://no-such-host.invalid/mcp", kind: .unreachable)
    }

    /// Hostile inputs 65: the address that is connected to is judged, whatever it was written as.
    @Test(
        "an address out of a document that leads to a private network is refused",
        arguments: [
            "127.0.0.1", "localhost", "0x7f.1", "2130706433", "127.1", "[::1]", "[::ffff:7f00:1]", "0.0.0.0", "0",
        ])
    func refusesPrivateAddresses(_ host: String) async throws {
        try await ScriptedHTTPServer.serving({ _, reply in reply.status(200) }) { server in
            try await Self.unreachable(
                "http://\(host):\(server.port)/mcp", isOperatorTyped: false, kind: .addressRefused)
            #expect(server.journal.connections == 0)
        }
    }

    private static func unreachable(
        _ url: String, isOperatorTyped: Bool = true, kind: UpstreamFailure.Kind
    ) async throws {
        let address = try UpstreamAddress(url, isOperatorTyped: isOperatorTyped)
        let configuration = HTTPUpstream.Configuration(address: address, clientInfo: HTTPUpstreamTesting.clientInfo)
        let upstream = try HTTPUpstream(configuration, on: HTTPUpstreamTesting.group) { _ in }
        let recorder = HTTPAnswerRecorder()
        _ = upstream.ask(try HTTPUpstreamTesting.question("echo"), within: .seconds(10), recorder)
        let failure = try await recorder.failure
        #expect(failure.kind == kind)
        #expect(failure.wroteNothing)
        await upstream.shutDown()
    }

    @Test("a name an operator typed may lead to loopback")
    func permitsTypedAddresses() async throws {
        try await ScriptedHTTPServer.serving(Personality.modern { $1.result("{}", to: $0) }) { server in
            let address = try UpstreamAddress("http://localhost:\(server.port)/mcp", isOperatorTyped: true)
            let configuration = HTTPUpstream.Configuration(address: address, clientInfo: HTTPUpstreamTesting.clientInfo)
            let upstream = try HTTPUpstream(configuration, on: HTTPUpstreamTesting.group) { _ in }
            let recorder = HTTPAnswerRecorder()
            _ = upstream.ask(try HTTPUpstreamTesting.question("echo"), within: .seconds(10), recorder)
            #expect(try await recorder.result == "{}")
            await upstream.shutDown()
        }
    }

    @Test("an answer that does not come is waited for as long as was said, and the server told")
    func timesOut() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.legacy { request, reply in if request.rpcID == nil { reply.accepted() } },
            configure: { $0.timeouts.call = .seconds(1) }
        ) { testing in
            _ = try await testing.describe().get()
            let recorder = try testing.call().recorder
            #expect(try await recorder.failure.kind == .timedOut)
            try await testing.server.journal.waitFor("notifications/cancelled")
            let requests = testing.server.journal.requests
            let cancelled = try #require(requests.last { $0.rpcMethod == "notifications/cancelled" })
            #expect(cancelled.params?["requestId"]?.int == requests.last { $0.rpcMethod == "tools/call" }?.rpcID)
        }
    }

    @Test("a handshake that is not answered fails in its own time, and the call was not sent")
    func timesOutTheHandshake() async throws {
        try await HTTPUpstreamTesting.running({ _, _ in }, configure: { $0.timeouts.start = .milliseconds(300) }) {
            testing in
            let failure = try await testing.call().recorder.failure
            #expect(failure.kind == .timedOut)
            #expect(failure.wroteNothing)
        }
    }

    @Test("404 for the probe may be a modern server's, which a refused initialize shows")
    func recognisesModernServersWithoutDiscovery() async throws {
        try await HTTPUpstreamTesting.running({ request, reply in
            if request.rpcMethod == "tools/call" {
                reply.result("{}", to: request)
            } else {
                reply.error(-32601, status: 404, to: request)
            }
        }) { testing in
            let recorder = try testing.call().recorder
            #expect(try await recorder.result == "{}")
            #expect(testing.server.journal.methods == ["server/discover", "initialize", "tools/call"])
            guard case .failure(let failure) = await testing.describe() else {
                Issue.record("described")
                return
            }
            #expect(failure.kind == .unsupported)
        }
    }
}
