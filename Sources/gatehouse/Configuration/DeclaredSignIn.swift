import Administration
import Gateway
import IdentityProviders

/// A provider that people sign in to the console at, as declared: how it is asked, for which organisation, and which of its
/// claims lead to which role.
struct DeclaredSignIn: Sendable, Equatable {
    struct Mapping: Sendable, Equatable {
        var conditions: [ClaimCondition]
        var role: Role
    }

    var settings: SignInSettings
    /// On the button.
    var title: String
    /// Id or name; nil where there is but one.
    var organisation: String?
    var mappings: [Mapping]

    /// The roles that these claims lead to.
    func roles(_ holds: (ClaimCondition) -> Bool) -> [Role] {
        mappings.filter { $0.conditions.allSatisfy(holds) }.map(\.role)
    }
}
