/// What an identity provider, whose word was verified, says of a person who has just signed in there.
public struct ProvidedPerson: Sendable, Hashable {
    /// The provider's name in the configuration, for the events.
    public var provider: String
    /// The provider's organisation: its id or its name; nil where there is but one.
    public var organisation: String?
    public var issuer: String
    public var subject: String
    /// Nil where the provider gives none, or calls it unverified.
    public var email: String?
    public var fullName: String?
    /// The roles that the claims lead to; the highest counts.
    public var roles: [Role]

    public init(
        provider: String, organisation: String?, issuer: String, subject: String, email: String?, fullName: String?,
        roles: [Role]
    ) {
        self.provider = provider
        self.organisation = organisation
        self.issuer = issuer
        self.subject = subject
        self.email = email
        self.fullName = fullName
        self.roles = roles
    }
}

/// Why somebody whom a provider vouches for is not signed in.
public enum ProvidedPersonRefusal: Error, Sendable, Hashable, CaseIterable {
    /// No claim leads to a role.
    case noRole
    /// Disabled here.
    case disabled
    /// A new member needs an address, and the provider gives none that it vouches for.
    case noAddress
    /// There is another account with this address: it is not this person's for that.
    case addressTaken
    /// The provider makes the last admin something less.
    case lastAdmin
    /// The provider belongs to no organisation that there is, or it is not said to which of several.
    case noOrganisation
}
