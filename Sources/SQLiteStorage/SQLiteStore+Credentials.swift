import Foundation
import GRDB
public import GatewayStorage

/// Sealed bytes in, sealed bytes out: what they hold is not known here.
extension SQLiteStore: CredentialStore {
    static let credentialTable = """
        CREATE TABLE IF NOT EXISTS upstream_credential (
            server BLOB PRIMARY KEY,
            sealed BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    public func credential(server: String) async throws(StorageError) -> [UInt8]? {
        try await read { database in
            try Data.fetchOne(
                database, sql: "SELECT sealed FROM upstream_credential WHERE server = ?", arguments: [Data(server.utf8)]
            ).map { [UInt8]($0) }
        }
    }

    public func keep(_ credential: [UInt8]?, server: String) async throws(StorageError) {
        try await write { database in
            let name = Data(server.utf8)
            guard let credential else {
                return try database.execute(sql: "DELETE FROM upstream_credential WHERE server = ?", arguments: [name])
            }
            try database.execute(
                sql: """
                    INSERT INTO upstream_credential (server, sealed) VALUES (?, ?)
                    ON CONFLICT (server) DO UPDATE SET sealed = excluded.sealed
                    """, arguments: [name, Data(credential)])
        }
    }

    public func rewrite(
        _ body: @escaping @Sendable (_ server: String, _ credential: [UInt8]) -> [UInt8]?
    ) async throws(StorageError) -> Int {
        try await write { database in
            var count = 0
            for row in try Row.fetchAll(database, sql: "SELECT server, sealed FROM upstream_credential") {
                let server: Data = row[0]
                guard let new = body(String(decoding: server, as: UTF8.self), [UInt8](row[1] as Data)) else { continue }
                try database.execute(
                    sql: "UPDATE upstream_credential SET sealed = ? WHERE server = ?", arguments: [Data(new), server])
                count += 1
            }
            return count
        }
    }
}
