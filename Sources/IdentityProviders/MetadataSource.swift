import Fetching
import OAuthMessages

/// Where a provider's documents come from: what it says of itself, at the places that its issuer's name gives.
struct MetadataSource: Sendable {
    let settings: ProviderSettings
    let fetcher: Fetcher

    /// Why there is no document.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What the issuer says of itself, in a document that names this very issuer.
    ///
    /// - Parameter locations: where it may lie, in the order in which to look.
    func metadata(at locations: [String]) async throws(Failure) -> AuthorizationServerMetadata {
        var last = Failure(description: "`\(settings.issuer)` is no issuer whose metadata could be found")
        for location in locations {
            do {
                return try AuthorizationServerMetadata(try await document(at: found(location)), of: settings.issuer)
            } catch {
                last = Failure(description: "\(error)")
            }
        }
        throw last
    }

    /// An address out of a document: guarded, unless it is at the origin that an operator typed.
    func found(_ text: String) throws(Failure) -> WebAddress {
        do throws(WebAddressError) { return try WebAddress(found: text, typed: [settings.address]) } catch {
            throw Failure(description: "an address of `\(settings.issuer)` cannot be used: \(error)")
        }
    }

    func document(at address: WebAddress) async throws(Failure) -> [UInt8] {
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
