import Foundation
import GRDB
import GatewayStorage
import ToolCatalogue

/// Answers a search's questions from a catalogue file, reading no more rows than are asked for.
struct SQLiteMatcher: CatalogueMatcher {
    let database: Database
    let catalogue: OpenedCatalogue

    func tools(with wanted: [[SearchTerm]], inNamesOnly: Bool, _ query: CatalogueQuery, limit: Int) throws -> [Int] {
        try matches("tool", Self.match(wanted, withServers: !inNamesOnly, IndexedWord.facets(of: query)), limit)
    }

    func servers(with wanted: [[SearchTerm]], _ query: CatalogueQuery, limit: Int) throws -> [Int] {
        try matches("server", Self.match(wanted, IndexedWord.facets(of: query)), limit)
    }

    func tools(joined terms: [SearchTerm], _ query: CatalogueQuery) throws -> [Int] {
        let condition = """
            (? IS NULL OR category = ?) AND (? IS NULL OR risk = ?)
            AND (? IS NULL OR EXISTS (SELECT 1 FROM server WHERE server.id = tool.server AND server.provider = ?))
            AND (? IS NULL OR attacks >> ? & 1)
            """
        let (category, risk, attack) = (query.category?.rank, query.risk?.rank, query.attack?.place)
        let provider = query.provider.map { Data($0.utf8) }
        return try joined(
            "tool", terms, condition, [category, category, risk, risk, provider, provider, attack, attack])
    }

    func servers(joined terms: [SearchTerm], _ query: CatalogueQuery) throws -> [Int] {
        let condition = """
            (? IS NULL OR categories >> ? & 1) AND (? IS NULL OR CASE ? WHEN 0 THEN low WHEN 1 THEN medium WHEN 2 THEN high
                ELSE critical END > 0)
            AND (? IS NULL OR provider = ?) AND (? IS NULL OR attacks >> ? & 1)
            """
        let (category, risk, attack) = (query.category?.rank, query.risk?.rank, query.attack?.place)
        let provider = query.provider.map { Data($0.utf8) }
        return try joined(
            "server", terms, condition, [category, category, risk, risk, provider, provider, attack, attack])
    }

    func hasWord(beginning text: String) throws -> Bool {
        let term = [[SearchTerm(text, isBeginning: true)]]
        return try !matches("tool", Self.match(term, []), 1).isEmpty
            || !matches("server", Self.match(term, []), 1).isEmpty
    }

    func names() throws -> NearTerms { try catalogue.nearTerms(database).names }

    func words() throws -> NearTerms { try catalogue.nearTerms(database).words }

    // MARK: Queries

    private func matches(_ table: String, _ match: String, _ limit: Int) throws -> [Int] {
        if match.isEmpty {
            return try Int.fetchAll(
                database, sql: "SELECT id FROM \(table) ORDER BY id LIMIT ?", arguments: [limit])
        }
        let statement = try database.cachedStatement(
            sql: "SELECT rowid FROM \(table)_words WHERE \(table)_words MATCH ? ORDER BY rowid LIMIT ?")
        return try Int.fetchAll(statement, arguments: [match, limit])
    }

    /// An FTS5 query. Words are letters and digits, cut by `SearchWords`: none ends its quotes.
    private static func match(_ wanted: [[SearchTerm]], withServers: Bool = false, _ facets: [String]) -> String {
        var parts = facets.map { "\"\($0)\"" }
        for terms in wanted {
            let words = terms.map(quoted) + (withServers ? terms.map { quoted($0, IndexedWord.server) } : [])
            parts.append("(\(words.joined(separator: " OR ")))")
        }
        return parts.joined(separator: " AND ")
    }

    private static func quoted(_ term: SearchTerm) -> String { quoted(term, { $0 }) }

    private static func quoted(_ term: SearchTerm, _ marked: (String) -> String) -> String {
        "\"\(marked(term.text))\"" + (term.isBeginning ? " *" : "")
    }

    private func joined(
        _ table: String, _ terms: [SearchTerm], _ condition: String, _ values: [(any DatabaseValueConvertible)?]
    ) throws -> [Int] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT id FROM (
                    SELECT * FROM \(table) WHERE joined >= ? AND joined < ? ORDER BY joined, id LIMIT ?
                ) AS \(table) WHERE \(condition)
                """)
        var found: Set<Int> = []
        for term in terms {
            let beginning = Data(term.text.utf8)
            // No UTF-8 has the byte FF; the least text behind a whole one is itself and a NUL.
            let end = beginning + [term.isBeginning ? 0xFF : 0]
            found.formUnion(
                try Int.fetchAll(
                    statement,
                    arguments: StatementArguments([beginning, end, StorageBounds.joinedNames] + values)))
        }
        return found.sorted()
    }

    // MARK: Rows

    func toolEntries(at positions: [Int]) throws -> [CatalogueToolEntry] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT tool.name, server.slug, tool.category, tool.risk
                FROM tool JOIN server ON server.id = tool.server WHERE tool.id = ?
                """)
        return try positions.map { position in
            guard let row = try Row.fetchOne(statement, arguments: [position]),
                let category = ToolCatalogue.Category.allCases.first(where: { $0.rank == row[2] as Int }),
                let risk = Risk.allCases.first(where: { $0.rank == row[3] as Int })
            else { throw StorageError.failed(detail: "the catalogue's index has no tool \(position)") }
            return CatalogueToolEntry(name: row.text(0), server: row.text(1), category: category, risk: risk)
        }
    }

    func serverEntries(at positions: [Int]) throws -> [CatalogueServerEntry] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT registry, package, version, provider, low, medium, high, critical, slug FROM server WHERE id = ?
                """)
        return try positions.map { position in
            guard let row = try Row.fetchOne(statement, arguments: [position]) else {
                throw StorageError.failed(detail: "the catalogue's index has no server \(position)")
            }
            return CatalogueServerEntry(
                slug: (row[8] as Data?).map { String(decoding: $0, as: UTF8.self) }, registry: row.text(0),
                package: row.text(1), version: row.text(2), provider: row.text(3), counts: (4...7).map { row[$0] })
        }
    }
}
