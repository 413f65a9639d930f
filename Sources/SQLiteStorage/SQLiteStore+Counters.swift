import GRDB
public import GatewayStorage

extension SQLiteStore: CounterStore {
    public func reserve(
        _ requests: [BlockRequest], returning: [ReturnedAmount]
    ) async throws(StorageError) -> BlockAnswer {
        let result: Result<BlockAnswer, StorageError> = await withCheckedContinuation { continuation in
            let reservation = ReservationQueue.Waiting(
                requests: requests, returning: returning, continuation: continuation)
            guard reservations.add(reservation) else {
                return continuation.resume(returning: .failure(.overloaded))
            }
            pool.asyncWriteWithoutTransaction { [self] database in
                let waiting = reservations.takeAll()
                guard !waiting.isEmpty else { return }
                let answers = database.committing(path: path) { database in
                    // The time is read with the write lock held: transactions of several processes see it in order.
                    let counters = CounterRows(database: database, now: clock())
                    try counters.forgetPassed()
                    return try waiting.map { try counters.reserve($0.requests, returning: $0.returning) }
                }
                for (index, reservation) in waiting.enumerated() {
                    reservation.continuation.resume(returning: answers.map { $0[index] })
                }
            }
        }
        return try result.get()
    }

    public func giveBack(_ returning: [ReturnedAmount]) async throws(StorageError) {
        try await write { [clock] database in
            try CounterRows(database: database, now: clock()).takeBack(returning)
        }
    }

    public func total(of key: CounterKey) async throws(StorageError) -> Int64 {
        try await read { [clock] database in
            try CounterRows(database: database, now: clock()).total(of: key)
        }
    }
}
