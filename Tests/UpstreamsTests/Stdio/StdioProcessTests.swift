import Foundation
import Gateway
import Logging
import MCPMessages
import NIOPosix
import Testing
import WireJSON

@testable import Upstreams

@Suite("the process of a stdio server", .timeLimit(.minutes(2)))
struct StdioProcessTests {
    @Test("has the configured environment and nothing else", arguments: [[:], ["A": "1", "EMPTY": "", "B": "=x y'"]])
    func environment(variables: [String: String]) async throws {
        let command = try ScriptedServer.command("modern", environment: variables)
        try await ServerUnderTest.with(command) { server async throws in
            let seen = try await server.call("environment").members.map { ($0.key.string, $0.value.string) }
            #expect(Dictionary(uniqueKeysWithValues: seen) == variables)
        }
    }

    @Test("has its three standard descriptors and no other of ours")
    func descriptors() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let seen = try await server.call("descriptors").elements.compactMap(\.int)
            // The fourth is the listing itself.
            #expect(seen == [0, 1, 2, 3])
        }
    }

    @Test("leads a session and a group of its own, in the directory it was given")
    func place() async throws {
        let directory = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        let command = try ScriptedServer.command("modern", workingDirectory: directory)
        try await ServerUnderTest.with(command) { server async throws in
            let place = try await server.call("where")
            #expect(place["directory"]?.string == directory)
            #expect(place["session"]?.int == place["pid"]?.int)
            #expect(place["group"]?.int == place["pid"]?.int)
        }
    }

    @Test(
        "that does not exist is unreachable at once",
        arguments: [["gatehouse-no-such-program"], ["/no/such/program"], ["/etc/passwd"], ["/tmp"]])
    func missing(arguments: [String]) async throws {
        try await ServerUnderTest.with(StdioCommand(arguments)) { server async throws in
            let failure = try await server.failure("echo")
            #expect(failure.kind == .unreachable)
            #expect(failure.wroteNothing)
        }
    }

    @Test("whose working directory does not exist is unreachable")
    func missingDirectory() async throws {
        try await ServerUnderTest.with(StdioCommand(["cat"], workingDirectory: "/no/such/place")) {
            server async throws in
            let failure = try await server.failure("echo")
            #expect(failure.kind == .unreachable)
            #expect(failure.detail.contains("working directory"))
        }
    }

    @Test("ends with what it started, though that ignores SIGTERM")
    func grandchild() async throws {
        var grandchild: Int?
        try await ServerUnderTest.with("modern") { server async throws in
            grandchild = try await server.call("descend")["grandchild"]?.int
            #expect(grandchild.map(ProcessTable.isAlive) == true)
        }
        let left = try #require(grandchild)
        try await eventually { !ProcessTable.isAlive(left) }
    }

    @Test("that crashes takes what it started along")
    func grandchildOfCrash() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let grandchild = try #require(try await server.call("descend")["grandchild"]?.int)
            #expect(try await server.failure("crash").kind == .closed)
            try await eventually { !ProcessTable.isAlive(grandchild) }
        }
    }

    @Test("that ignores SIGTERM and the end of its input is killed within the graces")
    func stubborn() async throws {
        var pid: Int?
        var begun = ContinuousClock.now
        try await ServerUnderTest.with("modern", ["stubborn-process"]) { server async throws in
            pid = try await server.call("echo")["pid"]?.int
            // It is told to end from here on; how long it took to start is the machine's.
            begun = ContinuousClock.now
        }
        let left = try #require(pid)
        #expect(!ProcessTable.isAlive(left))
        #expect(ContinuousClock.now - begun < .seconds(10))
    }

    @Test("that leaves a stranger holding its output is still seen to end")
    func escape() async throws {
        var limits = StdioLimits.brisk
        limits.drain = .milliseconds(200)
        try await ServerUnderTest.with("modern", limits: limits) { server async throws in
            #expect(try await server.failure("escape").kind == .closed)
            #expect(try await server.call("echo")["pid"] != nil)
        }
    }

    @Test("is answered for when the server is shut down, and none is started after")
    func shutDown() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let pid = try #require(try await server.call("echo")["pid"]?.int)
            let open = try server.start("never")
            await server.upstream.shutDown()
            #expect(await open.end.failureKind == .closed)
            #expect(!ProcessTable.isAlive(pid))
            #expect(try await server.failure("echo").kind == .closed)
            await server.upstream.shutDown()
        }
    }

    @Test("may be on its way up when the server is shut down")
    func shutDownEarly() async throws {
        for _ in 0..<20 {
            try await ServerUnderTest.with("modern") { server async throws in
                let open = try server.start("echo")
                await server.upstream.shutDown()
                #expect(open.ends == 1)
            }
        }
    }

    @Test("ends when the task that keeps it is cancelled, and none is started after")
    func cancelledService() async throws {
        let upstream = StdioUpstream(
            command: try ScriptedServer.command("modern", ["stubborn-process"]), limits: .brisk,
            clientInfo: Array(#"{"name":"gatehouse","version":"test"}"#.utf8),
            group: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "stdio") { _ in SwiftLogNoOpLogHandler() },
            onEvent: { _ in })
        let server = ServerUnderTest(upstream: upstream, events: Gathered(), log: Gathered())
        try await withThrowingTaskGroup(of: Void.self) { service in
            service.addTask { await upstream.run() }
            let told = try await server.call("descend")
            let pids = [told["pid"]?.int, told["grandchild"]?.int].compactMap { $0 }
            let open = try server.start("never")
            service.cancelAll()
            try await service.waitForAll()
            #expect(pids.count == 2)
            try await eventually { !pids.contains(where: ProcessTable.isAlive) }
            #expect(await open.end.failureKind == .closed)
        }
        #expect(try await server.failure("echo").kind == .closed)
    }
}

/// The system's processes.
enum ProcessTable {
    /// Whether the process runs; one that has ended and waits to be reaped does not.
    static func isAlive(_ pid: Int) -> Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let state = stat.split(separator: ")").last?.split(separator: " ").first
        else { return false }
        return state != "Z" && state != "X"
    }

    /// Processes that this one has not reaped.
    static func zombies() -> Int {
        let own = "\(ProcessInfo.processInfo.processIdentifier)"
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.filter { $0.allSatisfy(\.isNumber) }.filter { pid in
            guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return false }
            let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 1 && fields[0] == "Z" && fields[1] == own
        }.count
    }

    /// Descriptors that this process holds.
    static func descriptors() -> Int {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).count
    }
}
