import Foundation
import Gateway
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
        _ = owner.finished()
    }

    @Test("keeps its descriptors, memory and process table flat over two hundred restarts")
    func flat() throws {
        let end = try HelperProcess(running: "restartTwoHundredTimes", argument: "-").finished()
        #expect(end.status == 0, "\(end.output)")
        #expect(end.output.contains("restarted two hundred times"), "\(end.output)")
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

    @Test("helper: restarts a child two hundred times", .enabled(if: HelperProcess.isHere))
    func restartTwoHundredTimes() async throws {
        var limits = StdioLimits.brisk
        limits.firstBackoff = .milliseconds(1)
        limits.longestBackoff = .milliseconds(1)
        try await ServerUnderTest.with("modern", limits: limits) { server async throws in
            func restart(_ times: Int) async throws {
                for _ in 0..<times { #expect(try await server.failure("crash").kind == .closed) }
                _ = try await server.call("echo")
                try await failToStart(times / 4, limits: limits)
            }
            try await restart(20)
            let before = (descriptors: ProcessTable.descriptors(), kilobytes: ProcessTable.residentKilobytes())
            try await restart(200)
            let after = (descriptors: ProcessTable.descriptors(), kilobytes: ProcessTable.residentKilobytes())
            #expect(after.descriptors == before.descriptors)
            #expect(after.kilobytes - before.kilobytes < 8 * 1024)
            #expect(ProcessTable.zombies() == 0)
            print("restarted two hundred times: \(before) to \(after)")
        }
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
    static func residentKilobytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
