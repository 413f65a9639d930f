import Foundation
import GRDB
import GatewayStorage

/// The directory's rows, within a transaction.
struct DirectoryRows {
    let database: Database
    /// Of the file, for errors.
    let path: String

    func rows(_ query: DirectoryQuery) throws -> [DirectoryRow] {
        var conditions = ["TRUE"]
        var values: [any DatabaseValueConvertible] = []
        func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            values.append(value)
        }
        add("organisation = ?", query.organisation?.text)
        add("id = ?", query.id?.text)
        add("name = ?", query.name.map { Data($0) })
        add("handle = ?", query.handle.map { Data($0) })
        for (kind, id) in query.parents.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            add("parent_\(kind.rawValue) = ?", id.text)
        }
        add("id > ?", query.after?.text)
        values.append(query.limit)
        let parents = query.kind.parents.keys.sorted { $0.rawValue < $1.rawValue }
        let columns = parents.map { ", parent_\($0.rawValue)" }.joined()
        return try Row.fetchAll(
            database,
            sql: """
                SELECT organisation, id, name, handle, CAST(body AS BLOB)\(columns) FROM \(Self.table(query.kind))
                WHERE \(conditions.joined(separator: " AND ")) ORDER BY id LIMIT ?
                """,
            arguments: StatementArguments(values)
        ).map { row in
            var named: [DirectoryKind: RecordID] = [:]
            for (index, parent) in parents.enumerated() { named[parent] = try id(row[5 + index]) }
            return DirectoryRow(
                kind: query.kind, organisation: try id(row[0]), id: try id(row[1]),
                name: (row[2] as Data?).map { [UInt8]($0) }, handle: (row[3] as Data?).map { [UInt8]($0) },
                parents: named, body: [UInt8](row[4] as Data))
        }
    }

    /// Makes one step; the reason where it cannot be made. The tables' own constraints stand behind what is asked here.
    func make(_ change: DirectoryChange) throws -> DirectoryConflict.Reason? {
        switch change {
        case .insert(let row):
            if try stored(row) != nil { return .idTaken }
            if let reason = try obstacle(to: row) { return reason }
            try insert(row)
        case .replace(let old, let new):
            precondition(
                old.kind == new.kind && old.organisation == new.organisation && old.id == new.id,
                "a replaced row keeps its kind, organisation and id")
            guard try stored(old) == old else { return .changed }
            if let reason = try obstacle(to: new) { return reason }
            try update(new)
        case .remove(let row):
            guard try stored(row) == row else { return .changed }
            if let reason = try use(of: row) { return reason }
            try database.execute(
                sql: "DELETE FROM \(Self.table(row.kind)) WHERE organisation = ? AND id = ?",
                arguments: [row.organisation.text, row.id.text])
        }
        return nil
    }

    private func stored(_ row: DirectoryRow) throws -> DirectoryRow? {
        try rows(DirectoryQuery(row.kind, of: row.organisation, id: row.id, limit: 1)).first
    }

    private func obstacle(to row: DirectoryRow) throws -> DirectoryConflict.Reason? {
        if row.kind != .organisation, try !exists(.organisation, row.organisation, row.organisation) {
            return .parentMissing(.organisation)
        }
        for (kind, id) in row.parents where try !exists(kind, row.organisation, id) { return .parentMissing(kind) }
        if let handle = row.handle,
            let other = try rows(DirectoryQuery(row.kind, handle: handle, limit: 1)).first, !isSame(other, row)
        {
            return .handleTaken
        }
        if let name = row.name,
            let other = try rows(DirectoryQuery(row.kind, of: row.organisation, name: name, limit: 1)).first,
            !isSame(other, row)
        {
            return .nameTaken
        }
        return nil
    }

    private func isSame(_ one: DirectoryRow, _ other: DirectoryRow) -> Bool {
        one.organisation == other.organisation && one.id == other.id
    }

    private func exists(_ kind: DirectoryKind, _ organisation: RecordID, _ id: RecordID) throws -> Bool {
        try !rows(DirectoryQuery(kind, of: organisation, id: id, limit: 1)).isEmpty
    }

    private func use(of row: DirectoryRow) throws -> DirectoryConflict.Reason? {
        for kind in DirectoryKind.allCases where kind.parents[row.kind] == .isRefused {
            let needing = DirectoryQuery(kind, of: row.organisation, parents: [row.kind: row.id], limit: 1)
            if try !rows(needing).isEmpty { return .inUse(by: kind) }
        }
        return nil
    }

    private func insert(_ row: DirectoryRow) throws {
        let parents = row.parents.sorted { $0.key.rawValue < $1.key.rawValue }
        let columns = parents.map { ", parent_\($0.key.rawValue)" }.joined()
        let places = parents.map { _ in ", ?" }.joined()
        try database.execute(
            sql: """
                INSERT INTO \(Self.table(row.kind)) (organisation, id, name, handle, body\(columns))
                VALUES (?, ?, ?, ?, CAST(? AS TEXT)\(places))
                """,
            arguments: StatementArguments(
                [row.organisation.text, row.id.text] + values(of: row) + parents.map(\.value.text)))
    }

    private func update(_ row: DirectoryRow) throws {
        let parents = row.parents.sorted { $0.key.rawValue < $1.key.rawValue }
        let columns = parents.map { ", parent_\($0.key.rawValue) = ?" }.joined()
        try database.execute(
            sql: """
                UPDATE \(Self.table(row.kind)) SET name = ?, handle = ?, body = CAST(? AS TEXT)\(columns)
                WHERE organisation = ? AND id = ?
                """,
            arguments: StatementArguments(
                values(of: row) + parents.map(\.value.text) + [row.organisation.text, row.id.text]))
    }

    private func values(of row: DirectoryRow) -> [(any DatabaseValueConvertible)?] {
        [row.name.map { Data($0) }, row.handle.map { Data($0) }, Data(row.body)]
    }

    private func id(_ text: String) throws -> RecordID {
        guard let id = RecordID(text) else {
            throw StorageError.corrupt(path: path, detail: "a record of the directory has no id")
        }
        return id
    }

    private static func table(_ kind: DirectoryKind) -> String { "directory_\(kind.rawValue)" }
}
