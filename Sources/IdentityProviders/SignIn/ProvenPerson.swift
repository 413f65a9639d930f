public import WireJSON

/// Whom a provider vouches for: the answer to one question, verified.
public struct ProvenPerson: Sendable {
    public let issuer: String
    /// Unique and never reassigned at its issuer; the only thing by which a person is known again (OpenID Connect Core 1.0
    /// section 5.7).
    public let subject: String
    /// Every claim: those of the identity token, and those that only the provider's own answer has.
    public let claims: JSON

    /// An address that the provider does not itself call unverified.
    public var email: String? {
        if let isVerified = claims["email_verified"] {
            // Some write the text (`"true"`).
            guard isVerified.bool ?? isVerified.hasText("true") else { return nil }
        }
        return claims["email"]?.string
    }

    public var fullName: String? { claims["name"]?.string ?? claims["preferred_username"]?.string }
}
