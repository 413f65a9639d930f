import Foundation
import Gateway
import MCPMessages
import Testing
import WireJSON

@testable import Upstreams

// hostile.md F 78: no orphan after the gateway's death, descriptors and memory flat over many reconnects.
@Suite("a process that owns stdio servers", .timeLimit(.minutes(4)))
struct StdioOwnerTests {
    @Test("killed with SIGKILL, it leaves no child and no grandchild, however stubborn", arguments: ["", "unguarded "])
    func killed(how: String) async throws {
        let report = FileManager.default.temporaryDirectory.appending(path: "gatehouse-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: report) }
        let owner = try HelperProcess(running: "ownUntilKilled", argument: how + report)
        try await eventually(within: .seconds(60)) { FileManager.default.fileExists(atPath: report) }
        let pids = try String(contentsOfFile: report, encoding: .utf8).split(separator: " ").compactMap { Int($0) }
        #expect(pids.count == 5)
        #expect(pids.allSatisfy(ProcessTable.isAlive))
        owner.kill()
        try await eventually { !pids.contains(where: ProcessTable.isAlive) }
        _ = await owner.finished()
    }

    @Test("keeps its descriptors, memory and process table flat over a thousand restarts")
    func restarts() async throws {
        let end = try await HelperProcess(running: "restartAThousandTimes", argument: "-").finished()
        #expect(end.status == 0, "\(end.output)")
        #expect(end.output.contains("restarted a thousand times"), "\(end.output)")
    }

    @Test("keeps them flat over a thousand conversations that come, watch, are asked something, and go")
    func conversations() async throws {
        let end = try await HelperProcess(running: "converseAThousandTimes", argument: "-").finished()
        #expect(end.status == 0, "\(end.output)")
        #expect(end.output.contains("conversed a thousand times"), "\(end.output)")
    }

    // MARK: In the helper

    /// Two children that ignore SIGTERM and the end of their input, each with a grandchild like that, and the guard.
    @Test("helper: owns children until it is killed", .enabled(if: HelperProcess.isHere))
    func ownUntilKilled() async throws {
        let argument = try #require(HelperProcess.argument)
        try await ServerUnderTest.with("legacy", ["stubborn-process"]) { server async throws in
            var pids: [Int] = []
            let ann = try await server.call("descend", as: "ann")
            pids += [ann["pid"]?.int, ann["grandchild"]?.int].compactMap { $0 }
            if argument.hasPrefix("unguarded "), let guardian = ProcessGuard.shared.pid {
                // Somebody ends the guard: the next child brings another that knows of the first.
                kill(guardian, SIGKILL)
                try await eventually { !ProcessTable.isAlive(Int(guardian)) }
            }
            let bob = try await server.call("descend", as: "bob")
            pids += [bob["pid"]?.int, bob["grandchild"]?.int, ProcessGuard.shared.pid.map { Int($0) }].compactMap { $0 }
            let report = argument.replacing("unguarded ", with: "")
            try Data(pids.map(String.init).joined(separator: " ").utf8).write(
                to: URL(filePath: report), options: .atomic)
            try await Task.sleep(for: .seconds(120))
        }
    }

    @Test("helper: restarts a child a thousand times", .enabled(if: HelperProcess.isHere))
    func restartAThousandTimes() async throws {
        var limits = StdioLimits.brisk
        limits.firstBackoff = .milliseconds(1)
        limits.longestBackoff = .milliseconds(1)
        try await ServerUnderTest.with(ScriptedServer.tiny("modern"), limits: limits) { server async throws in
            func restart(_ times: Int) async throws {
                for _ in 0..<times { #expect(try await server.failure("crash").kind == .closed) }
                _ = try await server.describe().get()
                try await failToStart(times / 20, limits: limits)
            }
            try await restart(100)
            let before = Holdings()
            try await restart(1000)
            try await eventually { Holdings().isNoMore(than: before) }
            print("restarted a thousand times: \(before) to \(Holdings())")
        }
    }

    @Test("helper: converses a thousand times", .enabled(if: HelperProcess.isHere))
    func converseAThousandTimes() async throws {
        var limits = StdioLimits.brisk
        limits.idle = .milliseconds(1)
        try await ServerUnderTest.with(ScriptedServer.tiny("legacy"), limits: limits) { server async throws in
            func converse(_ names: Range<Int>) async throws {
                for name in names {
                    let watch = server.watch(UpstreamInterest(resources: [Array("a:1".utf8)]), as: "client-\(name)")
                    #expect(await watch.settled == nil)
                    let call = try server.start("ask", as: "client-\(name)")
                    try await call.question().reply.answer(.result(Array("{}".utf8)))
                    #expect(await call.end.failureKind == nil)
                    watch.cancel()
                }
                // The last of them go, too.
                try await eventually { ProcessTable.children() <= 1 }
            }
            try await converse(0..<100)
            let before = Holdings()
            try await converse(100..<1100)
            try await eventually { Holdings().isNoMore(than: before) }
            print("conversed a thousand times: \(before) to \(Holdings())")
        }
    }
}

/// What this process holds of the system's.
private struct Holdings: CustomStringConvertible {
    let descriptors = ProcessTable.descriptors()
    let kilobytes = ProcessTable.residentKilobytes()
    let children = ProcessTable.children()
    let zombies = ProcessTable.zombies()

    func isNoMore(than before: Holdings) -> Bool {
        descriptors <= before.descriptors && kilobytes - before.kilobytes < 8 * 1024 && children <= before.children
            && zombies == 0
    }

    var description: String {
        "\(descriptors) descriptors, \(kilobytes) KiB, \(children) children, \(zombies) zombies"
    }
}

/// Starts that come to nothing at various points.
private func failToStart(_ times: Int, limits: StdioLimits) async throws {
    for command in [
        try StdioCommand(["gatehouse-no-such-program"]), try StdioCommand(["/no/such/program"]),
        try StdioCommand(["cat"], workingDirectory: "/no/such/place"),
    ] {
        try await ServerUnderTest.with(command, limits: limits) { server async throws in
            for _ in 0..<times { #expect(try await server.failure("echo").kind == .unreachable) }
        }
    }
}

extension ProcessTable {
    /// Processes that this one started and that run.
    static func children() -> Int {
        ProcessCensus.take().people.filter { $0.parent == ProcessInfo.processInfo.processIdentifier }.count
    }

    static func residentKilobytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
