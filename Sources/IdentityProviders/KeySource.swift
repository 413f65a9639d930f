import Fetching
import OAuthMessages

/// Where a provider's keys come from: an address that was typed, or the one that the issuer's metadata names.
struct KeySource: Sendable {
    private let source: MetadataSource

    init(settings: ProviderSettings, fetcher: Fetcher) { source = MetadataSource(settings: settings, fetcher: fetcher) }

    func keys() async throws(MetadataSource.Failure) -> KeySet {
        let settings = source.settings
        let address: WebAddress
        if let typed = settings.keys {
            address = typed
        } else {
            let metadata = try await source.metadata(at: WellKnown.locations(ofIssuer: settings.issuer))
            guard let keys = metadata.keys else { throw .init(description: "the metadata names no keys") }
            address = try source.found(keys)
        }
        guard let keys = KeySet(try await source.document(at: address)) else {
            throw .init(description: "`\(address.origin)` publishes no key that could be used")
        }
        return keys
    }
}
