import Gateway
import MCPMessages
import Testing
import WireJSON

@testable import Upstreams

/// A server of both eras serves each client in the client's own (decision 57).
@Suite("a stdio server of both eras", .timeLimit(.minutes(2)))
struct StdioBothErasTests {
    private func pid(_ server: ServerUnderTest, _ principal: String, _ era: Era) async throws -> Int? {
        try await server.call("echo", as: principal, era: era)["pid"]?.int
    }

    @Test("modern clients share one process; each principal's legacy clients have one that was initialized for them")
    func apart() async throws {
        try await ServerUnderTest.with("dual") { server async throws in
            let ann = try await pid(server, "ann", .modern)
            #expect(try await pid(server, "bob", .modern) == ann)
            let annsOwn = try await pid(server, "ann", .legacy)
            let bobsOwn = try await pid(server, "bob", .legacy)
            #expect(Set([ann, annsOwn, bobsOwn]).count == 3)
            #expect(try await pid(server, "ann", .legacy) == annsOwn)
            #expect(try await pid(server, "ann", .modern) == ann)
            #expect(
                try await server.methodsSeen(era: .legacy).starts(with: ["initialize", "notifications/initialized"]))
            #expect(try await server.methodsSeen().first == "server/discover")
            #expect(try await server.describe("cleo", era: .legacy).get().version == .v2025_11_25)
            #expect(try await server.describe("cleo").get().version == .modern)
        }
    }

    @Test("a legacy client that comes first finds the era out, and is then served in its own")
    func legacyFirst() async throws {
        try await ServerUnderTest.with("dual", ["starts-in=0.2"]) { server async throws in
            let (first, second) = (try server.start("echo", era: .legacy), try server.start("echo", era: .modern))
            var eras: [Era] = []
            for answer in [first, second] { eras.append(try await answer.end.get().era) }
            #expect(eras == [.legacy, .modern])
        }
    }

    // However it turns a handshake down, it is asked once.
    @Test(
        "a modern server that takes no handshake serves legacy clients with everybody else",
        arguments: [[], ["modern-only"], ["dies-on-initialize"], ["silent-on-initialize"]])
    func modernOnly(_ habits: [String]) async throws {
        try await ServerUnderTest.with("modern", habits) { server async throws in
            let modern = try await pid(server, "ann", .modern)
            for principal in ["ann", "bob", "ann"] {
                let own = try await pid(server, principal, .legacy)
                #expect(own == modern)
            }
        }
    }

    @Test("without room for a process of its own, a legacy client is served with everybody else")
    func noRoom() async throws {
        var limits = StdioLimits.brisk
        limits.children = 2
        try await ServerUnderTest.with("dual", limits: limits) { server async throws in
            let modern = try await pid(server, "ann", .modern)
            var own = 0
            for principal in ["ann", "bob", "cleo"] {
                if try await pid(server, principal, .legacy) != modern { own += 1 }
            }
            #expect(own <= 1)
        }
    }

    @Test("a process that only the house has asked for lists is ended soon")
    func houseOnly() async throws {
        var limits = StdioLimits.brisk
        limits.houseIdle = .milliseconds(50)
        try await ServerUnderTest.with("dual", limits: limits) { server async throws in
            _ = try await server.list()
            let answer = PendingAnswer()
            _ = server.upstream.list(ListPage(), for: UpstreamScope(principal: "ann", clientEra: .legacy), to: answer)
            #expect(try await answer.end.get().era == .legacy)
            try await eventually { server.log.all.count { $0.contains("ended") || $0.contains("exited") } >= 1 }
        }
    }
}
