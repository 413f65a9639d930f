import Gateway
import IdentityProviders

/// One identity provider as declared: how its tokens are judged, and which grants they lead to.
struct DeclaredProvider: Sendable, Equatable {
    struct Mapping: Sendable, Equatable {
        var conditions: [ClaimCondition]
        /// A grant's label.
        var grant: String
    }

    var settings: ProviderSettings
    var scopes: [String]
    var mappings: [Mapping]
}
