import Gateway
import MCPMessages
import Testing
import WireJSON

@testable import Upstreams

// protocol.md 1.2 (c) and 1.5: a legacy server's conversation has one declaration for its whole life.
@Suite("whose a stdio server's conversation is", .timeLimit(.minutes(2)))
struct StdioConversationTests {
    @Test("a legacy server is told byte for byte what the client can be asked for")
    func declared() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            let able = try ClientCapabilities.declared(#"{"sampling":{"x": 1.0},"elicitation":{},"other":{}}"#)
            let seen = try await server.call("messages", able: able)
            let initialize = seen.elements.first { $0["method"]?.string == "initialize" }
            #expect(initialize?["params"]?["capabilities"]?["sampling"]?["x"]?.number == ExactDecimal("1.0"))
            #expect(initialize?["params"]?["capabilities"]?["elicitation"]?.count == 0)
            #expect(initialize?["params"]?["capabilities"]?["other"] == nil)
        }
    }

    @Test("clients that declare otherwise get a process each, and those that declare the same share one")
    func declarations() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            let (roots, sampling) = (
                try ClientCapabilities.declared(#"{"roots":{}}"#), try ClientCapabilities.declared(#"{"sampling":{}}"#)
            )
            let first = try await server.pid(able: roots)
            #expect(try await server.pid(able: sampling) != first)
            #expect(try await server.pid(able: roots) == first)
            #expect(try await server.pid(as: "bob", able: roots) != first)
        }
    }

    @Test("those who wait for the probe are told apart by what they declare")
    func waiters() async throws {
        try await ServerUnderTest.with("legacy", ["starts-in=0.3"]) { server async throws in
            let roots = try ClientCapabilities.declared(#"{"roots":{}}"#)
            let left = try server.start("echo")
            let able = try server.start("echo", able: roots)
            let bob = try server.start("echo", as: "bob")
            left.cancel()
            let pids = try [await able.pid, await bob.pid]
            #expect(Set(pids).count == 2)
            // Who left before the handshake has declared nothing for the others.
            let seen = try await server.call("messages", able: roots).elements.first {
                $0["method"]?.hasText("initialize") == true
            }
            #expect(seen?["params"]?["capabilities"]?["roots"] != nil)
        }
    }

    @Test("a modern server is one process for everybody, whatever clients declare")
    func modern() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let able = try ClientCapabilities.declared(#"{"sampling":{}}"#)
            #expect(try await server.pid(able: able) == server.pid(as: "bob"))
        }
    }

    @Test("one principal's conversations are few, whatever it declares: the longest unused makes room")
    func bounded() async throws {
        var limits = StdioLimits.brisk
        limits.childrenPerPrincipal = 2
        try await ServerUnderTest.with("legacy", limits: limits) { server async throws in
            func able(_ number: Int) throws -> ClientCapabilities { try .declared(#"{"roots":{"n":\#(number)}}"#) }
            let bob = try await server.pid(as: "bob")
            let first = try await server.pid(able: able(1))
            let second = try await server.pid(able: able(2))
            _ = try await server.pid(able: able(3))
            try await eventually { !ProcessTable.isAlive(first) }
            #expect(ProcessTable.isAlive(second))
            // What has something open is not sent away for it.
            let open = try server.start("sleep", #"{"ms":1500}"#, able: able(2))
            let other = try server.start("sleep", #"{"ms":1500}"#, able: able(3))
            try await eventually { try await server.methodsSeen(able: able(3)).count > 4 }
            let failure = await (try server.start("echo", able: able(4))).end.failure
            #expect(failure?.kind == .busy)
            #expect(failure?.wroteNothing == true)
            #expect(await open.end.failureKind == nil)
            #expect(await other.end.failureKind == nil)
            #expect(try await server.pid(as: "bob") == bob)
        }
    }

    @Test("the one client of a followed server is declared anew when it declares otherwise")
    func followed() async throws {
        try await ServerUnderTest.with("legacy", follows: true) { server async throws in
            let (roots, none) = (try ClientCapabilities.declared(#"{"roots":{}}"#), ClientCapabilities.none)
            _ = try await server.describe(era: .legacy, able: roots).get()
            let first = try await server.pid(era: .legacy, able: roots)
            // Only what the client says at its beginning counts, not what the house asks for itself.
            #expect(try await server.pid(era: .legacy, able: none) == first)
            _ = try await server.describe(era: .legacy, able: roots).get()
            #expect(try await server.pid(era: .legacy, able: roots) == first)
            _ = try await server.describe(era: .legacy, able: none).get()
            #expect(try await server.pid(era: .legacy, able: none) != first)
        }
    }
}

extension ServerUnderTest {
    func pid(as principal: String = "ann", era: Era = .modern, able: ClientCapabilities = .none) async throws -> Int {
        try #require(try await call("echo", as: principal, era: era, able: able)["pid"]?.int)
    }
}

extension PendingAnswer {
    /// The process that answered.
    var pid: Int {
        get async throws {
            guard case .result(let result) = try await end.get().outcome else { throw UnexpectedAnswer(text: "error") }
            return try #require(result["structuredContent"]?["pid"]?.int)
        }
    }
}
