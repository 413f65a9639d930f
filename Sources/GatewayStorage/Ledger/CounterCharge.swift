/// One limit's charge for one call: so much to this counter, of which no more than `max` may be in a window.
public struct CounterCharge: Sendable, Hashable {
    public let key: CounterKey
    /// The limit in millionths; more than ``StorageBounds/largestLimit`` counts as that.
    public let max: Int64
    /// How much, in millionths; 0 is always admitted.
    public let amount: Int64

    public init(key: CounterKey, max: Int64, amount: Int64) {
        precondition(max >= 0 && amount >= 0, "a limit and a charge are not negative")
        self.key = key
        self.max = Swift.min(max, StorageBounds.largestLimit)
        self.amount = amount
    }
}

/// How a call's charges ended.
public enum ChargeOutcome: Sendable, Equatable {
    /// All were charged; the receipt is for a refund.
    case charged(ChargeReceipt)
    /// None was charged, because the charge at `index` has no room (where several have none, the one that waits
    /// longest). It may have room after `retryAfter`, whole seconds and at least one; nil: never, it asks for more
    /// than the limit.
    case exhausted(index: Int, retryAfter: Duration?)

    /// The receipt of a call that was charged.
    public var receipt: ChargeReceipt? {
        switch self {
        case .charged(let receipt): receipt
        case .exhausted: nil
        }
    }
}

/// What the ledger could say at once, from memory.
public enum ChargeAttempt: Sendable, Equatable {
    case settled(ChargeOutcome)
    /// Nothing was charged: the store has to be asked, by ``CounterLedger/reserve(_:)``.
    case needsReservation
}

/// Proof of what one call was charged, good for one refund.
public struct ChargeReceipt: Sendable, Equatable {
    struct Part: Sendable, Equatable {
        let slot: LedgerSlot.ID
        let bucket: Int64
        let amount: Int64
    }

    var parts: [Part]
}
