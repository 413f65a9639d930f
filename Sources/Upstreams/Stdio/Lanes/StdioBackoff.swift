import NIOCore

/// When a child that failed may be started again: later each time, until one has lived long enough.
struct StdioBackoff {
    private let first: TimeAmount
    private let longest: TimeAmount
    private let steadyAfter: TimeAmount
    private var failures = 0
    private var notBefore: NIODeadline?
    private var upSince: NIODeadline?

    init(_ limits: StdioLimits) {
        first = TimeAmount(limits.firstBackoff)
        longest = TimeAmount(limits.longestBackoff)
        steadyAfter = TimeAmount(limits.steadyAfter)
    }

    /// How long a start has to wait yet.
    func wait(at now: NIODeadline) -> TimeAmount {
        guard let notBefore, notBefore > now else { return .zero }
        return notBefore - now
    }

    /// A child has come up.
    mutating func cameUp(at now: NIODeadline) { upSince = now }

    /// A child has failed: did not come up, or ended unasked.
    mutating func failed(at now: NIODeadline) {
        if let upSince, now - upSince >= steadyAfter { failures = 0 }
        upSince = nil
        failures += 1
        let doubled = first.nanoseconds.multipliedReportingOverflow(by: 1 << min(failures - 1, 32))
        notBefore = now + (doubled.overflow ? longest : min(longest, .nanoseconds(doubled.partialValue)))
    }
}
