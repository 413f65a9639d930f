import Synchronization

/// Charges calls against counters, from blocks this process has durably reserved in a ``CounterStore``.
///
/// ``charge(_:at:)`` is quick and never waits; when a block is used up it says so and ``reserve(_:)`` fetches the next
/// one. All charges of a call are made or none. Several processes over one store together never admit more than a
/// limit; one that is killed leaves at most one block per counter counted but not used. Call ``releaseAll()`` before an
/// orderly end.
public final class CounterLedger: Sendable {
    private let store: any CounterStore
    private let clock: WallClock
    private let state: Mutex<LedgerState>

    /// - Parameter clock: this process's clock, which also `charge`'s `now` is read from. It need not agree with the
    ///   store's: blocks are timed by how long the store says they are good.
    public init(
        over store: some CounterStore, clock: @escaping WallClock,
        countersInMemory: Int = StorageBounds.countersInMemory, waitingCalls: Int = StorageBounds.waitingCalls
    ) {
        self.store = store
        self.clock = clock
        state = Mutex(LedgerState(countersInMemory: countersInMemory, waitingCalls: waitingCalls))
    }

    /// Charges from memory, all or nothing. A counter named with several limits is charged under the tightest; one
    /// named with several amounts is charged each distinct amount once.
    public func charge(_ charges: [CounterCharge], at now: WallTime) -> ChargeAttempt {
        let shares = ChargeShare.combining(charges)
        guard !shares.isEmpty else { return .settled(.charged(ChargeReceipt(parts: []))) }
        return state.withLock { $0.charge(shares, at: now) }
    }

    /// Charges as ``charge(_:at:)`` does, asking the store for what is not in memory. Calls that need the same block
    /// wait for one of them to fetch it. Being cancelled does not end the waiting: a charge that comes too late is
    /// the caller's to refund.
    ///
    /// - Throws: ``StorageError`` when the store cannot answer (nothing was charged), or too many calls wait.
    public func reserve(_ charges: [CounterCharge]) async throws(StorageError) -> ChargeOutcome {
        let shares = ChargeShare.combining(charges)
        guard !shares.isEmpty else { return .charged(ChargeReceipt(parts: [])) }
        let now = clock()
        let turn = await withCheckedContinuation { continuation in
            let turn = state.withLock { $0.enter(shares, at: now, continuation: continuation) }
            if let turn { continuation.resume(returning: turn) }
        }
        switch turn {
        case .settled(let outcome): return outcome
        case .failed(let error): throw error
        case .reserve(let reservation): return try await perform(reservation)
        }
    }

    /// Takes a charge back because nothing of its call was sent. At most once for a receipt.
    public func refund(_ receipt: ChargeReceipt) {
        state.withLock { $0.refund(receipt) }
    }

    /// Calls that wait for a block another call is fetching.
    public var waitingCalls: Int { state.withLock { $0.waiting.count } }

    /// Gives everything unused back to the store: the last thing before an orderly end, when no call is under way.
    /// What the store does not take back stays counted until its window has passed.
    public func releaseAll() async throws(StorageError) {
        var unused = state.withLock { $0.surrenderAll() }[...]
        while !unused.isEmpty {
            let part = unused.prefix(StorageBounds.returnsPerTransaction)
            try await store.giveBack(Array(part))
            unused = unused.dropFirst(part.count)
        }
    }

    private func perform(_ reservation: Reservation) async throws(StorageError) -> ChargeOutcome {
        do {
            let answer = try await store.reserve(reservation.requests, returning: reservation.returning)
            let now = clock()
            let (outcome, resumptions) = state.withLock { $0.finish(reservation, answer, at: now) }
            for (continuation, turn) in resumptions { continuation.resume(returning: turn) }
            return outcome
        } catch {
            let now = clock()
            let resumptions = state.withLock { $0.fail(reservation, error, at: now) }
            for (continuation, turn) in resumptions { continuation.resume(returning: turn) }
            throw error
        }
    }
}
