import Fetching
import OAuthMessages

/// Who issues tokens for one upstream, and what it must be told.
struct OAuthAuthority: Sendable, Equatable {
    /// The resource that tokens are for, as its own metadata spells it (RFC 8707).
    let resource: String
    let metadata: AuthorizationServerMetadata
    /// What the server says a token needs.
    let scopes: [String]
    let token: WebAddress
    let authorization: WebAddress?
    let registration: WebAddress?

    /// - Parameter typed: the addresses an operator typed; others are found ones.
    init(
        resource: String, _ metadata: AuthorizationServerMetadata, scopes: [String], typed: [WebAddress]
    ) throws(OAuthProblem) {
        func found(_ text: String) throws(OAuthProblem) -> WebAddress {
            do throws(WebAddressError) { return try WebAddress(found: text, typed: typed) } catch {
                throw .badMetadata("an address of the authorisation server cannot be used: \(error)")
            }
        }
        guard let endpoint = metadata.tokenEndpoint else { throw .badMetadata("it names no token endpoint") }
        token = try found(endpoint)
        authorization = if let text = metadata.authorizationEndpoint { try found(text) } else { nil }
        registration = if let text = metadata.registrationEndpoint { try found(text) } else { nil }
        self.resource = resource
        self.metadata = metadata
        self.scopes = scopes
    }
}
