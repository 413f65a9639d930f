import Fetching
import OAuthMessages

/// Where a provider's keys come from: an address that was typed, or the one that the issuer's metadata names.
struct KeySource: Sendable {
    let settings: ProviderSettings
    let fetcher: Fetcher

    /// Why there are no keys.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    func keys() async throws(Failure) -> KeySet {
        let address: WebAddress
        if let typed = settings.keys { address = typed } else { address = try await addressInMetadata() }
        guard let keys = KeySet(try await document(at: address)) else {
            throw Failure(description: "`\(address.origin)` publishes no key that could be used")
        }
        return keys
    }

    private func addressInMetadata() async throws(Failure) -> WebAddress {
        var last = Failure(description: "`\(settings.issuer)` is no issuer whose metadata could be found")
        for location in WellKnown.locations(ofIssuer: settings.issuer) {
            do {
                let place = try WebAddress(found: location, typed: [settings.address])
                let metadata = try AuthorizationServerMetadata(try await document(at: place), of: settings.issuer)
                guard let keys = metadata.keys else { throw Failure(description: "the metadata names no keys") }
                return try WebAddress(found: keys, typed: [settings.address])
            } catch {
                last = Failure(description: "\(error)")
            }
        }
        throw last
    }

    private func document(at address: WebAddress) async throws(Failure) -> [UInt8] {
        let response: FetchResponse
        do throws(FetchFailure) { response = try await fetcher.fetch(.json(at: address)) } catch {
            throw Failure(description: "\(error)")
        }
        guard response.status == 200 else {
            throw Failure(description: "`\(address.origin)` answers with status \(response.status)")
        }
        return response.body
    }
}
