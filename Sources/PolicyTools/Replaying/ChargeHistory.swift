import PolicyEngine

/// What a counter was charged in a replay, for telling whether a further charge fits.
struct ChargeHistory: Sendable {
    /// Whether a charge fits under its limit.
    enum Fit: Sendable {
        case fits
        case exceeds
        /// It depends on calls of which it is not known whether they were charged.
        case unknown
    }

    /// Charges of one span of time, most often of one moment, and what was charged up to its end.
    private struct Entry {
        var from: Int64
        var to: Int64
        /// In millionths, from the first entry to this one.
        var certain: Int128
        /// What is certain and what is not.
        var possible: Int128
        /// How many charges there were whose amount nobody knows.
        var open: Int
    }

    /// In the order of time.
    private var entries: [Entry] = []

    /// Whether a charge fits at this moment.
    func fit(_ charge: Charge, at time: Int64, isUTC: Bool) -> Fit {
        let spans = Spans(charge, at: time, isUTC: isUTC)
        guard let last = entries.last else { return charge.amount > charge.max ? .exceeds : .fits }
        let before = entries[..<firstIndex { $0.from >= spans.certainFrom }].last
        let certain = last.certain - (before?.certain ?? 0) + Int128(charge.amount)
        if certain > charge.max { return .exceeds }
        let gone = entries[..<firstIndex { $0.to >= spans.possibleFrom }].last
        let possible = last.possible - (gone?.possible ?? 0) + Int128(charge.amount)
        return possible > charge.max || last.open > gone?.open ?? 0 ? .unknown : .fits
    }

    /// - Parameter amount: `nil` when it is not known.
    mutating func add(_ amount: Int64?, at time: Int64, isCertain: Bool, within window: LimitWindow) {
        let last = entries.last
        let time = max(time, last?.to ?? time)
        let known = Int128(amount ?? 0)
        entries.append(
            Entry(
                from: time, to: time, certain: (last?.certain ?? 0) + (isCertain ? known : 0),
                possible: (last?.possible ?? 0) + known, open: (last?.open ?? 0) + (amount == nil ? 1 : 0)))
        guard entries.count > PolicyToolsBounds.rememberedCharges else { return }
        let oldest = time - window.longest * 1_000 * 61 / 60
        // The one before tells what was charged up to there.
        entries.removeFirst(max(0, firstIndex { $0.to >= oldest } - 1))
        if entries.count > PolicyToolsBounds.rememberedCharges / 2 { join() }
    }

    /// Makes one of every two: what is at the edge of a window is then in doubt, and nothing is forgotten.
    private mutating func join() {
        entries = stride(from: 0, to: entries.count, by: 2).map { start in
            var entry = entries[min(start + 1, entries.count - 1)]
            entry.from = entries[start].from
            return entry
        }
    }

    /// The first entry of which something holds that holds of all after it.
    private func firstIndex(where holds: (Entry) -> Bool) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if holds(entries[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// From when on charges count: surely, and perhaps.
private struct Spans {
    let certainFrom: Int64
    let possibleFrom: Int64

    init(_ charge: Charge, at time: Int64, isUTC: Bool) {
        let length = charge.window.longest * 1_000
        switch (charge.alignment, charge.window) {
        case (.sliding, _):
            // A sliding window may refuse up to a sixtieth early (policy.md section 4).
            certainFrom = time - length + 1
            possibleFrom = time - length - length / 60
        case (.calendar, .seconds) where isUTC:
            certainFrom = time - (time % length + length) % length
            possibleFrom = certainFrom
        case (.calendar, _):
            // Where a month, or a day of another zone, starts is not worked out here.
            certainFrom = .max
            possibleFrom = time - length
        }
    }
}

extension LimitWindow {
    /// In seconds.
    fileprivate var longest: Int64 {
        switch self {
        case .seconds(let seconds): seconds
        case .month: 31 * 86_400
        }
    }
}
