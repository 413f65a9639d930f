import NIOCore

/// Lets so many through a second, with a burst of five seconds' worth, and counts the rest.
struct RateGate {
    private static let secondsOfBurst = 5

    private let perSecond: Int
    /// In billionths, so that time turns into it without rounding.
    private var credit: Int
    private var asOf: NIODeadline
    private var suppressed = 0

    init(perSecond: Int, now: NIODeadline) {
        precondition(perSecond > 0, "a gate lets something through")
        self.perSecond = perSecond
        credit = perSecond * Self.secondsOfBurst * 1_000_000_000
        asOf = now
    }

    mutating func admits(at now: NIODeadline) -> Bool {
        let full = perSecond * Self.secondsOfBurst * 1_000_000_000
        let passed = Int(min((now - asOf).nanoseconds, Int64(Self.secondsOfBurst) * 1_000_000_000))
        credit = min(full, credit + max(passed, 0) * perSecond)
        asOf = now
        guard credit >= 1_000_000_000 else {
            suppressed += 1
            return false
        }
        credit -= 1_000_000_000
        return true
    }

    /// How many were held back since this was last asked.
    mutating func takeSuppressed() -> Int {
        defer { suppressed = 0 }
        return suppressed
    }
}
