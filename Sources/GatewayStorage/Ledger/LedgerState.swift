/// What a ledger knows, and how it changes: charges, the beginning and end of reservations, refunds. Knows no store
/// and no clock; everything in it is quick.
struct LedgerState {
    var slots: LedgerSlots
    var waiting: [WaitingCall] = []
    /// Unused amounts whose slot is gone, for the next trip to the store.
    var returns: [ReturnedAmount] = []
    private let waitingBound: Int

    init(countersInMemory: Int, waitingCalls: Int) {
        slots = LedgerSlots(capacity: countersInMemory)
        waitingBound = waitingCalls
    }

    // MARK: From memory alone

    /// Charges all shares or none.
    mutating func charge(_ shares: [ChargeShare], at now: WallTime) -> ChargeAttempt {
        let positions = shares.map { slots.find($0.slot) }
        if let refusal = refusal(of: shares, at: positions, now: now) { return .settled(refusal) }
        for (share, position) in zip(shares, positions) {
            guard let position, slots[position].has(share.amount, at: now) else { return .needsReservation }
        }
        var receipt = ChargeReceipt(parts: [])
        receipt.parts.reserveCapacity(shares.count)
        for (share, position) in zip(shares, positions) {
            guard let position else { continue }
            receipt.parts.append(take(share, from: position))
        }
        return .settled(.charged(receipt))
    }

    /// Puts back what was charged, into its block or for the next trip to the store.
    mutating func refund(_ receipt: ChargeReceipt) {
        for part in receipt.parts {
            if let position = slots.find(part.slot), slots[position].putBack(part.amount, bucket: part.bucket) {
                continue
            }
            keepForReturn(ReturnedAmount(key: part.slot.key, bucket: part.bucket, amount: part.amount))
        }
    }

    /// Takes everything unused out of the ledger.
    mutating func surrenderAll() -> [ReturnedAmount] {
        var all = returns
        returns = []
        for position in slots.indices {
            if let rest = slots[position].surrender() { all.append(rest) }
        }
        return all
    }

    // MARK: With the store

    /// Lets a call in that needs a reservation: it is settled, goes to the store, or waits (nil).
    mutating func enter(
        _ shares: [ChargeShare], at now: WallTime, continuation: CheckedContinuation<Turn, Never>
    ) -> Turn? {
        if let refusal = refusal(of: shares, at: shares.map { slots.find($0.slot) }, now: now) {
            return .settled(refusal)
        }
        var positions: [Int] = []
        for share in shares {
            var displaced: ReturnedAmount?
            let position = slots.findOrMake(share.slot, displaced: &displaced)
            if let displaced { keepForReturn(displaced) }
            guard let position else {
                leave(positions)
                return .failed(.overloaded)
            }
            slots[position].users += 1
            positions.append(position)
        }
        // Whoever came first is served first: a slot that others use is left to them.
        if positions.allSatisfy({ slots[$0].users == 1 }) {
            return begin(shares, at: positions, now: now)
        }
        guard waiting.count < waitingBound else {
            leave(positions)
            return .failed(.overloaded)
        }
        waiting.append(WaitingCall(shares: shares, positions: positions, continuation: continuation))
        return nil
    }

    /// The store answered.
    mutating func finish(
        _ reservation: Reservation, _ answer: BlockAnswer, at now: WallTime
    ) -> (ChargeOutcome, Resumptions) {
        for short in reservation.shorts { slots[short.position].isReserving = false }
        let outcome: ChargeOutcome
        switch answer {
        case .granted(let blocks, let storeTime):
            precondition(blocks.count == reservation.shorts.count, "a store grants one block for each request")
            var receipt = reservation.taken
            for (short, block) in zip(reservation.shorts, blocks) {
                // Counted from before the store was asked: never longer than the store means it, whatever the two
                // clocks say and however long the answer took.
                let start = reservation.startedAt
                let end = start.advanced(by: max(.zero, storeTime.duration(to: block.end)))
                slots[short.position].install(block, for: start..<end)
                receipt.parts.append(take(short.share, from: short.position))
            }
            outcome = .charged(receipt)
        case .exhausted(let index, let wait):
            let short = reservation.shorts[index]
            let start = reservation.startedAt
            let memory = wait.map { min($0, StorageBounds.refusalMemory) } ?? StorageBounds.refusalMemory
            slots[short.position].refuse(
                LedgerSlot.Refusal(
                    amount: short.share.amount, validity: start..<start.advanced(by: max(.zero, memory)),
                    free: wait.map(start.advanced)))
            outcome = .exhausted(index: short.share.index, retryAfter: wait.map(\.inWholeSeconds))
            refund(reservation.taken)
        }
        leave(reservation.shorts.map(\.position))
        return (outcome, serveWaiting(at: now))
    }

    /// The store failed: so do all calls that waited for these blocks. What was being returned is not returned again,
    /// and what may have been reserved is not used: the store may count too much, never too little.
    mutating func fail(_ reservation: Reservation, _ error: StorageError, at now: WallTime) -> Resumptions {
        var failed: Set<Int> = []
        for short in reservation.shorts {
            slots[short.position].isReserving = false
            failed.insert(short.position)
        }
        leave(reservation.shorts.map(\.position))
        refund(reservation.taken)
        let concerned = takeWaiting { $0.positions.contains(where: failed.contains) }
        for call in concerned { leave(call.positions) }
        return concerned.map { ($0.continuation, .failed(error)) } + serveWaiting(at: now)
    }
}
