import Foundation
import GRDB
import GatewayStorage
import GatewayTesting
import Testing

@testable import SQLiteStorage

/// The file itself: who may read it, whose it is, and what is said when it will not do.
struct SQLiteFileTests {
    private func store(_ path: String) throws(StorageError) -> SQLiteStore {
        try SQLiteStore(path: path, clock: WallTime.system)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func plant(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test("a file of the first schema loses the index over the audit's entries, and nothing else")
    func olderSchema() async throws {
        let folder = try TemporaryFolder()
        let records = SampleAudit.chain((0..<4).map { SampleAudit.entry($0) })
        let first = try store(folder.file)
        try await first.append(records)
        try first.close()
        try plant(
            folder.file,
            """
            CREATE INDEX audit_by_request ON audit (json_extract(entry, '$.request'));
            DELETE FROM grdb_migrations WHERE identifier LIKE '2 %'
            """)
        let second = try store(folder.file)
        #expect(try await second.records(after: 0, limit: 10) == records)
        let indexes = try await second.pool.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master WHERE name = 'audit_by_request'")
        }
        #expect(indexes == 0)
        try second.close()
    }

    @Test("a new file and its companions are the owner's alone, and so are folders made for it")
    func modes() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/data/gatehouse/g.sqlite"
        let store = try store(path)
        try await store.accept([], server: "s")
        for companion in ["", "-wal", "-shm"] { #expect(try mode(path + companion) == 0o600, "\(companion)") }
        #expect(try mode(folder.path + "/data") == 0o700)
        #expect(try mode(folder.path + "/data/gatehouse") == 0o700)
    }

    @Test("an existing file keeps its mode")
    func existingMode() throws {
        let folder = try TemporaryFolder()
        try store(folder.file).close()
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.file)
        try store(folder.file).close()
        #expect(try mode(folder.file) == 0o640)
    }

    @Test("a file is closed into one file, and opens again as it was")
    func reopening() async throws {
        let folder = try TemporaryFolder()
        let records = SampleAudit.chain((0..<5).map { SampleAudit.entry($0) })
        let first = try store(folder.file)
        try await first.append(records)
        try first.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["gatehouse.sqlite"])
        #expect(try await store(folder.file).records(after: 0, limit: 9) == records)
        #expect(try await SQLiteAudit(reading: folder.file).records(after: 0, limit: 9) == records)
    }

    @Test("transactions are flushed to the disk, in WAL mode, with foreign keys watched")
    func durability() throws {
        let folder = try TemporaryFolder()
        try store(folder.file).pool.writeWithoutTransaction { database in
            #expect(try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2)
            #expect(try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal")
            #expect(try Int.fetchOne(database, sql: "PRAGMA foreign_keys") == 1)
            #expect(try Int.fetchOne(database, sql: "PRAGMA busy_timeout") == 5000)
            let loose = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
            let tables = try String.fetchAll(database, sql: loose).filter { !$0.hasPrefix("sqlite_") }
            #expect(tables == ["grdb_migrations"])
        }
    }

    @Test("another program's database is refused and left as it was")
    func foreign() throws {
        let folder = try TemporaryFolder()
        try plant(folder.file, "CREATE TABLE bookmark (url TEXT)")
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        let error = StorageError.corrupt(path: folder.file, detail: "an SQLite file of another program")
        #expect(throws: error) { try store(folder.file) }
        #expect(throws: error) { try SQLiteAudit(reading: folder.file) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == before)
    }

    @Test("a file that is no database is refused and left as it was")
    func noDatabase() throws {
        let folder = try TemporaryFolder()
        let text = String(repeating: "dear diary, ", count: 1000)
        try text.write(toFile: folder.file, atomically: true, encoding: .utf8)
        for open in [{ _ = try store($0) }, { _ = try SQLiteAudit(reading: $0) }] as [(String) throws -> Void] {
            #expect { try open(folder.file) } throws: { error in
                guard case StorageError.corrupt(folder.file, _) = error else { return false }
                return true
            }
        }
        #expect(try String(contentsOfFile: folder.file, encoding: .utf8) == text)
    }

    @Test("a file of a newer version is refused and left as it was")
    func newer() throws {
        let folder = try TemporaryFolder()
        try store(folder.file).close()
        try plant(folder.file, "INSERT INTO grdb_migrations VALUES ('2 things to come')")
        #expect(throws: StorageError.newerSchema(path: folder.file)) { try store(folder.file) }
        #expect(throws: StorageError.newerSchema(path: folder.file)) { try SQLiteAudit(reading: folder.file) }
    }

    @Test("an audit that is not there cannot be read, and is not made")
    func missing() throws {
        let folder = try TemporaryFolder()
        #expect { try SQLiteAudit(reading: folder.file) } throws: { error in
            guard case StorageError.cannotOpen(folder.file, _) = error else { return false }
            return true
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file))
    }

    @Test("a place where no file can be made is named with the reason")
    func impossiblePlace() throws {
        let folder = try TemporaryFolder()
        let link = folder.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.path + "/nothing")
        #expect(throws: StorageError.cannotOpen(path: link, detail: "no such file or directory")) { try store(link) }
        #expect(throws: StorageError.cannotOpen(path: folder.path, detail: "not a regular file")) {
            try store(folder.path)
        }
        try "".write(toFile: folder.file, atomically: true, encoding: .utf8)
        let below = folder.file + "/g.sqlite"
        #expect(throws: StorageError.cannotOpen(path: below, detail: "not a directory")) { try store(below) }
    }

    @Test("openings of a new file at once all succeed", arguments: 0..<5)
    func openingAtOnce(round: Int) async throws {
        let folder = try TemporaryFolder()
        let file = folder.file
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<10 {
                group.addTask {
                    let store = try SQLiteStore(path: file, clock: WallTime.system)
                    try await store.accept([], server: "server \(number)")
                }
            }
            try await group.waitForAll()
        }
        for number in 0..<10 { #expect(try await store(file).accepted(server: "server \(number)") == []) }
    }
}
