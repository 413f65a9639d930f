import Foundation
import GRDB
import GatewayStorage
import GatewayTesting
import PolicyEngine
import Testing

@testable import SQLiteStorage

/// A store that cannot write says why, keeps what it had, and works again when it can.
struct SQLiteFailureTests {
    // What the connection that writes is told, what it is told afterwards, and the error in between.
    static let failures: [(String, String, @Sendable (String) -> StorageError)] = [
        ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000", { .diskFull(path: $0) }),
        ("PRAGMA query_only = 1", "PRAGMA query_only = 0", { .readOnly(path: $0) }),
    ]

    @Test("a full disk and a read-only file are told apart", arguments: failures)
    func failure(cause: String, cure: String, error: @Sendable (String) -> StorageError) async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file, clock: WallTime.system)
        let records = SampleAudit.chain((0..<200).map { SampleAudit.entry($0) })
        try await store.append([records[0]])
        try await store.pool.writeWithoutTransaction { try $0.execute(sql: cause) }
        await #expect(throws: error(folder.file)) { try await store.append(Array(records[1...])) }
        await #expect(throws: error(folder.file)) {
            for number in 0..<1000 { try await store.accept([], server: "server \(number)") }
        }
        await #expect(throws: error(folder.file)) {
            for number in 0..<1000 { _ = try await store.reserve([.sample(number)], returning: []) }
        }
        #expect(try await store.records(after: 0, limit: 9) == [records[0]])
        try await store.pool.writeWithoutTransaction { try $0.execute(sql: cure) }
        try await store.append(Array(records[1...]))
        #expect(try await store.records(after: 0, limit: 1000) == records)
    }

    @Test("a file that another process keeps locked is reported as held after the busy timeout")
    func locked() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file, clock: WallTime.system)
        try await store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA busy_timeout = 20") }
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let holder = try DatabaseQueue(path: folder.file, configuration: configuration)
        try await holder.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN IMMEDIATE")
        }
        await #expect(throws: StorageError.locked(path: folder.file)) {
            try await store.reserve([.sample(1), .sample(2)], returning: [])
        }
        #expect(try await store.head() == nil)
        try holder.close()
        guard case .granted = try await store.reserve([.sample(1)], returning: []) else {
            Issue.record("nothing granted")
            return
        }
    }

    @Test("two processes' writers on one chain keep it whole, each place going to one")
    func twoWriters() async throws {
        let folder = try TemporaryFolder()
        let stores = [
            try SQLiteStore(path: folder.file, clock: WallTime.system),
            try SQLiteStore(path: folder.file, clock: WallTime.system),
        ]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for store in stores {
                group.addTask {
                    var (taken, head) = (0, try await store.head())
                    while taken < 150 {
                        let record = SampleAudit.next(after: head, SampleAudit.entry(taken))
                        do {
                            try await store.append([record])
                            (head, taken) = (AuditHead(record), taken + 1)
                        } catch StorageError.auditOutOfStep(let current) {
                            head = current
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let records = try await stores[0].records(after: 0, limit: 1000)
        #expect(records.count == 300 && AuditHead.isFollowed(nil, by: records))
    }

    @Test("a damaged page is reported as damage")
    func damaged() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file, clock: WallTime.system)
        try await store.append(SampleAudit.chain((0..<2000).map { SampleAudit.entry($0) }))
        try store.close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.file))
        for page in stride(from: UInt64(16), to: 60, by: 4) {
            try file.seek(toOffset: page * 4096)
            try file.write(contentsOf: Data(repeating: 0xAA, count: 4096))
        }
        try file.close()
        let audit = try SQLiteAudit(reading: folder.file)
        await #expect { try await audit.records(after: 0, limit: 5000) } throws: { error in
            guard case StorageError.corrupt(folder.file, _) = error else { return false }
            return true
        }
    }

    @Test("reservations that wait together are each answered, and fail together")
    func together() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file, clock: WallTime.system)
        func granted() async -> Int {
            await withTaskGroup(of: Bool.self) { group in
                for number in 0..<300 {
                    group.addTask {
                        guard case .granted? = try? await store.reserve([.sample(number % 3)], returning: []) else {
                            return false
                        }
                        return true
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
        }
        #expect(await granted() == 30)
        try await store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
        #expect(await granted() == 0)
    }

    @Test("counters that have long passed are removed")
    func forgetting() async throws {
        let folder = try TemporaryFolder()
        let clock = ManualClock()
        let store = try SQLiteStore(path: folder.file, clock: clock.reading)
        func counters() throws -> Int? {
            try store.pool.read {
                try Int.fetchOne($0, sql: "SELECT count(*) FROM counter JOIN counter_block ON counter = id")
            }
        }
        for number in 0..<12 { _ = try await store.reserve([.sample(number)], returning: []) }
        clock.advance(by: .seconds(86_000))
        _ = try await store.reserve([.sample(12)], returning: [])
        #expect(try counters() == 13)
        clock.advance(by: .seconds(1000))
        _ = try await store.reserve([.sample(12)], returning: [])
        #expect(try counters() == 4 + 1)
        _ = try await store.reserve([.sample(12)], returning: [])
        #expect(try counters() == 1)
    }
}

extension BlockRequest {
    fileprivate static func sample(_ number: Int) -> BlockRequest {
        BlockRequest(
            key: CounterKey(
                organisation: "o", server: nil, counter: "\(number)", scope: .grant, scopeValue: "g",
                window: .seconds(60)),
            max: 10_000_000, need: 1_000_000, want: 1_000_000)
    }
}
