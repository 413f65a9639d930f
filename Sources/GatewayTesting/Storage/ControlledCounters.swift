public import GatewayStorage
import Synchronization

/// A counter store that can be made to fail or to keep its callers waiting, over one that works: for tests of what the
/// gateway does then.
public final class ControlledCounters: CounterStore {
    private struct State {
        var failure: StorageError?
        var isHolding = false
        var held: [CheckedContinuation<Void, Never>] = []
    }

    private let store: any CounterStore
    private let state = Mutex(State())

    public init(over store: some CounterStore) {
        self.store = store
    }

    /// From now on everything fails with `failure`; nil: works again.
    public func fail(with failure: StorageError?) {
        state.withLock { $0.failure = failure }
    }

    /// From now on callers wait until ``letGo()``.
    public func hold() {
        state.withLock { $0.isHolding = true }
    }

    /// How many callers wait.
    public var held: Int { state.withLock { $0.held.count } }

    /// Lets all waiting callers go on, and new ones too unless they are to be held in turn.
    public func letGo(holdingOthers: Bool = false) {
        let held = state.withLock { state in
            state.isHolding = holdingOthers
            defer { state.held = [] }
            return state.held
        }
        for caller in held { caller.resume() }
    }

    public func reserve(
        _ requests: [BlockRequest], returning: [ReturnedAmount]
    ) async throws(StorageError) -> BlockAnswer {
        try await passThrough()
        return try await store.reserve(requests, returning: returning)
    }

    public func giveBack(_ returning: [ReturnedAmount]) async throws(StorageError) {
        try await passThrough()
        try await store.giveBack(returning)
    }

    public func total(of key: CounterKey) async throws(StorageError) -> Int64 {
        try await passThrough()
        return try await store.total(of: key)
    }

    private func passThrough() async throws(StorageError) {
        await withCheckedContinuation { caller in
            let goesOn = state.withLock { state in
                if state.isHolding { state.held.append(caller) }
                return !state.isHolding
            }
            if goesOn { caller.resume() }
        }
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }
}
