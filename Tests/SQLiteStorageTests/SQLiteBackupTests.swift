import Foundation
import GatewayStorage
import SQLiteStorage
import Testing

/// A copy of a store put back in its place.
struct SQLiteBackupTests {
    private func names(in folder: borrowing TemporaryFolder) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
    }

    @Test("what was there is kept beside, with its log, and the copy stands in its place")
    func replaces() throws {
        let folder = try TemporaryFolder()
        for name in ["store", "other"] { _ = try SQLiteStore(path: folder.path + "/" + name, clock: WallTime.system) }
        try SQLiteBackup.copy(folder.path + "/other", to: folder.path + "/copy")
        try Data("a log of another store".utf8).write(to: URL(fileURLWithPath: folder.path + "/store-wal"))
        let old = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/store"))
        try SQLiteBackup.restore(folder.path + "/copy", as: folder.path + "/store")
        #expect(try names(in: folder).isSuperset(of: ["store", "store.before", "store.before-wal"]))
        #expect(try !names(in: folder).contains("store-wal"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/store.before")) == old)
        try SQLiteBackup.check(folder.path + "/store")
    }

    @Test("where the copy cannot be made whole, nothing has changed")
    func changesNothing() throws {
        let folder = try TemporaryFolder()
        _ = try SQLiteStore(path: folder.path + "/store", clock: WallTime.system)
        try Data("no store".utf8).write(to: URL(fileURLWithPath: folder.path + "/copy"))
        let before = try names(in: folder)
        #expect(throws: StorageError.self) {
            try SQLiteBackup.restore(folder.path + "/copy", as: folder.path + "/store")
        }
        #expect(try names(in: folder) == before)
    }

    @Test("a store that an earlier restore kept is not written over")
    func keepsWhatIsKept() throws {
        let folder = try TemporaryFolder()
        _ = try SQLiteStore(path: folder.path + "/store", clock: WallTime.system)
        try SQLiteBackup.copy(folder.path + "/store", to: folder.path + "/copy")
        try Data("kept".utf8).write(to: URL(fileURLWithPath: folder.path + "/store.before"))
        #expect(throws: StorageError.self) {
            try SQLiteBackup.restore(folder.path + "/copy", as: folder.path + "/store")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/store.before")) == Data("kept".utf8))
        try SQLiteBackup.check(folder.path + "/store")
    }
}
