public import Fetching
import Gateway

/// The gateway's own authorisation server. Its tokens are judged like any provider's, by keys that nobody is asked for.
public struct OwnIssuer: Sendable {
    let settings: ProviderSettings
    public var issuer: String { settings.issuer }
    /// The keys as published.
    private let published: @Sendable () -> [UInt8]?

    /// - Parameter keys: its key set as published (RFC 7517 section 5); nil where there is none now.
    public init(issuer: String, address: WebAddress, keys: @escaping @Sendable () -> [UInt8]?) {
        settings = ProviderSettings(
            name: ConnectedClients.provider, issuer: issuer, address: address, algorithms: [.es256],
            leeway: IdentityBounds.ownLeeway)
        published = keys
    }

    func finding(for token: SignedToken) -> KeySchedule.Finding {
        guard let keys = published().flatMap({ KeySet($0) }) else { return .unknown }
        return keys.key(for: token).map(KeySchedule.Finding.found) ?? .absent
    }
}
