import Foundation
import GatewayStorage
import GatewayTesting
import PolicyEngine
import SQLiteStorage
import Testing

/// What a file holds after the processes that wrote it were killed, or wrote it at once. The processes are real.
struct KilledProcessTests {
    @Test(
        "a process killed while it charges leaves counted what it admitted, and at most one block more",
        arguments: 0..<8)
    func kill(round: Int) async throws {
        let folder = try TemporaryFolder()
        let microseconds = UInt32.random(in: 0...150_000)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = folder.file as String, delay = microseconds as UInt32] in
            let store = try SQLiteStore(path: path, clock: WallTime.system)
            let ledger = CounterLedger(over: store, clock: WallTime.system)
            let log = open(path + ".admitted", O_CREAT | O_WRONLY | O_APPEND, 0o600)
            Thread.detachNewThread {
                usleep(delay)
                Glibc.kill(getpid(), SIGKILL)
            }
            // Blocks of 100, used up 64 times over before the next counter's turn.
            var number = 0
            while true {
                let charge = CounterCharge.daily(number, of: 6400)
                var outcome = ledger.charge([charge], at: WallTime.system())
                if outcome == .needsReservation { outcome = .settled(try await ledger.reserve([charge])) }
                guard case .settled(.charged) = outcome else {
                    number += 1
                    continue
                }
                write(log, "+", 1)
            }
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: folder.file + ".admitted")
        let admitted = Int64(attributes?[.size] as? Int ?? 0)
        let store = try SQLiteStore(path: folder.file, clock: WallTime.system)
        var counted: Int64 = 0
        for number in 0...admitted / 6400 {
            counted += try await store.total(of: CounterCharge.daily(Int(number), of: 1).key)
        }
        #expect(
            counted >= admitted * 1_000_000 && counted <= (admitted + 100) * 1_000_000,
            "counted \(counted) millionths, admitted \(admitted), killed after \(microseconds) µs")
    }

    // limit, what at least is admitted of it by both together
    @Test("two processes that make and use one file admit no more than the limit", arguments: [(40, 40), (5000, 4900)])
    func together(limit: Int64, least: Int64) async throws {
        let folder = try TemporaryFolder()
        let file = folder.file
        await withTaskGroup(of: Void.self) { group in
            for process in 1...2 {
                group.addTask {
                    await #expect(processExitsWith: .success) {
                        [file = file as String, process = process as Int, limit = limit as Int64] in
                        let store = try SQLiteStore(path: file, clock: WallTime.system)
                        let ledger = CounterLedger(over: store, clock: WallTime.system)
                        let charge = CounterCharge.daily(0, of: limit)
                        let admitted = try await withThrowingTaskGroup(of: Int.self) { calls in
                            for _ in 0..<8 {
                                calls.addTask {
                                    var admitted = 0
                                    for _ in 0..<1000 {
                                        if try await ledger.reserve([charge]).receipt != nil { admitted += 1 }
                                    }
                                    return admitted
                                }
                            }
                            return try await calls.reduce(0, +)
                        }
                        try "\(admitted)".write(toFile: "\(file).\(process)", atomically: true, encoding: .utf8)
                    }
                }
            }
        }
        let admitted = try (1...2).map { try Int64(String(contentsOfFile: "\(file).\($0)", encoding: .utf8)) ?? -1 }
        #expect(admitted.reduce(0, +) <= limit && admitted.reduce(0, +) >= least, "admitted \(admitted)")
    }

    @Test("another process reads the audit while it is being written, and may change nothing")
    func readingBeside() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file, clock: WallTime.system)
        let records = SampleAudit.chain((0..<3000).map { SampleAudit.entry($0) })
        try await store.append(Array(records[..<1000]))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for start in stride(from: 1000, to: 3000, by: 10) {
                    try await store.append(Array(records[start..<start + 10]))
                }
            }
            group.addTask { [file = folder.file] in
                await #expect(processExitsWith: .success) { [file = file as String] in
                    let audit = try SQLiteAudit(reading: file)
                    for _ in 0..<50 {
                        let head = try await audit.head()?.sequence ?? 0
                        let records = try await audit.records(after: 0, limit: 5000)
                        try #require(records.count >= head && head >= 1000)
                        try #require(AuditHead.isFollowed(nil, by: records))
                        try #require(try await audit.search(AuditFilter(tool: "tool-1", limit: 5)).count == 5)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await store.records(after: 0, limit: 5000) == records)
    }
}

extension CounterCharge {
    fileprivate static func daily(_ number: Int, of max: Int64) -> CounterCharge {
        CounterCharge(
            key: CounterKey(
                organisation: "default", server: "iam", counter: "calls \(number)", scope: .grant, scopeValue: "laptop",
                window: .seconds(86_400)),
            max: max * 1_000_000, amount: 1_000_000)
    }
}
