import Foundation
import GRDB
import GatewayStorage
import GatewayTesting
import SQLiteStorage
import Testing
import ToolCatalogue

/// The catalogue's file is made anew rather than mended, and never in another program's place.
struct SQLiteCatalogueTests {
    private static let catalogue = Catalogue(
        issued: "2026-11-23", servers: [SampleCatalogue.server("iam", [SampleCatalogue.tool("detach_user_policy")])])

    @Test("a file outlives the program, and nothing unfinished is left beside it")
    func reopened() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/catalogue.sqlite"
        try await SQLiteCatalogue(path: path).replace(with: Self.catalogue, digest: "a")
        let again = try SQLiteCatalogue(path: path)
        #expect(try await again.edition()?.digest == "a")
        #expect(try await again.search(CatalogueQuery(text: "detach")).tools.count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["catalogue.sqlite"])
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("a damaged file, and one of another version, count as none and are replaced")
    func damaged() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/catalogue.sqlite"
        try await SQLiteCatalogue(path: path).replace(with: Self.catalogue, digest: "a")
        try await DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 99") }
        let later = try SQLiteCatalogue(path: path)
        #expect(try await later.edition() == nil)
        try await later.replace(with: Self.catalogue, digest: "b")
        #expect(try await later.edition()?.digest == "b")
    }

    @Test("another program's file is refused and left as it is")
    func strange() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/catalogue.sqlite"
        try await DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE theirs (a)") }
        #expect(throws: StorageError.self) { try SQLiteCatalogue(path: path) }
        let tables = try await DatabaseQueue(path: path).read {
            try String.fetchAll($0, sql: "SELECT name FROM sqlite_master")
        }
        #expect(tables == ["theirs"])
    }

    @Test("whoever is reading goes on while the file is replaced")
    func replacedUnderReaders() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/catalogue.sqlite"
        let one = try SQLiteCatalogue(path: path)
        try await one.replace(with: Self.catalogue, digest: "a")
        let other = try SQLiteCatalogue(path: path)
        try await one.replace(with: Catalogue(issued: "2026-11-24", servers: []), digest: "b")
        #expect(try await other.server("iam")?.tools.count == 1)
        #expect(try await one.server("iam") == nil)
    }
}
