/// A trip to the store on behalf of one call: what to ask, and what the call already took from other blocks.
struct Reservation {
    /// A share that needs a new block, and where its slot is.
    struct Short {
        let share: ChargeShare
        let position: Int
    }

    let shorts: [Short]
    let taken: ChargeReceipt
    let requests: [BlockRequest]
    let returning: [ReturnedAmount]
    let startedAt: WallTime
}

/// A call that waits until the block it needs has been fetched by another.
struct WaitingCall {
    let shares: [ChargeShare]
    /// The positions of all its slots, which stay where they are while it waits.
    let positions: [Int]
    let continuation: CheckedContinuation<Turn, Never>
}

/// What a call that needs a reservation does next.
enum Turn {
    case settled(ChargeOutcome)
    /// It is this call that goes to the store.
    case reserve(Reservation)
    case failed(StorageError)
}

/// Turns to hand out once the mutex is released.
typealias Resumptions = [(CheckedContinuation<Turn, Never>, Turn)]
