import GRDB
import GatewayStorage
import GatewayTesting
import SQLiteStorage
import Testing

/// Hostile inputs, F 73: what was done to the file is there to be found by the verifier, and stops no reading.
struct TamperingTests {
    static let records = SampleAudit.chain((0..<6).map { SampleAudit.entry($0) })

    private static func changed(
        _ number: Int, hash: [UInt8]? = nil, previous: [UInt8]? = nil, entry: String? = nil
    ) -> [AuditRecord] {
        var changed = records
        let old = records[number - 1]
        changed[number - 1] = AuditRecord(
            asStored: old.sequence, previous: previous ?? old.previous, hash: hash ?? old.hash,
            entry: entry.map { Array($0.utf8) } ?? old.entry)
        return changed
    }

    static let deeds: [(String, [AuditRecord])] = [
        ("UPDATE audit SET entry = '{}' WHERE sequence = 3", changed(3, entry: "{}")),
        ("UPDATE audit SET entry = 'not json' WHERE sequence = 3", changed(3, entry: "not json")),
        ("UPDATE audit SET hash = x'' WHERE sequence = 3", changed(3, hash: [])),
        ("UPDATE audit SET previous = x'00' WHERE sequence = 3", changed(3, previous: [0])),
        ("DELETE FROM audit WHERE sequence = 3", records.filter { $0.sequence != 3 }),
        ("DELETE FROM audit WHERE sequence = 1", Array(records[1...])),
        ("DELETE FROM audit WHERE sequence > 4", Array(records[..<4])),
        ("DELETE FROM audit", []),
        (
            """
            INSERT INTO audit SELECT -1, previous, hash, entry FROM audit WHERE sequence = 1;
            DELETE FROM audit WHERE sequence = 1
            """, Array(records[1...])
        ),
    ]

    @Test("a record that was changed, removed or moved shows as such", arguments: deeds)
    func tampering(deed: String, expected: [AuditRecord]) async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file, clock: WallTime.system)
        try await store.append(Self.records)
        let queue = try DatabaseQueue(path: folder.file)
        try await queue.write { try $0.execute(sql: deed) }
        #expect(try await store.records(after: 0, limit: 100) == expected)
        #expect(try await SQLiteAudit(reading: folder.file).records(after: 0, limit: 100) == expected)
        #expect(try await store.search(AuditFilter(request: "r-0000")).allSatisfy { [1, 2].contains($0.sequence) })
        _ = try await store.search(AuditFilter(tool: "tool-1", since: SampleAudit.start))
    }

    @Test("the view shows an entry's members to people")
    func view() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.file, clock: WallTime.system)
        try await store.append(Self.records)
        let queue = try DatabaseQueue(path: folder.file)
        let shown = try queue.read {
            try Row.fetchOne($0, sql: "SELECT tool, outcome FROM audit_entry WHERE sequence = 3")
        }
        #expect(shown == ["tool": "tool-1", "outcome": "allowed"])
    }
}
