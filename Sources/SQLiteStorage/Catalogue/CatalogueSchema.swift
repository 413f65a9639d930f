import Foundation
import GRDB
import GatewayStorage

/// A catalogue file's tables.
enum CatalogueSchema {
    /// "GatC": tells these files from other programs', and from the gateway's store (`PRAGMA application_id`).
    static let applicationID: Int64 = 0x4761_7443
    /// Of the tables, and of how words are cut: a file of another version is made anew.
    static let version: Int64 = 2

    /// What the file says it holds; nil where it is of another version.
    static func edition(_ database: Database, path: String) throws -> CatalogueEdition? {
        guard try Int64.fetchOne(database, sql: "PRAGMA application_id") == applicationID else {
            throw StorageError.corrupt(path: path, detail: "an SQLite file of another program")
        }
        guard try Int64.fetchOne(database, sql: "PRAGMA user_version") == version else { return nil }
        return try Row.fetchOne(database, sql: "SELECT issued, digest, servers, tools, packages FROM edition").map {
            CatalogueEdition(
                issued: $0.text(0), digest: $0.text(1), servers: $0[2], tools: $0[3], packages: $0[4])
        }
    }

    // Rows stand in the order of results: a search reads as many as it shows and stops. Words are cut, and marked by where
    // they stand (`IndexedWord`), before they come here, so the tokenizer has only spaces to look for; nothing is ranked, so
    // no sizes are kept. Without `detail=column` long lists would have no index to leap by: a whole name took six times as
    // long. Prefixes up to six letters have lists of their own: a longer one has few words left
    // to put together.
    static let tables = """
        CREATE TABLE edition (
            issued BLOB NOT NULL, digest BLOB NOT NULL,
            servers INTEGER NOT NULL, tools INTEGER NOT NULL, packages INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE provider (
            place INTEGER PRIMARY KEY, slug BLOB NOT NULL, servers INTEGER NOT NULL, tools INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE server (
            id INTEGER PRIMARY KEY,
            slug BLOB, registry BLOB NOT NULL, package BLOB NOT NULL, version BLOB NOT NULL, provider BLOB NOT NULL,
            joined BLOB NOT NULL,
            low INTEGER NOT NULL, medium INTEGER NOT NULL, high INTEGER NOT NULL, critical INTEGER NOT NULL,
            categories INTEGER NOT NULL,
            attacks INTEGER NOT NULL,
            record BLOB
        ) STRICT;
        CREATE TABLE tool (
            id INTEGER PRIMARY KEY,
            server INTEGER NOT NULL,
            name BLOB NOT NULL,
            joined BLOB NOT NULL,
            category INTEGER NOT NULL,
            risk INTEGER NOT NULL,
            attacks INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE near (names BLOB NOT NULL, words BLOB NOT NULL) STRICT;
        CREATE VIRTUAL TABLE tool_words USING fts5(
            words, content='', detail=column, columnsize=0, prefix='1 2 3 4 5 6', tokenize='ascii');
        CREATE VIRTUAL TABLE server_words USING fts5(
            words, content='', detail=column, columnsize=0, prefix='1 2 3 4', tokenize='ascii');
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        """

    /// Made when all rows are there.
    static let indexes = """
        CREATE UNIQUE INDEX server_by_slug ON server (slug) WHERE slug IS NOT NULL;
        CREATE INDEX server_by_joined ON server (joined);
        CREATE INDEX tool_by_joined ON tool (joined);
        INSERT INTO tool_words (tool_words) VALUES ('optimize');
        INSERT INTO server_words (server_words) VALUES ('optimize');
        """
}

extension Row {
    /// A text kept as its bytes: a bound text would end at its first NUL.
    func text(_ column: Int) -> String { String(decoding: self[column] as Data, as: UTF8.self) }
}
