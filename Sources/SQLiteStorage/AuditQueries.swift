import Foundation
import GRDB
import GatewayStorage

/// How the audit's rows are read and searched, by the store that writes them and by one that may only look.
enum AuditQueries {
    /// The members of an entry that people search by in the view.
    static let members = ["kind", "time", "request", "server", "tool", "grant", "outcome", "rule"]

    /// The SQL of one member's value; null where an entry is not JSON, so that a tampered row is passed over and does
    /// not end the search.
    static func member(_ name: String) -> String {
        "CASE WHEN json_valid(entry) THEN json_extract(entry, '$.\(name)') END"
    }

    static func head(_ database: Database) throws -> AuditHead? {
        try Row.fetchOne(
            try database.cachedStatement(sql: "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")
        ).map { AuditHead(sequence: $0[0], hash: [UInt8]($0[1] as Data)) }
    }

    static func records(_ database: Database, after sequence: Int64, limit: Int) throws -> [AuditRecord] {
        let statement = try database.cachedStatement(
            sql: "SELECT \(columns) FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?")
        return try fetch(statement, [sequence, StorageBounds.page(limit)])
    }

    static func search(_ database: Database, _ filter: AuditFilter) throws -> [AuditRecord] {
        // Numbers begin at 1: a row below was put in by another hand, where reading in order would not show it.
        var conditions = ["sequence > 0"]
        var values: [any DatabaseValueConvertible] = []
        func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            values.append(value)
        }
        let texts = [
            ("kind", filter.kind), ("organisation", filter.organisation), ("server", filter.server),
            ("tool", filter.tool), ("grant", filter.grant),
            ("outcome", filter.outcome), ("request", filter.request),
        ]
        // Most entries are told apart by their bytes, without being read as JSON: an id that is written plainly stands in
        // the entry as it is.
        if let request = filter.request, request.utf8.allSatisfy(isPlain) { add("instr(entry, ?) > 0", request) }
        for (name, text) in texts {
            // SQLite takes a bound text to its first NUL, so this would find what it was not asked for.
            if text?.utf8.contains(0) == true { return [] }
            add("\(member(name)) = ?", text)
        }
        add("\(member("time")) >= ?", filter.since?.milliseconds)
        add("\(member("time")) < ?", filter.until?.milliseconds)
        add("sequence < ?", filter.before)
        values.append(StorageBounds.page(filter.limit))
        let statement = try database.makeStatement(
            sql:
                "SELECT \(columns) FROM audit WHERE \(conditions.joined(separator: " AND ")) ORDER BY sequence DESC LIMIT ?"
        )
        return try fetch(statement, StatementArguments(values))
    }

    /// Letters, digits and `-`: what request ids are made of, and what JSON has no other way to write but on purpose.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    // The entry as bytes: as a text it would be repaired where it is not UTF-8, and end at a NUL.
    private static let columns = "sequence, previous, hash, CAST(entry AS BLOB)"

    private static func fetch(_ statement: Statement, _ arguments: StatementArguments) throws -> [AuditRecord] {
        let rows = try Row.fetchCursor(statement, arguments: arguments)
        var records: [AuditRecord] = []
        while let row = try rows.next() {
            records.append(
                AuditRecord(
                    asStored: row[0], previous: [UInt8](row[1] as Data), hash: [UInt8](row[2] as Data),
                    entry: [UInt8](row[3] as Data)))
        }
        return records
    }
}
