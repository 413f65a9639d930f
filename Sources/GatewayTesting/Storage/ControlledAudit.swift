public import GatewayStorage
import Synchronization

/// An audit store that can be made to fail or to keep its writer waiting, over one that works: for tests of what the
/// gateway does then.
public final class ControlledAudit: AuditStore {
    private struct State {
        var failure: StorageError?
        var isHolding = false
        var held: [CheckedContinuation<Void, Never>] = []
    }

    private let store: any AuditStore
    private let state = Mutex(State())
    /// How often a batch was brought.
    public let attempts = Watched(0)

    public init(over store: some AuditStore) { self.store = store }

    /// From now on appending fails with `failure`; nil: works again.
    public func fail(with failure: StorageError?) { state.withLock { $0.failure = failure } }

    /// From now on the writer waits until ``letGo()``.
    public func hold() { state.withLock { $0.isHolding = true } }

    public func letGo() {
        let held = state.withLock { state in
            state.isHolding = false
            defer { state.held = [] }
            return state.held
        }
        for writer in held { writer.resume() }
    }

    public func append(_ records: [AuditRecord]) async throws(StorageError) {
        attempts.change { $0 += 1 }
        await withCheckedContinuation { writer in
            let goesOn = state.withLock { state in
                if state.isHolding { state.held.append(writer) }
                return !state.isHolding
            }
            if goesOn { writer.resume() }
        }
        if let failure = state.withLock({ $0.failure }) { throw failure }
        try await store.append(records)
    }

    public func head() async throws(StorageError) -> AuditHead? { try await store.head() }

    public func records(after sequence: Int64, limit: Int) async throws(StorageError) -> [AuditRecord] {
        try await store.records(after: sequence, limit: limit)
    }

    public func search(_ filter: AuditFilter) async throws(StorageError) -> [AuditRecord] {
        try await store.search(filter)
    }
}
