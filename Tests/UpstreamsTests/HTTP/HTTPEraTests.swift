import Gateway
import MCPMessages
import Synchronization
import Testing
import WireJSON

@testable import Upstreams

/// MCP revision 2026-07-28, "Versioning and Compatibility": which era is spoken, who asks, and how often.
@Suite("Eras over HTTP", .timeLimit(.minutes(1)))
struct HTTPEraTests {
    typealias Personality = HTTPServerPersonality

    static let bob = UpstreamScope(principal: "bob", clientEra: .legacy)

    @Test("a modern server is probed once, with the envelope and headers of its revision")
    func probesModern() async throws {
        try await HTTPUpstreamTesting.running(Personality.modern { $1.result("{}", to: $0) }) { testing in
            let description = try await testing.describe().get()
            #expect(description.version == .v2026_07_28)
            #expect(description.instructions?.string == "be kind")
            for recorder in try (0..<20).map({ _ in try testing.call().recorder }) { _ = try await recorder.result }
            let probes = testing.server.journal.requests.filter { $0.rpcMethod == "server/discover" }
            #expect(probes.count == 1)
            #expect(probes[0].header("mcp-protocol-version") == ["2026-07-28"])
            #expect(probes[0].header("mcp-method") == ["server/discover"])
            #expect(
                probes[0].params?["_meta"]?["io.modelcontextprotocol/protocolVersion"]?.string == "2026-07-28")
        }
    }

    @Test("a legacy server is greeted with initialize and initialized, and every request carries its session")
    func speaksLegacy() async throws {
        try await HTTPUpstreamTesting.running(Personality.legacy { $1.result("{}", to: $0) }) { testing in
            let recorder = try testing.call().recorder
            #expect(try await recorder.result == "{}")
            guard case .answered(let reply) = await recorder.end else { return }
            #expect(reply.era == .legacy)
            let requests = testing.server.journal.requests
            #expect(
                requests.map(\.rpcMethod) == ["server/discover", "initialize", "notifications/initialized", "tools/call"])
            let greeting = requests[1]
            #expect(greeting.params?["protocolVersion"]?.string == "2025-11-25")
            #expect(greeting.params?["capabilities"].map { String(decoding: $0.bytes, as: UTF8.self) } == "{}")
            #expect(greeting.params?["clientInfo"]?["name"]?.string == "gatehouse-test")
            #expect(greeting.header("mcp-protocol-version").isEmpty)
            for request in requests[2...] {
                #expect(request.header("mcp-session-id") == ["session-1"])
                #expect(request.header("mcp-protocol-version") == ["2025-11-25"])
                #expect(request.header("mcp-method").isEmpty)
            }
            #expect(requests[3].params?["_meta"] == nil)
            let description = try await testing.describe().get()
            #expect(description.version == .v2025_11_25)
            #expect(description.serverInfo?["name"]?.string == "old")
        }
    }

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

    @Test("a legacy revision the server prefers is used with it", arguments: ["2024-11-05", "2025-03-26", "2025-06-18"])
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

    @Test("a probe that met a connection's end is asked once more, and a server that dies on it is greeted")
    func probesTwice() async throws {
        for deaths in [1, 2] {
            let left = Mutex(deaths)
            let personality = deaths == 1 ? Personality.modern { $1.result("{}", to: $0) } : Personality.legacy { $1.result("{}", to: $0) }
            try await HTTPUpstreamTesting.running({ request, reply in
                let dies = request.rpcMethod == "server/discover" && left.withLock { left in
                    left -= 1
                    return left >= 0
                }
                if dies { reply.close() } else { personality(request, reply) }
            }) { testing in
                #expect(try await testing.call().recorder.result == "{}")
                #expect(testing.server.journal.methods.count { $0 == "server/discover" } == 2)
                #expect(testing.server.journal.methods.contains("initialize") == (deaths == 2))
            }
        }
    }

    @Test("a handshake that comes to nothing fails the call, which was not sent", arguments: [
        (#"{"protocolVersion":"2031-01-01","capabilities":{}}"#, "", UpstreamFailure.Kind.unsupported),
        (#"{"protocolVersion":"2026-07-28","capabilities":{}}"#, "", .unsupported),
        (#"{"capabilities":{}}"#, "", .unsupported),
        (Personality.initialization, "Mcp-Session-Id: a b\r\n", .unreadable),
        (Personality.initialization, "Mcp-Session-Id: \r\n", .unreadable),
        (Personality.initialization, "Mcp-Session-Id: \(String(repeating: "a", count: 1025))\r\n", .unreadable),
    ])
    func refusesHandshakes(_ result: String, _ headers: String, _ kind: UpstreamFailure.Kind) async throws {
        try await HTTPUpstreamTesting.running({ request, reply in
            if request.rpcMethod == "initialize" {
                reply.result(result, to: request, headers: headers)
            } else {
                reply.error(-32601, to: request)
            }
        }) { testing in
            let failure = try await testing.call().recorder.failure
            #expect(failure.kind == kind)
            #expect(failure.wroteNothing)
            #expect(!testing.server.journal.methods.contains("tools/call"))
        }
    }

    @Test("a server that answers calls in another revision than agreed is asked anew before the next call")
    func learnsOfAnotherRevision() async throws {
        let isUpgraded = Mutex(false)
        let modern = Personality.modern { request, reply in
            reply.result(#"{"era":"modern"}"#, to: request)
        }
        let legacy = Personality.legacy { request, reply in
            if isUpgraded.withLock({ $0 }) {
                return reply.error(-32022, status: 400, to: request, data: #"{"supported":["2026-07-28"]}"#)
            }
            reply.result(#"{"era":"legacy"}"#, to: request)
        }
        try await HTTPUpstreamTesting.running({ request, reply in
            let isModern = isUpgraded.withLock { $0 } && !request.header("mcp-protocol-version").contains("2025-11-25")
            (isModern ? modern : legacy)(request, reply)
        }) { testing in
            #expect(try await testing.call().recorder.result == #"{"era":"legacy"}"#)
            isUpgraded.withLock { $0 = true }
            let failure = try await testing.call().recorder.failure
            #expect(failure.kind == .unsupported)
            #expect(failure.error?["code"]?.int == -32022)
            #expect(try await testing.call().recorder.result == #"{"era":"modern"}"#)
        }
    }

    @Test("for a client's own server, a legacy client's era is passed on without a probe")
    func followsLegacyClients() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.legacy { $1.result("{}", to: $0) }, configure: { $0.followsClientEra = true }
        ) { testing in
            let recorder = try testing.call(for: Self.bob).recorder
            #expect(try await recorder.result == "{}")
            #expect(
                testing.server.journal.methods == ["initialize", "notifications/initialized", "tools/call"])
        }
    }

    @Test("for a client's own server, a modern client hears a legacy server's refusal and falls back by itself")
    func followsModernClients() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.legacy { $1.result("{}", to: $0) }, configure: { $0.followsClientEra = true }
        ) { testing in
            let failure = try await testing.call().recorder.failure
            #expect(failure.kind == .unsupported)
            #expect(failure.error?["code"]?.int == -32601)
            #expect(failure.wroteNothing)
            guard case .failure(let described) = await testing.describe() else {
                Issue.record("described")
                return
            }
            #expect(described.kind == .unsupported)
            #expect(testing.server.journal.methods == ["server/discover"])
            #expect(try await testing.call(for: Self.bob).recorder.result == "{}")
        }
    }

    @Test("for a client's own server, a legacy client hears a modern server's refusal")
    func tellsLegacyClientsOfModernServers() async throws {
        try await HTTPUpstreamTesting.running(
            Personality.modern { $1.error(-32022, status: 400, to: $0, data: #"{"supported":["2026-07-28"]}"#) },
            configure: { $0.followsClientEra = true }
        ) { testing in
            let failure = try await testing.call(for: Self.bob).recorder.failure
            #expect(failure.kind == .unsupported)
            #expect(failure.error?["code"]?.int == -32022)
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
        try await HTTPUpstreamTesting.running(
            Personality.legacy { request, reply in
                guard request.rpcMethod == "tools/call" else { return reply.accepted() }
                reply.beginEvents()
                reply.event(#"{"jsonrpc":"2.0","id":"s-1","method":"sampling/createMessage","params":{}}"#)
                reply.event(#"{"jsonrpc":"2.0","id":7,"method":"ping"}"#)
                reply.event(#"{"jsonrpc":"2.0","id":\#(request.rpcID ?? -1),"result":{}}"#)
                reply.endEvents()
            }
        ) { testing in
            #expect(try await testing.call().recorder.result == "{}")
            try await testing.server.journal.waitFor("POST", count: 2)
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
