/// When a provider's keys are asked for: once they are old, and when a token names one that is not among them; never more
/// often than its pauses allow.
struct KeySchedule: Sendable {
    private var keys: KeySet?
    /// When the keys came, and when they were last asked for, in nanoseconds of a steady clock.
    private var arrival: UInt64 = 0
    private var question: UInt64?
    private var hasFailed = false

    enum Finding: Sendable {
        case found(ProviderKey)
        /// The provider has no such key.
        case absent
        /// It is not known what keys the provider has.
        case unknown
    }

    /// Whether the keys are to be asked for before this token is looked at.
    func isDue(for token: SignedToken, at now: UInt64) -> Bool {
        guard isAllowed(at: now) else { return false }
        guard let keys, age(at: now) < IdentityBounds.keyAge else { return true }
        return keys.key(for: token) == nil
    }

    mutating func asked(at now: UInt64) { question = now }

    /// - Parameter keys: nil where there was no answer, or none that can be read.
    mutating func took(_ keys: KeySet?, at now: UInt64) {
        hasFailed = keys == nil
        guard let keys else { return }
        self.keys = keys
        arrival = now
    }

    func finding(for token: SignedToken, at now: UInt64) -> Finding {
        guard let keys, age(at: now) < IdentityBounds.oldestKeys else { return .unknown }
        if let key = keys.key(for: token) { return .found(key) }
        return hasFailed ? .unknown : .absent
    }

    private func isAllowed(at now: UInt64) -> Bool {
        guard let question else { return true }
        let pause = hasFailed ? IdentityBounds.failurePause : IdentityBounds.keyPause
        return Duration.nanoseconds(now &- question) >= pause
    }

    private func age(at now: UInt64) -> Duration { .nanoseconds(now &- arrival) }
}
