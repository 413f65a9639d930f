/// Keeps what has been reserved of every counter, for all processes that share the store.
///
/// INVARIANT: the sum of what is reserved within a window never exceeds the limit it was reserved under, by the store's
/// own clock. A process admits calls only against what it has reserved, so a crash may count what was never used and
/// never forgets what was.
public protocol CounterStore: Sendable {
    /// Takes back `returning`, then reserves a block for every request, or for none, atomically and durably.
    ///
    /// What is returned is taken back whatever the answer. When this throws, whether anything was taken back or
    /// reserved is unknown: the caller counts neither as its own.
    ///
    /// - Parameter requests: at most one for each key.
    func reserve(_ requests: [BlockRequest], returning: [ReturnedAmount]) async throws(StorageError) -> BlockAnswer

    /// Takes back unused amounts; what has fallen out of its window is ignored.
    func giveBack(_ returning: [ReturnedAmount]) async throws(StorageError)

    /// What is reserved of the counter within its window now, in millionths, by all processes.
    func total(of key: CounterKey) async throws(StorageError) -> Int64
}

/// Asks for a block of a counter.
public struct BlockRequest: Sendable, Hashable {
    public let key: CounterKey
    /// What may be reserved within the window, in millionths.
    public let max: Int64
    /// What the waiting call needs at least, in millionths, more than zero.
    public let need: Int64
    /// What is wished for, in millionths, at least `need`.
    public let want: Int64

    public init(key: CounterKey, max: Int64, need: Int64, want: Int64) {
        precondition(need > 0 && want >= need, "a block request needs something and wants no less")
        self.key = key
        self.max = max
        self.need = need
        self.want = want
    }
}

/// A part of a counter that one process may use up until its bucket ends.
public struct Block: Sendable, Hashable {
    /// Which of the window's buckets it is counted in.
    public let bucket: Int64
    /// How much, in millionths.
    public let amount: Int64
    /// When its bucket ends, by the store's clock.
    public let end: WallTime

    public init(bucket: Int64, amount: Int64, end: WallTime) {
        self.bucket = bucket
        self.amount = amount
        self.end = end
    }
}

/// An unused amount of an earlier block, given back.
public struct ReturnedAmount: Sendable, Hashable {
    public let key: CounterKey
    public let bucket: Int64
    /// In millionths.
    public let amount: Int64

    public init(key: CounterKey, bucket: Int64, amount: Int64) {
        self.key = key
        self.bucket = bucket
        self.amount = amount
    }
}

/// The store's answer to a reservation.
public enum BlockAnswer: Sendable, Hashable {
    /// One block for each request, in their order; `at` is the store's time.
    case granted([Block], at: WallTime)
    /// Nothing was reserved because the request at `index` has no room (where several have none, the one that waits
    /// longest). Room for it may be there after `retryAfter` if nothing else is charged; nil: never, it asks for more
    /// than the limit.
    case exhausted(index: Int, retryAfter: Duration?)
}
