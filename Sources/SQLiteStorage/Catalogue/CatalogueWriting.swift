import Foundation
import GRDB
import GatewayStorage
import ToolCatalogue

/// Makes a catalogue file: beside the one that is there, and in its place when it is whole.
enum CatalogueWriting {
    static func write(_ catalogue: Catalogue, digest: String, to path: String) async throws(StorageError) {
        let unfinished = "\(path).\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: unfinished) }
        try SQLiteFile.prepare(unfinished)
        let queue: DatabaseQueue
        do { queue = try DatabaseQueue(path: unfinished) } catch { throw StorageError(error, path: unfinished) }
        let outcome: Result<Void, StorageError> = await withCheckedContinuation { continuation in
            queue.asyncWriteWithoutTransaction { database in
                continuation.resume(
                    returning: Result { try fill(database, catalogue, digest) }.mapError {
                        StorageError($0, path: path)
                    })
            }
        }
        try outcome.get()
        do { try queue.close() } catch { throw StorageError(error, path: path) }
        try SQLiteFile.put(unfinished, inPlaceOf: path)
    }

    private static func fill(_ database: Database, _ catalogue: Catalogue, _ digest: String) throws {
        // Nothing to go back to: a file that is not finished is thrown away.
        try database.execute(
            sql: """
                PRAGMA page_size = \(SQLiteBounds.pageSize); PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
                PRAGMA cache_size = -\(SQLiteBounds.catalogueCacheKiB)
                """)
        try database.inTransaction(.immediate) {
            try database.execute(sql: CatalogueSchema.tables)
            let rows = CatalogueRows(catalogue)
            try write(rows.servers, to: database)
            try write(rows.tools, rows.servers, to: database)
            for (place, provider) in rows.providers.enumerated() {
                try database.execute(
                    sql: "INSERT INTO provider VALUES (?, ?, ?, ?)",
                    arguments: [place, Data(provider.slug.utf8), provider.servers, provider.tools])
            }
            try database.execute(
                sql: "INSERT INTO near VALUES (?, ?)", arguments: [lines(rows.names), lines(rows.words)])
            let edition = CatalogueEdition(catalogue, digest: digest)
            try database.execute(
                sql: "INSERT INTO edition VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    Data(edition.issued.utf8), Data(edition.digest.utf8), edition.servers, edition.tools,
                    edition.packages,
                ])
            try database.execute(sql: CatalogueSchema.indexes)
            return .commit
        }
    }

    private static func write(_ servers: [CatalogueRows.Server], to database: Database) throws {
        let insertion = try database.makeStatement(
            sql: "INSERT INTO server VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        let words = try database.makeStatement(sql: "INSERT INTO server_words (rowid, words) VALUES (?, ?)")
        for (id, row) in servers.enumerated() {
            let entry = row.entry
            try insertion.execute(arguments: [
                id, entry.slug.map { Data($0.utf8) }, Data(entry.registry.utf8), Data(entry.package.utf8),
                Data(entry.version.utf8), Data(entry.provider.utf8), Data(row.joined.utf8), entry.count(.low),
                entry.count(.medium), entry.count(.high), entry.count(.critical),
                row.categories.reduce(0) { $0 | 1 << $1.rank }, Int64(bitPattern: row.attacks.bits),
                row.server.map { Data($0.record) },
            ])
            let facets =
                row.categories.map(IndexedWord.facet) + row.risks.map(IndexedWord.facet)
                + row.attacks.patterns.map(IndexedWord.facet)
                + [IndexedWord.facet(provider: entry.provider)]
            try words.execute(arguments: [id, (row.words + facets).joined(separator: " ")])
        }
    }

    private static func write(
        _ tools: [CatalogueRows.Tool], _ servers: [CatalogueRows.Server], to database: Database
    ) throws {
        let insertion = try database.makeStatement(sql: "INSERT INTO tool VALUES (?, ?, ?, ?, ?, ?, ?)")
        let words = try database.makeStatement(
            sql: "INSERT INTO tool_words (rowid, words) VALUES (?, ?)")
        for (id, row) in tools.enumerated() {
            let (entry, server) = (row.entry, servers[row.server])
            try insertion.execute(arguments: [
                id, row.server, Data(entry.name.utf8), Data(row.joined.utf8), entry.category.rank, entry.risk.rank,
                Int64(bitPattern: row.attacks.bits),
            ])
            let facets =
                [
                    IndexedWord.facet(entry.category), IndexedWord.facet(entry.risk),
                    IndexedWord.facet(provider: server.entry.provider),
                ] + row.attacks.patterns.map(IndexedWord.facet)
            let all = row.words + server.words.map(IndexedWord.server) + facets
            try words.execute(arguments: [id, all.joined(separator: " ")])
        }
    }

    private static func lines(_ terms: Set<[UInt8]>) -> Data {
        var lines = Data()
        for term in terms {
            lines.append(contentsOf: term)
            lines.append(0x0A)
        }
        return lines
    }
}
