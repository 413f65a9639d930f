import Foundation
import GRDB
public import GatewayStorage

/// Everything the gateway keeps, in one SQLite file in WAL mode: counters, audit, accepted definitions.
///
/// Several processes may open the file; limits then hold for all of them together. What a call of the store has
/// answered survives the end of the process and a power cut: every transaction is flushed to the disk
/// (`synchronous = FULL`), which costs little since audit records come in batches and waiting reservations share a
/// transaction.
public final class SQLiteStore: Sendable {
    /// Where the file is.
    public let path: String
    let clock: WallClock
    let pool: DatabasePool
    let reservations = ReservationQueue()

    /// Opens the file, making it (mode 0600) and its folder (0700) when they do not exist, and brings an older one up
    /// to date.
    ///
    /// - Parameter clock: the time that counters are charged at.
    /// - Throws: ``StorageError``; another program's file and one of a newer version are left as they are.
    public init(path: String, clock: @escaping WallClock) throws(StorageError) {
        self.path = path
        self.clock = clock
        try SQLiteFile.prepare(path)
        do {
            pool = try Self.open(path)
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// Closes the file; the store is not used afterwards.
    ///
    /// - Throws: ``StorageError`` when something still reads.
    public func close() throws(StorageError) {
        do { try pool.close() } catch { throw StorageError(error, path: path) }
    }

    private static func open(_ path: String) throws -> DatabasePool {
        var attempts = SQLiteBounds.openAttempts
        while true {
            do {
                // Looked at before anything is written to it.
                try recognise(path)
                let pool = try DatabasePool(path: path, configuration: configuration)
                try SQLiteSchema.migrate(pool)
                // After opening: a pool sets NORMAL by itself, with which a power cut may undo a reservation.
                try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
                return pool
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && attempts > 1 {
                // Another process is making the file; SQLite does not wait for a change of journal mode.
                attempts -= 1
                Thread.sleep(forTimeInterval: SQLiteBounds.openPause)
            }
        }
    }

    private static func recognise(_ path: String) throws {
        var configuration = configuration
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        try queue.writeWithoutTransaction { try SQLiteSchema.recognise($0, path: path, isNewAllowed: true) }
    }

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "gatehouse.sqlite"
        configuration.busyMode = .timeout(SQLiteBounds.busyTimeout)
        configuration.maximumReaderCount = SQLiteBounds.readers
        configuration.foreignKeysEnabled = true
        // Of a new file only: the audit is written in long runs, and each page of a run is two calls of the kernel.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA page_size = \(SQLiteBounds.pageSize)") }
        return configuration
    }
}
