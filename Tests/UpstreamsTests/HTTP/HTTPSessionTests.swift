import Gateway
import MCPMessages
import Synchronization
import Testing
import WireJSON

@testable import Upstreams

/// Conversations with legacy servers: whose they are, how they are replaced, what else is said in them, how they end.
@Suite("Legacy sessions over HTTP", .timeLimit(.minutes(1)))
struct HTTPSessionTests {
    typealias Personality = HTTPServerPersonality

    @Test("a legacy session is held for one principal, opened once however many calls wait for it")
    func keepsSessionsApart() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.legacy { request, reply in
                reply.result(#"{"session":"\#(request.header("mcp-session-id")[0])"}"#, to: request)
            }
        ) { testing in
            var results: [String: Set<String>] = [:]
            var recorders: [(String, HTTPAnswerRecorder)] = []
            for index in 0..<30 {
                let principal = "principal-\(index % 3)"
                let scope = UpstreamScope(principal: principal, clientEra: .modern)
                recorders.append((principal, try testing.call(for: scope).recorder))
            }
            for (principal, recorder) in recorders { results[principal, default: []].insert(try await recorder.result) }
            #expect(results.values.allSatisfy { $0.count == 1 })
            #expect(Set(results.values.flatMap { $0 }).count == 3)
            let methods = testing.server.journal.methods
            #expect(methods.count { $0 == "server/discover" } == 1)
            #expect(methods.count { $0 == "initialize" } == 3)
        }
    }

    @Test("a principal's clients share a session only where they declare the same, and it is declared byte for byte")
    func keepsDeclarationsApart() async throws {
        let declared = try JSON(
            Array(#"{"sampling":{"tools":{ }},"elicitation":{"form":{}},"roots":{"listChanged":true},"x":1}"#.utf8))
        let capabilities = ClientCapabilities(declared, relaying: [.elicitation, .sampling])
        let asked = UpstreamScope(principal: "alice", clientEra: .legacy, capabilities: capabilities)
        let mute = UpstreamScope(principal: "alice", clientEra: .legacy)
        try await HTTPUpstreamTesting.running(
            Personality.legacy { request, reply in
                reply.result(#"{"session":"\#(request.header("mcp-session-id")[0])"}"#, to: request)
            }
        ) { testing in
            let first = try await testing.call(for: asked).recorder.result
            let second = try await testing.call(for: mute).recorder.result
            #expect(first != second)
            #expect(try await testing.call(for: asked).recorder.result == first)
            #expect(try await testing.call(for: mute).recorder.result == second)
            let greetings = testing.server.journal.requests.filter { $0.rpcMethod == "initialize" }
            let declarations = greetings.compactMap {
                $0.params?["capabilities"].map { String(decoding: $0.bytes, as: UTF8.self) }
            }
            #expect(declarations == [#"{"elicitation":{"form":{}},"sampling":{"tools":{ }}}"#, "{}"])
            let probes = testing.server.journal.requests.filter { $0.rpcMethod == "server/discover" }
            for probe in probes {
                let key = "io.modelcontextprotocol/clientCapabilities"
                #expect(probe.params?["_meta"]?[key].map { String(decoding: $0.bytes, as: UTF8.self) } == "{}")
            }
        }
    }

    @Test("a lost session is replaced and the call that met the loss is sent once more, nothing else is")
    func replacesLostSessions() async throws {
        let lost = Mutex<Set<String>>([])
        try await HTTPUpstreamTesting.running(
            Personality.legacy { request, reply in
                let session = request.header("mcp-session-id").first ?? ""
                if request.params?["name"]?.string == "forget" { _ = lost.withLock { $0.insert(session) } }
                if lost.withLock({ $0.contains(session) }) {
                    reply.status(404, #"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no session"}}"#)
                } else {
                    reply.result(#"{"session":"\#(session)"}"#, to: request)
                }
            }
        ) { testing in
            let first = try testing.call().recorder
            #expect(try await first.result == #"{"session":"session-1"}"#)
            _ = lost.withLock { $0.insert("session-1") }
            let calls = try (0..<10).map { _ in try testing.call().recorder }
            for recorder in calls { #expect(try await recorder.result == #"{"session":"session-2"}"#) }
            #expect(testing.server.journal.methods.count { $0 == "initialize" } == 2)
            // A server that forgets each session at once is not asked a third time.
            let hopeless = try testing.call("forget").recorder
            #expect(try await hopeless.failure.kind == .refused)
            #expect(testing.server.journal.requests.count { $0.params?["name"]?.string == "forget" } == 2)
        }
    }

    @Test("400 within a session fails the call, and the next call gets a new session")
    func doubtsSessionsOn400() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.legacy { request, reply in
                if request.header("mcp-session-id") == ["session-1"] {
                    reply.status(400, #"{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"no session"}}"#)
                } else {
                    reply.result("{}", to: request)
                }
            }
        ) { testing in
            let first = try testing.call("first").recorder
            #expect(try await first.failure.kind == .refused)
            #expect(testing.server.journal.requests.count { $0.params?["name"]?.string == "first" } == 1)
            let second = try testing.call("second").recorder
            #expect(try await second.result == "{}")
            #expect(testing.server.journal.requests.last?.header("mcp-session-id") == ["session-2"])
        }
    }

    @Test("404 for a method that does not exist is the server's answer, and no lost session")
    func doesNotTakeMissingMethodsForMissingSessions() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.legacy { $1.error(-32601, status: 404, to: $0) }
        ) { testing in
            let recorder = try testing.call().recorder
            #expect(try await recorder.errorCode == -32601)
            #expect(testing.server.journal.methods.count { $0 == "initialize" } == 1)
        }
    }

    @Test("a server without sessions is spoken to without one")
    func speaksWithoutSessions() async throws {
        try await HTTPUpstreamTesting.running({ request, reply in
            switch request.rpcMethod {
            case "initialize": reply.result(Personality.initialization, to: request)
            case "notifications/initialized": reply.accepted()
            case "tools/call": reply.result("{}", to: request)
            default: reply.status(405, "Method Not Allowed", type: "text/plain")
            }
        }) { testing in
            let recorder = try testing.call().recorder
            #expect(try await recorder.result == "{}")
            let call = try #require(testing.server.journal.requests.last)
            #expect(call.header("mcp-session-id").isEmpty)
            #expect(call.header("mcp-protocol-version") == ["2025-11-25"])
        }
    }

    @Test(
        "a legacy revision the server prefers is used with it", arguments: ["2024-11-05", "2025-03-26", "2025-06-18"])
    func negotiates(_ version: String) async throws {
        try await HTTPUpstreamTesting.running({ request, reply in
            switch request.rpcMethod {
            case "initialize": reply.result(#"{"protocolVersion":"\#(version)","capabilities":{}}"#, to: request)
            case "notifications/initialized": reply.accepted()
            case "tools/call": reply.result("{}", to: request)
            default: reply.error(-32602, to: request)
            }
        }) { testing in
            _ = try await testing.call().recorder.result
            #expect(testing.server.journal.requests.last?.header("mcp-protocol-version") == [version])
            #expect(try await testing.describe().get().version.rawValue == version)
        }
    }

    @Test("a client's notification goes within the session, the two about its own hop go nowhere")
    func relaysNotifications() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.legacy { request, reply in
                if request.rpcID == nil { reply.accepted() } else { reply.result("{}", to: request) }
            }
        ) { testing in
            for method in ["notifications/initialized", "notifications/cancelled", "notifications/roots/list_changed"] {
                let json = try JSON(Array(#"{"jsonrpc":"2.0","method":"\#(method)","params":{"a":1.0}}"#.utf8))
                guard case .notification(let notification) = try Message(json) else { continue }
                testing.upstream.notify(notification, for: HTTPUpstreamTesting.alice)
            }
            try await testing.server.journal.waitFor("notifications/roots/list_changed")
            let methods = testing.server.journal.methods
            #expect(
                methods == [
                    "server/discover", "initialize", "notifications/initialized", "notifications/roots/list_changed",
                ])
            let sent = try #require(testing.server.journal.requests.last)
            #expect(sent.header("mcp-session-id") == ["session-1"])
            #expect(sent.params?["a"].map { String(decoding: $0.bytes, as: UTF8.self) } == "1.0")
        }
    }

    @Test("a legacy server's own requests are declined, its pings answered, and the call goes on")
    func declinesServerRequests() async throws {
        let asks = [#""s-1""#: "sampling/createMessage", "7": "ping"].map { HTTPServerRequestTests.ask($0, $1) }
        try await HTTPUpstreamTesting.running(HTTPServerRequestTests.asking(asks)) { testing in
            _ = try await testing.call().recorder.result
            let answers = testing.server.journal.requests.filter { $0.rpcMethod == nil && $0.method == "POST" }
            let refusal = try #require(answers.first { $0.json?["error"] != nil }?.json)
            #expect(refusal["id"]?.string == "s-1")
            #expect(refusal["error"]?["code"]?.int == -32601)
            let pong = try #require(answers.first { $0.json?["result"] != nil }?.json)
            #expect(pong["id"]?.int == 7)
        }
    }

    @Test("shutting down ends legacy sessions and fails what is open")
    func shutsDown() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.legacy { request, reply in
                if request.params?["name"]?.string != "hang" { reply.result("{}", to: request) }
            }
        ) { testing in
            _ = try await testing.call().recorder.result
            let hanging = try testing.call("hang").recorder
            try await testing.server.journal.waitFor("tools/call", count: 2)
            await testing.upstream.shutDown()
            #expect(try await hanging.failure.kind == .closed)
            let goodbye = try #require(testing.server.journal.requests.last { $0.method == "DELETE" })
            #expect(goodbye.header("mcp-session-id") == ["session-1"])
            let late = try await testing.call().recorder.failure
            #expect(late.kind == .closed)
            #expect(late.wroteNothing)
        }
    }
}
