import GatewayStorage
import GatewayTesting
import SQLiteStorage
import Testing

/// The SQLite store keeps every promise of the ports, on a real file.
struct SQLiteConformanceTests {
    @Test("SQLite counters", arguments: StoreConformance.counters)
    func counters(promise: ConformanceCase<CounterStoreFixture>) async throws {
        let folder = try TemporaryFolder()
        let file = folder.file
        try await promise.check(CounterStoreFixture { try SQLiteStore(path: file, clock: $0) })
    }

    @Test("SQLite audit", arguments: StoreConformance.audit)
    func audit(promise: ConformanceCase<any AuditStore>) async throws {
        let folder = try TemporaryFolder()
        try await promise.check(try SQLiteStore(path: folder.file, clock: WallTime.system))
    }

    @Test("SQLite definitions", arguments: StoreConformance.definitions)
    func definitions(promise: ConformanceCase<any DefinitionStore>) async throws {
        let folder = try TemporaryFolder()
        try await promise.check(try SQLiteStore(path: folder.file, clock: WallTime.system))
    }

    @Test("SQLite catalogue", arguments: StoreConformance.catalogue)
    func catalogue(promise: ConformanceCase<any CatalogueIndex>) async throws {
        let folder = try TemporaryFolder()
        try await promise.check(try SQLiteCatalogue(path: folder.path + "/catalogue.sqlite"))
    }

    @Test("SQLite directory", arguments: StoreConformance.directory)
    func directory(promise: ConformanceCase<any DirectoryStore>) async throws {
        let folder = try TemporaryFolder()
        try await promise.check(try SQLiteStore(path: folder.file, clock: WallTime.system))
    }

    @Test("SQLite credentials", arguments: StoreConformance.credentials)
    func credentials(promise: ConformanceCase<any CredentialStore>) async throws {
        let folder = try TemporaryFolder()
        try await promise.check(try SQLiteStore(path: folder.file, clock: WallTime.system))
    }
}
