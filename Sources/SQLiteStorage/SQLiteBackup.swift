import Foundation
import GRDB
public import GatewayStorage

/// Copies a store's file while it is in use, and puts a copy back.
public enum SQLiteBackup {
    /// Copies the whole file, as it is at one moment, into a new file that only its owner can read. Processes that use it
    /// go on meanwhile (SQLite, "Online Backup API").
    public static func copy(_ path: String, to target: String) throws(StorageError) {
        guard !FileManager.default.fileExists(atPath: target) else {
            throw .cannotOpen(path: target, detail: "it is there already")
        }
        try SQLiteFile.prepare(target)
        do {
            let source = try reading(path)
            defer { try? source.close() }
            let copy = try DatabaseQueue(path: target)
            try source.backup(to: copy)
            // A copy is one file; its reader need not find a write-ahead log beside it.
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
        } catch {
            try? FileManager.default.removeItem(atPath: target)
            throw StorageError(error, path: path)
        }
    }

    /// Refuses what is no whole file of ours.
    public static func check(_ path: String) throws(StorageError) {
        do {
            let queue = try reading(path)
            defer { try? queue.close() }
            let finding = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check") }
            guard finding == "ok" else { throw StorageError.corrupt(path: path, detail: finding ?? "unreadable") }
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// Puts a copy where a store is or was, which nobody may have open.
    ///
    /// The copy is made whole beside the store first: where that fails, nothing has changed. What was there is kept, with
    /// `.before` in its name; where something is kept already, nothing is done.
    public static func restore(_ copy: String, as store: String) throws(StorageError) {
        let files = FileManager.default
        // SQLite's companions first: a log beside another store than its own would be read into it.
        let old = ["-wal", "-shm", ""].map { (there: store + $0, kept: "\(store).before\($0)") }
            .filter { files.fileExists(atPath: $0.there) }
        for file in old where files.fileExists(atPath: file.kept) {
            throw .cannotOpen(path: file.kept, detail: "it is there already, from an earlier restore")
        }
        let draft = store + ".restoring"
        // Of a restore that was cut off.
        try? files.removeItem(atPath: draft)
        try self.copy(copy, to: draft)
        var moved: [(there: String, kept: String)] = []
        do {
            for file in old {
                try files.moveItem(atPath: file.there, toPath: file.kept)
                moved.append(file)
            }
            try SQLiteFile.put(draft, inPlaceOf: store)
        } catch {
            for file in moved.reversed() { try? files.moveItem(atPath: file.kept, toPath: file.there) }
            try? files.removeItem(atPath: draft)
            throw StorageError(error, path: store)
        }
    }

    private static func reading(_ path: String) throws -> DatabaseQueue {
        var configuration = SQLiteStore.configuration
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { try SQLiteSchema.recognise($0, path: path, isNewAllowed: false) }
        return queue
    }
}
