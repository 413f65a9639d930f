import Foundation
import Gateway
import MCPMessages
import Testing
import WireJSON

@testable import Upstreams

@Suite("a stdio server that follows its client's era", .timeLimit(.minutes(2)))
struct StdioFollowingTests {
    @Test("a legacy client's child is initialized without a probe")
    func legacyClient() async throws {
        try await ServerUnderTest.with("dual", follows: true) { server async throws in
            #expect(try await server.describe(era: .legacy).get().version == .v2025_11_25)
            #expect(
                try await server.methodsSeen(era: .legacy) == ["initialize", "notifications/initialized", "tools/call"])
        }
    }

    @Test("a legacy client's modern-only child is discovered, once for all")
    func modernOnlyChild() async throws {
        try await ServerUnderTest.with("modern", ["modern-only"], follows: true) { server async throws in
            for _ in 0..<2 { #expect(try await server.describe(era: .legacy).get().version == .v2026_07_28) }
            #expect(
                try await server.methodsSeen(era: .legacy) == ["initialize", "server/discover", "tools/call"])
        }
    }

    @Test("a modern client is told what a legacy child said to the probe, and the child is kept for its fallback")
    func legacyChild() async throws {
        try await ServerUnderTest.with("legacy", follows: true) { server async throws in
            for _ in 0..<2 {
                let failure = try await server.declinedDescription()
                #expect(failure.kind == .unsupported)
                #expect(failure.error?["code"]?.int == -32602)
                #expect(failure.error?["data"]?["wall"]?.string == "of text")
            }
            #expect(try await server.failure("echo").kind == .unsupported)
            #expect(try await server.describe(era: .legacy).get().version == .v2025_11_25)
            #expect(
                try await server.methodsSeen(era: .legacy)
                    == ["server/discover", "initialize", "notifications/initialized", "tools/call"])
            // Asked anew it says the same, and the conversation goes on.
            #expect(try await server.declinedDescription().error?["code"]?.int == -32602)
            #expect(try await server.methodsSeen(era: .legacy).count == 5)
        }
    }

    @Test("a child that dies of the probe is started again for the client's fallback")
    func dyingChild() async throws {
        try await ServerUnderTest.with("legacy", ["dies-on-probe"], follows: true) { server async throws in
            #expect(try await server.declinedDescription().kind == .unsupported)
            #expect(try await server.describe(era: .legacy).get().version == .v2025_11_25)
        }
    }

    @Test("a client that gives an unanswered probe up is initialized on the same child")
    func silentChild() async throws {
        try await ServerUnderTest.with("legacy", ["silent-on-probe"], follows: true) { server async throws in
            async let probe = server.describe(era: .modern)
            try await eventually { server.log.all.contains { $0.contains("child started") } }
            #expect(try await server.describe(era: .legacy).get().version == .v2025_11_25)
            #expect(await probe.failure?.kind == .unsupported)
            #expect(try await server.methodsSeen(era: .legacy).contains("initialize"))
            #expect(server.log.all.filter { $0.contains("child started") }.count == 1)
        }
    }

    @Test("another client of the other era gets a child in its era")
    func change() async throws {
        try await ServerUnderTest.with("dual", follows: true) { server async throws in
            #expect(try await server.describe(era: .modern).get().version == .v2026_07_28)
            let first = try await server.call("echo")["pid"]?.int
            #expect(try await server.describe(era: .legacy).get().version == .v2025_11_25)
            #expect(try await server.call("echo", era: .legacy)["pid"]?.int != first)
            #expect(try await server.describe(era: .modern).get().version == .v2026_07_28)
        }
    }

    @Test("after a crash the child comes up in the era it had")
    func crash() async throws {
        try await ServerUnderTest.with("dual", follows: true) { server async throws in
            _ = try await server.describe(era: .legacy).get()
            _ = try await server.start("crash", era: .legacy).end
            #expect(try await server.methodsSeen(era: .legacy).first == "initialize")
        }
    }
}

extension ServerUnderTest {
    /// Why a modern client gets no description.
    func declinedDescription() async throws -> UpstreamFailure {
        switch await describe(era: .modern) {
        case .success(let description): throw UnexpectedAnswer(text: "\(description.version)")
        case .failure(let failure): return failure
        }
    }
}
