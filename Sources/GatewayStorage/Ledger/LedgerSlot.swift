/// What one process holds of one counter under one limit: at most one block.
///
/// A counter that two policies limit differently has two slots, since a block is good only under the limit it was
/// reserved under: one reserved while 15 of 20 were taken must not admit a call whose limit is 10.
struct LedgerSlot {
    struct ID: Hashable, Sendable {
        let key: CounterKey
        let max: Int64
    }

    /// That the store had no room for `amount`, as far as is known during `validity`; room may be there at `free`
    /// (nil: never).
    struct Refusal {
        let amount: Int64
        let validity: Range<WallTime>
        let free: WallTime?
    }

    /// A block of the store's, and when it may be used by this process's clock. A clock that is set back ends it too.
    private struct Holding {
        let block: Block
        let validity: Range<WallTime>
        var rest: Int64
    }

    let id: ID
    private var holding: Holding?
    private var refusal: Refusal?
    /// Whether a call is fetching a block right now.
    var isReserving = false
    /// Calls that fetch a block or wait for one; while there are any the slot is not forgotten.
    var users = 0

    init(_ id: ID) {
        self.id = id
    }

    /// Whether `amount` can be taken from the block.
    func has(_ amount: Int64, at now: WallTime) -> Bool {
        guard let holding else { return false }
        return holding.rest >= amount && holding.validity.contains(now)
    }

    /// Takes `amount`, which the block has, and says which bucket it counts in.
    mutating func take(_ amount: Int64) -> Int64 {
        // INVARIANT: no more is admitted than was reserved.
        guard let bucket = holding?.block.bucket, let rest = holding?.rest, rest >= amount else {
            preconditionFailure("a charge takes no more than its block has left")
        }
        holding?.rest = rest - amount
        return bucket
    }

    /// Puts back what a charge took; false when the block it came from is no longer here.
    mutating func putBack(_ amount: Int64, bucket: Int64) -> Bool {
        refusal = nil
        guard let holding, holding.block.bucket == bucket else { return false }
        self.holding?.rest = min(holding.block.amount, holding.rest + amount)
        return true
    }

    /// The refusal that still holds for `amount`.
    func refusal(of amount: Int64, at now: WallTime) -> Refusal? {
        guard let refusal, amount >= refusal.amount, refusal.validity.contains(now) else { return nil }
        return refusal
    }

    /// Gives up the block; what is left of it is to be given back.
    mutating func surrender() -> ReturnedAmount? {
        defer { holding = nil }
        guard let holding, holding.rest > 0 else { return nil }
        return ReturnedAmount(key: id.key, bucket: holding.block.bucket, amount: holding.rest)
    }

    mutating func install(_ block: Block, for validity: Range<WallTime>) {
        holding = Holding(block: block, validity: validity, rest: block.amount)
        refusal = nil
    }

    mutating func refuse(_ refusal: Refusal) {
        self.refusal = refusal
    }
}
