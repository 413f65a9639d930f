import Foundation
import GRDB
public import GatewayStorage
import PolicyEngine

// Names are kept as bytes: a bound text would end at its first NUL, and two names become one.
extension SQLiteStore: DefinitionStore {
    public func accepted(server: String) async throws(StorageError) -> [AcceptedDefinition]? {
        try await read { [path] database in
            let name = Data(server.utf8)
            guard
                let id = try Int64.fetchOne(
                    database, sql: "SELECT id FROM accepted_server WHERE name = ?", arguments: [name])
            else { return nil }
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT tool, hash, definition, accepted_at FROM accepted_definition WHERE server = ? ORDER BY tool
                    """,
                arguments: [id])
            return try rows.map { row in
                guard let tool = ToolName(row[0] as Data) else {
                    throw StorageError.corrupt(path: path, detail: "an accepted tool's name is none")
                }
                return AcceptedDefinition(
                    tool: tool, hash: row[1], definition: [UInt8](row[2] as Data),
                    acceptedAt: WallTime(milliseconds: row[3]))
            }
        }
    }

    public func accept(_ definitions: [AcceptedDefinition], server: String) async throws(StorageError) {
        try await write { database in
            let id = try Int64.fetchOne(
                database,
                sql: "INSERT INTO accepted_server (name) VALUES (?) ON CONFLICT DO UPDATE SET name = name RETURNING id",
                arguments: [Data(server.utf8)])
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO accepted_definition (server, tool, hash, definition, accepted_at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (server, tool) DO UPDATE SET
                        hash = excluded.hash, definition = excluded.definition, accepted_at = excluded.accepted_at
                    """)
            for definition in definitions {
                try statement.execute(arguments: [
                    id, Data(definition.tool.utf8), definition.hash, Data(definition.definition),
                    definition.acceptedAt.milliseconds,
                ])
            }
        }
    }

    public func takeBack(_ definitions: [AcceptedDefinition], server: String) async throws(StorageError) {
        try await write { database in
            let name = Data(server.utf8)
            guard
                let id = try Int64.fetchOne(
                    database, sql: "SELECT id FROM accepted_server WHERE name = ?", arguments: [name])
            else { return }
            let statement = try database.cachedStatement(
                sql: """
                    DELETE FROM accepted_definition
                    WHERE server = ? AND tool = ? AND hash = ? AND definition = ? AND accepted_at = ?
                    """)
            for definition in definitions {
                try statement.execute(arguments: [
                    id, Data(definition.tool.utf8), definition.hash, Data(definition.definition),
                    definition.acceptedAt.milliseconds,
                ])
            }
            try database.execute(
                sql: """
                    DELETE FROM accepted_server
                    WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM accepted_definition WHERE server = ?1)
                    """, arguments: [id])
        }
    }
}
