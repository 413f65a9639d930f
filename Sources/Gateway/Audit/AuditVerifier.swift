public import GatewayStorage

/// Reads an audit from its first record to its last and proves the chain, or names the first fault.
public struct AuditVerifier: Sendable {
    private static let page = 1000
    private let store: any AuditReader

    public init(_ store: any AuditReader) { self.store = store }

    /// - Parameter noted: a head that was written down elsewhere; the chain must contain it.
    public func verify(containing noted: AuditHead? = nil) async throws -> AuditVerdict {
        var chain = AuditChain(head: nil)
        var foundNoted = noted == nil
        while true {
            let records = try await store.records(after: chain.head?.sequence ?? 0, limit: Self.page)
            for record in records {
                if let fault = chain.verify(record) { return .broken(fault, intact: chain.head) }
                if let noted, record.sequence == noted.sequence { foundNoted = record.hash == noted.hash }
            }
            if records.count < Self.page { break }
        }
        if !foundNoted, let noted { return .broken(.headNotFound(noted.sequence), intact: chain.head) }
        return .intact(chain.head)
    }
}

/// What the verifier found.
public enum AuditVerdict: Sendable, Equatable {
    /// All links hold up to this head; nil for an empty audit.
    case intact(AuditHead?)
    case broken(AuditFault, intact: AuditHead?)
}
