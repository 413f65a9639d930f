/// Holds one provider's keys, and sees to it that they are asked for once however many wait for them.
actor KeyDesk {
    private var schedule = KeySchedule()
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isAsking = false
    private let fetch: @Sendable () async -> KeySet?
    private let clock: @Sendable () -> UInt64

    /// - Parameter clock: steady nanoseconds.
    init(clock: @escaping @Sendable () -> UInt64, fetch: @escaping @Sendable () async -> KeySet?) {
        self.clock = clock
        self.fetch = fetch
    }

    func finding(for token: SignedToken) async -> KeySchedule.Finding {
        if isAsking {
            // Unless it is there already, it may be among those that are on their way.
            if case .found(let key) = schedule.finding(for: token, at: clock()) { return .found(key) }
            guard waiting.count < IdentityBounds.waitingTokens else { return .unknown }
            await withCheckedContinuation { waiting.append($0) }
        } else if schedule.isDue(for: token, at: clock()) {
            await ask()
        }
        return schedule.finding(for: token, at: clock())
    }

    private func ask() async {
        isAsking = true
        schedule.asked(at: clock())
        let keys = await fetch()
        schedule.took(keys, at: clock())
        isAsking = false
        for waiter in waiting { waiter.resume() }
        waiting = []
    }
}
