extension LedgerState {
    /// Begins a trip to the store for what the blocks do not have, or settles when they have it all.
    ///
    /// A slot's rest goes back with the trip and comes again as part of the new block, so a slot never has parts of
    /// two buckets. What other slots have is taken now: they may be used up before the store answers.
    mutating func begin(_ shares: [ChargeShare], at positions: [Int], now: WallTime) -> Turn {
        if let refusal = refusal(of: shares, at: positions, now: now) {
            leave(positions)
            return .settled(refusal)
        }
        var taken = ChargeReceipt(parts: [])
        var shorts: [Reservation.Short] = []
        var returning: [ReturnedAmount] = []
        for (share, position) in zip(shares, positions) {
            if slots[position].has(share.amount, at: now) {
                taken.parts.append(take(share, from: position))
                leave([position])
            } else {
                if let rest = slots[position].surrender() { returning.append(rest) }
                slots[position].isReserving = true
                shorts.append(Reservation.Short(share: share, position: position))
            }
        }
        guard !shorts.isEmpty else { return .settled(.charged(taken)) }
        return .reserve(
            Reservation(
                shorts: shorts, taken: taken, requests: shorts.map { BlockRequest($0.share) },
                returning: returning + takeReturns(), startedAt: now))
    }

    /// Looks after the waiting calls in the order they came, now that a block is here or is known not to come.
    mutating func serveWaiting(at now: WallTime) -> Resumptions {
        // Slots that a call further ahead still waits for: nobody may overtake it there.
        var held: Set<Int> = []
        var resumptions: Resumptions = []
        let calls = takeWaiting { _ in true }
        for call in calls {
            if call.positions.contains(where: { slots[$0].isReserving || held.contains($0) }) {
                held.formUnion(call.positions)
                waiting.append(call)
            } else {
                resumptions.append((call.continuation, begin(call.shares, at: call.positions, now: now)))
            }
        }
        return resumptions
    }

    /// Removes the waiting calls that satisfy the condition and returns them in the order they came.
    mutating func takeWaiting(where condition: (WaitingCall) -> Bool) -> [WaitingCall] {
        let all = waiting
        waiting = all.filter { !condition($0) }
        return all.filter(condition)
    }

    /// The answer when a share asks for more than its limit, or the store is known to have no room for it.
    func refusal(of shares: [ChargeShare], at positions: [Int?], now: WallTime) -> ChargeOutcome? {
        var refused = LongestWait()
        for (share, position) in zip(shares, positions) {
            if share.amount > share.max {
                refused.add(share.index, nil)
            } else if let refusal = position.flatMap({ slots[$0].refusal(of: share.amount, at: now) }) {
                refused.add(share.index, refusal.free.map(now.duration(to:)))
            }
        }
        guard case .exhausted(let index, let wait) = refused.answer else { return nil }
        return .exhausted(index: index, retryAfter: wait.map(\.inWholeSeconds))
    }

    mutating func take(_ share: ChargeShare, from position: Int) -> ChargeReceipt.Part {
        ChargeReceipt.Part(slot: share.slot, bucket: slots[position].take(share.amount), amount: share.amount)
    }

    /// The calls no longer use the slots at these positions.
    mutating func leave(_ positions: [Int]) {
        for position in positions { slots[position].users -= 1 }
    }

    mutating func keepForReturn(_ amount: ReturnedAmount) {
        guard returns.count < StorageBounds.pendingReturns else { return }
        returns.append(amount)
    }

    private mutating func takeReturns() -> [ReturnedAmount] {
        let taken = returns.suffix(StorageBounds.returnsPerTransaction)
        returns.removeLast(taken.count)
        return Array(taken)
    }
}

extension BlockRequest {
    fileprivate init(_ share: ChargeShare) {
        self.init(
            key: share.slot.key, max: share.max, need: share.amount,
            want: BlockGrant.want(need: share.amount, max: share.max))
    }
}

extension Duration {
    /// Rounded up to whole seconds, at least one: what a person or an agent is told to wait.
    var inWholeSeconds: Duration {
        let (seconds, attoseconds) = components
        return .seconds(max(1, attoseconds > 0 ? seconds + 1 : seconds))
    }
}
