import GatewayStorage
import GatewayTesting
import Testing

/// The memory stores keep every promise of their ports.
struct MemoryConformanceTests {
    @Test("memory counters", arguments: StoreConformance.counters)
    func counters(promise: ConformanceCase<CounterStoreFixture>) async throws {
        let clock = ManualClock()
        let store = MemoryCounters(clock: clock.reading)
        try await promise.check(CounterStoreFixture(clock: clock) { _ in store })
    }

    @Test("memory audit", arguments: StoreConformance.audit)
    func audit(promise: ConformanceCase<any AuditStore>) async throws {
        try await promise.check(MemoryAudit())
    }

    @Test("memory definitions", arguments: StoreConformance.definitions)
    func definitions(promise: ConformanceCase<any DefinitionStore>) async throws {
        try await promise.check(MemoryDefinitions())
    }

    @Test("memory catalogue", arguments: StoreConformance.catalogue)
    func catalogue(promise: ConformanceCase<any CatalogueIndex>) async throws {
        try await promise.check(MemoryCatalogue())
    }

    @Test("memory directory", arguments: StoreConformance.directory)
    func directory(promise: ConformanceCase<any DirectoryStore>) async throws {
        try await promise.check(MemoryDirectory())
    }

    @Test("memory credentials", arguments: StoreConformance.credentials)
    func credentials(promise: ConformanceCase<any CredentialStore>) async throws {
        try await promise.check(MemoryCredentials())
    }
}
