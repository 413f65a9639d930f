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
                requests.map(\.rpcMethod) == [
                    "server/discover", "initialize", "notifications/initialized", "tools/call",
                ])
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

    @Test("a server of both eras is spoken to in each client's own, and a modern one by legacy clients too")
    func servesClientsInTheirEra() async throws {
        let modern = Personality.modern { $1.result(#"{"era":"modern"}"#, to: $0) }
        let legacy = Personality.legacy { $1.result(#"{"era":"legacy"}"#, to: $0) }
        let both: ScriptedHTTPServer.Script = { request, reply in
            (request.header("mcp-protocol-version") == ["2026-07-28"] ? modern : legacy)(request, reply)
        }
        try await HTTPUpstreamTesting.running(both) { testing in
            for _ in 0..<2 {
                let old = try await testing.call(for: Self.bob).recorder.result
                let new = try await testing.call().recorder.result
                #expect(old == #"{"era":"legacy"}"#)
                #expect(new == #"{"era":"modern"}"#)
            }
            let old = try await testing.describe(for: Self.bob).get()
            let new = try await testing.describe().get()
            #expect(old.version == .v2025_11_25)
            #expect(new.version == .v2026_07_28)
            #expect(testing.server.journal.methods.count { $0 == "initialize" } == 1)
        }
        for code in [-32601, -32602, -32022, -32020] {
            try await HTTPUpstreamTesting.running({ request, reply in
                if request.rpcMethod == "initialize" { return reply.error(code, status: 400, to: request) }
                modern(request, reply)
            }) { testing in
                for _ in 0..<2 {
                    let result = try await testing.call(for: Self.bob).recorder.result
                    #expect(result == #"{"era":"modern"}"#)
                }
                #expect(testing.server.journal.methods.count { $0 == "initialize" } == 1)
                #expect(testing.server.journal.methods.count { $0 == "server/discover" } == 1)
            }
        }
    }

    @Test("a probe that met a connection's end is asked once more, and a server that dies on it is greeted")
    func probesTwice() async throws {
        for deaths in [1, 2] {
            let left = Mutex(deaths)
            let personality =
                deaths == 1
                ? Personality.modern { $1.result("{}", to: $0) } : Personality.legacy { $1.result("{}", to: $0) }
            try await HTTPUpstreamTesting.running({ request, reply in
                let dies =
                    request.rpcMethod == "server/discover"
                    && left.withLock { left in
                        left -= 1
                        return left >= 0
                    }
                if dies { reply.close() } else { personality(request, reply) }
            }) { testing in
                let recorder = try testing.call().recorder
                #expect(try await recorder.result == "{}")
                #expect(testing.server.journal.methods.count { $0 == "server/discover" } == 2)
                #expect(testing.server.journal.methods.contains("initialize") == (deaths == 2))
            }
        }
    }

    @Test(
        "a handshake that comes to nothing fails the call, which was not sent",
        arguments: [
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

}
