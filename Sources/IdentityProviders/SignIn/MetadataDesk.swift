import OAuthMessages

/// Holds what one provider says of itself, and sees to it that it is asked once however many people sign in.
actor MetadataDesk {
    private var known: AuthorizationServerMetadata?
    /// When it came, and when it was last asked for, in nanoseconds of a steady clock.
    private var arrival: UInt64 = 0
    private var question: UInt64?
    private var failure: MetadataSource.Failure?
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isAsking = false
    private let source: MetadataSource
    private let clock: @Sendable () -> UInt64

    init(_ source: MetadataSource, clock: @escaping @Sendable () -> UInt64) {
        self.source = source
        self.clock = clock
    }

    func metadata() async throws(MetadataSource.Failure) -> AuthorizationServerMetadata {
        if isAsking {
            await withCheckedContinuation { waiting.append($0) }
        } else if isDue {
            await ask()
        }
        if let known, age < IdentityBounds.oldestKeys { return known }
        throw failure ?? .init(description: "the provider's metadata is not known")
    }

    private var age: Duration { .nanoseconds(clock() &- arrival) }

    private var isDue: Bool {
        if known != nil, age < IdentityBounds.keyAge { return false }
        guard failure != nil, let question else { return true }
        return Duration.nanoseconds(clock() &- question) >= IdentityBounds.failurePause
    }

    private func ask() async {
        isAsking = true
        question = clock()
        do throws(MetadataSource.Failure) {
            // People's own order: OpenID Connect Discovery 1.0 section 4 first, then RFC 8414.
            known = try await source.metadata(
                at: WellKnown.locations(ofIssuer: source.settings.issuer).reversed())
            arrival = clock()
            failure = nil
        } catch {
            failure = error
        }
        isAsking = false
        for waiter in waiting { waiter.resume() }
        waiting = []
    }
}
