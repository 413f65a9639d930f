import NIOCore

/// How often in a row something that is to stay has ended, and so how long it is left alone before it is asked for again.
///
/// Events in, waits out; the time is the caller's. What stood for long has not failed; what has not, waits longer each time,
/// and never as long as anybody else's: many gateways do not come back at one moment.
struct Comeback {
    /// Ends in a row, none of which came after a long stand.
    private(set) var failures = 0
    private var upSince: NIODeadline?

    /// Whether it stands.
    var isUp: Bool { upSince != nil }

    /// It stands from now on.
    mutating func stands(since now: NIODeadline) { upSince = now }

    /// It has ended, or could not be had.
    ///
    /// - Parameters:
    ///   - retry: what its server asks to be left alone for, milliseconds.
    ///   - chance: from 0 to 1, another each time.
    /// - Returns: how long to leave it alone.
    mutating func ended(
        at now: NIODeadline, retry: Int? = nil, pace: ReconnectPace, chance: Double = .random(in: 0...1)
    ) -> TimeAmount {
        let hasStood = upSince.map { now - $0 >= pace.steadyAfter } ?? false
        failures = hasStood ? 0 : failures + 1
        upSince = nil
        return pace.wait(retry: retry, failures: failures, chance: chance)
    }
}
