import Foundation
import Gateway
import MCPMessages
import Testing
import WireJSON

@testable import Upstreams

@Suite("a stdio server's era", .timeLimit(.minutes(2)))
struct StdioEraTests {
    @Test("a server that answers the probe is modern and serves everybody with one process")
    func modern() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let description = try await server.describe().get()
            #expect(description.version == .v2026_07_28)
            #expect(description.serverInfo?["name"]?.string == "scripted")
            let ann = try await server.call("echo", as: "ann")["pid"]?.int
            let bob = try await server.call("echo", as: "bob")["pid"]?.int
            #expect(ann == bob)
            #expect(try await server.methodsSeen() == ["server/discover", "tools/call", "tools/call", "tools/call"])
        }
    }

    @Test("a server that refuses the probe is initialized on the same process, one process a principal")
    func legacy() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            let description = try await server.describe().get()
            #expect(description.version == .v2025_11_25)
            #expect(
                try await server.methodsSeen()
                    == ["server/discover", "initialize", "notifications/initialized", "tools/call"])
            let ann = try await server.call("echo", as: "ann")["pid"]?.int
            let bob = try await server.call("echo", as: "bob")["pid"]?.int
            #expect(ann != bob)
            #expect(try await server.call("echo", as: "ann")["pid"]?.int == ann)
            // The era is known by now: nobody is probed again.
            #expect(try await server.methodsSeen(as: "bob").first == "initialize")
        }
    }

    @Test("those who wait for the probe of a legacy server each get a process of their own")
    func legacyWaiters() async throws {
        try await ServerUnderTest.with("legacy", ["starts-in=0.3"]) { server async throws in
            let names = ["ann", "bob", "cleo"]
            let answers = try names.map { try server.start("echo", as: $0) }
            var pids: Set<Int> = []
            for answer in answers {
                guard case .result(let result) = try await answer.end.get().outcome else { continue }
                pids.insert(try #require(result["structuredContent"]?["pid"]?.int))
            }
            #expect(pids.count == 3)
        }
    }

    // Which answers to the probe lead where.
    @Test(
        "the probe's outcome decides the era",
        arguments: [
            (["dies-on-probe"], ProtocolVersion.v2025_11_25, ["initialize"]),
            (["silent-on-probe"], .v2025_11_25, ["server/discover", "initialize"]),
            (["names-legacy"], .v2025_11_25, ["server/discover", "initialize"]),
            (["lists-legacy"], .v2025_11_25, ["server/discover", "initialize"]),
            (["version=2024-11-05"], .v2024_11_05, ["server/discover", "initialize"]),
            (["banner"], .v2025_11_25, ["server/discover", "initialize"]),
        ])
    func probe(habits: [String], version: ProtocolVersion, beginning: [String]) async throws {
        var limits = StdioLimits.brisk
        limits.probe = .milliseconds(300)
        try await ServerUnderTest.with("legacy", habits, limits: limits) { server async throws in
            #expect(try await server.describe().get().version == version)
            let seen = try await server.methodsSeen()
            #expect(seen.starts(with: beginning))
        }
    }

    @Test("a modern server too slow for the probe is modern when its answer comes")
    func slowProbe() async throws {
        var limits = StdioLimits.brisk
        limits.probe = .milliseconds(200)
        try await ServerUnderTest.with("modern", ["slow-probe=0.8"], limits: limits) { server async throws in
            #expect(try await server.describe().get().version == .v2026_07_28)
            let seen = try await server.methodsSeen()
            #expect(seen.starts(with: ["server/discover", "initialize"]))
        }
    }

    @Test("a server that shares no version is unsupported, with its own error")
    func disjoint() async throws {
        try await ServerUnderTest.with("modern", ["disjoint"]) { server async throws in
            guard case .failure(let failure) = await server.describe() else {
                throw UnexpectedAnswer(text: "described")
            }
            #expect(failure.kind == .unsupported)
            #expect(failure.error?["code"]?.int == -32022)
        }
    }

    @Test("a server that initializes to an unknown version is unsupported")
    func unknownVersion() async throws {
        try await ServerUnderTest.with("legacy", ["version=1999-01-01"]) { server async throws in
            guard case .failure(let failure) = await server.describe() else {
                throw UnexpectedAnswer(text: "described")
            }
            #expect(failure.kind == .unsupported)
        }
    }

    @Test("an era is kept over a restart, and found out anew when it has changed")
    func cached() async throws {
        let mark = FileManager.default.temporaryDirectory.appending(path: "gatehouse-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: mark) }
        try await ServerUnderTest.with("legacy", ["modern-if=\(mark)"]) { server async throws in
            _ = try await server.describe().get()
            #expect(try await server.failure("crash").kind == .closed)
            #expect(try await server.methodsSeen().first == "initialize")
            try Data().write(to: URL(filePath: mark))
            #expect(try await server.failure("crash").kind == .closed)
            #expect(try await server.describe().get().version == .v2026_07_28)
            let ann = try await server.call("echo", as: "ann")["pid"]?.int
            #expect(try await server.call("echo", as: "bob")["pid"]?.int == ann)
        }
    }

    @Test(
        "several messages on one line are read from a server of 2025-03-26 and from no other",
        arguments: [("2025-03-26", true), ("2025-06-18", false)])
    func batches(version: String, isRead: Bool) async throws {
        try await ServerUnderTest.with("legacy", ["version=\(version)"]) { server async throws in
            if isRead {
                #expect(try await server.call("batch").string == "batched")
            } else {
                #expect(try await server.failure("batch", timeout: .milliseconds(300)).kind == .timedOut)
            }
        }
    }
}

extension ServerUnderTest {
    func methodsSeen(
        as principal: String = "ann", era: Era = .modern, able: ClientCapabilities = .none
    ) async throws -> [String] {
        try await call("seen", as: principal, era: era, able: able).elements.compactMap(\.string)
    }
}
