import GatewayStorage

/// When each server's tools are listed again: an interval after the last time, a little later for each than for the one
/// beside it, and soon where the server itself says that they changed.
struct RescanSchedule: Sendable {
    /// What is known of a server's attempts in this process.
    private struct Attempt {
        var at: WallTime
        var failures: Int
    }

    private var attempts: [String: Attempt] = [:]
    private var wished: Set<String> = []

    /// The server said that its list changed.
    mutating func wish(_ server: String) {
        guard wished.count < RescanBounds.wishes else { return }
        wished.insert(server)
    }

    /// Which servers are to be asked now; each is taken to be asked, until `ended` says how it went.
    ///
    /// - Parameters:
    ///   - servers: all there are, and when each was last asked with success.
    ///   - interval: nil: only those that said so.
    mutating func due(
        among servers: [(slug: String, at: WallTime)], every interval: Duration?, now: WallTime
    ) -> [String] {
        let known = Set(servers.map(\.slug))
        attempts = attempts.filter { known.contains($0.key) }
        wished.formIntersection(known)
        let due = servers.filter { isDue($0.slug, since: $0.at, every: interval, now: now) }.map(\.slug)
        for slug in due {
            attempts[slug] = Attempt(at: now, failures: attempts[slug]?.failures ?? 0)
            wished.remove(slug)
        }
        return due
    }

    mutating func ended(_ server: String, succeeded: Bool) {
        guard let attempt = attempts[server] else { return }
        attempts[server]?.failures = succeeded ? 0 : min(attempt.failures + 1, 16)
    }

    private func isDue(_ slug: String, since last: WallTime, every interval: Duration?, now: WallTime) -> Bool {
        if let attempt = attempts[slug] {
            // However often a server says that it changed, and however long it fails.
            let pause = RescanBounds.pause * (1 << attempt.failures)
            let longest = max(interval ?? RescanBounds.interval, RescanBounds.pause)
            guard attempt.at.advanced(by: min(pause, longest)) <= now else { return false }
        }
        if wished.contains(slug) { return true }
        guard let interval else { return false }
        return last.advanced(by: interval + Self.jitter(slug, since: last, of: interval)) <= now
    }

    /// Up to a tenth of the interval, another one each time: servers that were registered together are not asked together
    /// for ever.
    static func jitter(_ slug: String, since last: WallTime, of interval: Duration) -> Duration {
        // FNV-1a: spreads, and is the same in every process.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(slug)\n\(last.milliseconds)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return interval / 10 * (Double(hash >> 40) / Double(1 << 24))
    }
}

/// Bounds of listing servers' tools again, named in one place.
enum RescanBounds {
    /// How often, where nothing is said.
    static let interval = Duration.seconds(6 * 3600)
    /// What may be said.
    static let intervals = Duration.seconds(60)...Duration.seconds(7 * 86_400)
    /// Between two attempts at one server; doubled with each that fails, up to the interval.
    static let pause = Duration.seconds(60)
    /// Servers asked at once.
    static let atOnce = 4
    /// Servers that said they changed and were not asked yet.
    static let wishes = 10_000
    /// How often it is looked whose turn it is.
    static let look = Duration.seconds(5)
}
