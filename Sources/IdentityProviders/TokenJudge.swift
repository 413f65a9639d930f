public import Fetching
public import Gateway
public import Logging
import WireJSON

/// Judges tokens of several providers: taken apart strictly, matched with a provider by issuer, verified by a key of that
/// provider's, and only then believed.
public struct TokenJudge: Sendable {
    private struct Provider: Sendable {
        let settings: ProviderSettings
        let finding: @Sendable (SignedToken) async -> KeySchedule.Finding
    }

    private let providers: [Provider]

    /// - Parameter clock: steady nanoseconds.
    public init(
        _ providers: [ProviderSettings], own: OwnIssuer? = nil, bounds: FetchBounds = .init(),
        clock: @escaping @Sendable () -> UInt64, logger: Logger
    ) {
        let others = providers.map { settings in
            let source = KeySource(
                settings: settings, fetcher: Fetcher(bounds: bounds, certificates: settings.certificates))
            let desk = KeyDesk(clock: clock) {
                do throws(MetadataSource.Failure) { return try await source.keys() } catch {
                    logger.warning(
                        "an identity provider's keys cannot be had",
                        metadata: ["provider": "\(settings.name)", "reason": "\(error)"])
                    return nil
                }
            }
            return Provider(settings: settings) { await desk.finding(for: $0) }
        }
        // First: what it says of its own tokens, nobody else's configuration says otherwise.
        self.providers = (own.map { own in [Provider(settings: own.settings) { own.finding(for: $0) }] } ?? []) + others
    }

    /// - Parameter now: seconds since 1970.
    public func verdict(on token: [UInt8], at now: Int64) async -> TokenVerdict {
        guard let token = SignedToken(token), let issuer = token.claims["iss"]?.utf8,
            let provider = providers.first(where: { $0.settings.issuer.utf8.elementsEqual(issuer) }),
            provider.settings.algorithms.contains(token.algorithm),
            // Before any key is asked for: what is over or not for now costs nobody a question.
            let verified = TokenClaims(settings: provider.settings).verified(token.claims, at: now)
        else { return .invalid }
        switch await provider.finding(token) {
        case .found(let key): return await key.signed(token) ? .verified(verified) : .invalid
        case .absent: return .invalid
        case .unknown: return .unavailable
        }
    }
}
