import GatewayStorage
import GatewayTesting
import Testing

struct MemoryAuditTests {
    @Test("an audit in memory keeps its last records and goes on with the chain")
    func bound() async throws {
        let store = MemoryAudit(capacity: 5)
        let records = SampleAudit.chain((0..<23).map { SampleAudit.entry($0) })
        for record in records { try await store.append([record]) }
        #expect(try await store.records(after: 0, limit: 100) == Array(records.suffix(5)))
        #expect(try await store.head() == records.last.map { AuditHead($0) })
    }
}
