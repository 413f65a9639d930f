import NIOCore

/// Where a stream broke off and how often it did without a word in between.
struct Resumption {
    /// `Last-Event-ID`: visible ASCII.
    var lastEventID: [UInt8]
    /// The server's `retry`, milliseconds.
    var retry: Int?
    /// Attempts since something was last heard.
    var failures = 0
}

/// How long to leave a server alone before it is asked for a stream again.
///
/// Revision 2025-11-25, "Streamable HTTP": a server's `retry` is honoured. Longer with each attempt that came to nothing.
struct ReconnectPace: Sendable {
    /// Where the server says nothing.
    var first = TimeAmount.milliseconds(500)
    /// However little the server says.
    var shortest = TimeAmount.milliseconds(20)
    /// However often it failed; a server that says more is given more, up to a day.
    var longest = TimeAmount.seconds(60)
    /// The same where somebody waits for the answer that the stream brings.
    var longestForAnswers = TimeAmount.seconds(2)
    /// How much longer a wait may be by chance, as a part of it.
    var spread = 0.25
    /// A stream that stood for this long has not failed.
    var steadyAfter = TimeAmount.seconds(10)

    /// - Parameters:
    ///   - retry: the server's word, milliseconds.
    ///   - chance: from 0 to 1, of the longest that chance may add.
    func wait(retry: Int?, failures: Int, longest: TimeAmount? = nil, chance: Double) -> TimeAmount {
        let longest = longest ?? self.longest
        let asked = retry.map { TimeAmount.milliseconds(Int64(min($0, 86_400_000))) }
        let base = max(asked ?? first, shortest)
        let doubled = base.nanoseconds.multipliedReportingOverflow(by: 1 << min(failures, 20))
        let grown = doubled.overflow ? longest : min(longest, .nanoseconds(doubled.partialValue))
        let wait = max(base, grown)
        return wait + .nanoseconds(Int64(Double(wait.nanoseconds) * spread * chance))
    }
}
