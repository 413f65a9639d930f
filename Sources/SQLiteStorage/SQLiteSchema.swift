import GRDB
import GatewayStorage

/// The file's tables, and how an older file becomes a present one.
enum SQLiteSchema {
    /// "Gate": tells our files from other programs' (`PRAGMA application_id`).
    static let applicationID: Int64 = 0x4761_7465

    /// Brings a new or older file up to date.
    static func migrate(_ writer: some DatabaseWriter) throws {
        for _ in 0...migrator.migrations.count {
            do {
                return try migrator.migrate(writer)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                // Two processes opened a new file at once and the other was first: its migration is done.
                continue
            }
        }
        throw DatabaseError(resultCode: .SQLITE_BUSY)
    }

    /// Refuses a file that is another program's or was written by a newer version.
    ///
    /// - Parameter isNewAllowed: whether a file without anything in it will do.
    static func recognise(_ database: Database, path: String, isNewAllowed: Bool) throws {
        // One state of the file: another process may be making it.
        try database.inTransaction(.deferred) {
            // While a file is being made there may be no more in it than the migrator's own empty table.
            let tables = "SELECT count(*) FROM sqlite_master WHERE tbl_name NOT LIKE 'grdb\\_%' ESCAPE '\\'"
            let isNew = try Int.fetchOne(database, sql: tables) == 0
            if isNew && isNewAllowed { return .commit }
            guard try Int64.fetchOne(database, sql: "PRAGMA application_id") == applicationID else {
                throw StorageError.corrupt(path: path, detail: "an SQLite file of another program")
            }
            if try migrator.hasBeenSuperseded(database) { throw StorageError.newerSchema(path: path) }
            return .commit
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 counters, audit, accepted definitions", foreignKeyChecks: .immediate) {
            try $0.execute(sql: counters + audit + definitions + "PRAGMA application_id = \(applicationID);")
        }
        migrator.registerMigration("2 no index over the audit's entries", foreignKeyChecks: .immediate) {
            try $0.execute(sql: "DROP INDEX IF EXISTS audit_by_request")
        }
        migrator.registerMigration("3 directory", foreignKeyChecks: .immediate) {
            try $0.execute(sql: DirectorySchema.tables)
        }
        migrator.registerMigration("4 credentials at upstreams", foreignKeyChecks: .immediate) {
            try $0.execute(sql: SQLiteStore.credentialTable)
        }
        migrator.registerMigration("5 identities of members", foreignKeyChecks: .immediate) {
            try $0.execute(sql: DirectorySchema.identities)
        }
        migrator.registerMigration("6 connections", foreignKeyChecks: .immediate) {
            try $0.execute(sql: DirectorySchema.connections)
        }
        return migrator
    }

    private static let counters = """
        CREATE TABLE IF NOT EXISTS counter (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            passes INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX IF NOT EXISTS counter_by_passing ON counter (passes);
        CREATE TABLE IF NOT EXISTS counter_block (
            counter INTEGER NOT NULL REFERENCES counter (id) ON DELETE CASCADE,
            bucket INTEGER NOT NULL,
            amount INTEGER NOT NULL CHECK (amount >= 0),
            PRIMARY KEY (counter, bucket)
        ) STRICT, WITHOUT ROWID;

        """

    // Nothing is computed from an entry when it is written: an index by request, or generated columns without one, cost
    // a third of the rows a second, on the way of every call. The view is for people.
    private static let audit = """
        CREATE TABLE IF NOT EXISTS audit (
            sequence INTEGER PRIMARY KEY,
            previous BLOB NOT NULL,
            hash BLOB NOT NULL,
            entry TEXT NOT NULL
        ) STRICT;
        CREATE VIEW IF NOT EXISTS audit_entry AS SELECT sequence, \(
            AuditQueries.members.map { "\(AuditQueries.member($0)) AS \"\($0)\"" }.joined(separator: ", ")
        ), entry FROM audit;

        """

    private static let definitions = """
        CREATE TABLE IF NOT EXISTS accepted_server (
            id INTEGER PRIMARY KEY,
            name BLOB NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE IF NOT EXISTS accepted_definition (
            server INTEGER NOT NULL REFERENCES accepted_server (id) ON DELETE CASCADE,
            tool BLOB NOT NULL,
            hash TEXT NOT NULL,
            definition BLOB NOT NULL,
            accepted_at INTEGER NOT NULL,
            UNIQUE (server, tool)
        ) STRICT;

        """
}
