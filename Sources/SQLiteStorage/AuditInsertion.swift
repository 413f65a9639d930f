import GRDB
import GRDBSQLite
import GatewayStorage

/// Puts audit records into their table, through SQLite's own interface: an insertion costs less than the values GRDB
/// would make of its arguments.
struct AuditInsertion {
    private let database: Database
    private let statement: Statement

    /// To be used within the transaction that `database` is in, and with it only.
    init(_ database: Database) throws {
        self.database = database
        statement = try database.cachedStatement(
            sql: "INSERT INTO audit (sequence, previous, hash, entry) VALUES (?, ?, ?, ?)")
    }

    func insert(_ records: [AuditRecord]) throws {
        // What was bound points to memory that is gone afterwards.
        defer { sqlite3_clear_bindings(statement.sqliteStatement) }
        for record in records { try insert(record) }
    }

    private func insert(_ record: AuditRecord) throws {
        let row = statement.sqliteStatement
        let code = record.previous.withUnsafeBufferPointer { previous in
            record.hash.withUnsafeBufferPointer { hash in
                record.entry.withUnsafeBytes { entry in
                    var code = sqlite3_bind_int64(row, 1, record.sequence)
                    if code == SQLITE_OK { code = Self.bind(previous, to: row, 2) }
                    if code == SQLITE_OK { code = Self.bind(hash, to: row, 3) }
                    // As a text, byte for byte: people read it with other programs.
                    if code == SQLITE_OK {
                        let text = entry.assumingMemoryBound(to: CChar.self)
                        code = sqlite3_bind_text(row, 4, text.baseAddress, CInt(text.count), nil)
                    }
                    return code == SQLITE_OK ? sqlite3_step(row) : code
                }
            }
        }
        sqlite3_reset(row)
        guard code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage, sql: statement.sql)
        }
    }

    /// Binds bytes that outlive the row's insertion.
    private static func bind(_ bytes: UnsafeBufferPointer<UInt8>, to row: OpaquePointer, _ place: CInt) -> CInt {
        bytes.isEmpty
            ? sqlite3_bind_zeroblob(row, place, 0)
            : sqlite3_bind_blob(row, place, bytes.baseAddress, CInt(bytes.count), nil)
    }
}
