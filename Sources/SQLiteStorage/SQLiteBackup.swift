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

    private static func reading(_ path: String) throws -> DatabaseQueue {
        var configuration = SQLiteStore.configuration
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { try SQLiteSchema.recognise($0, path: path, isNewAllowed: false) }
        return queue
    }
}
