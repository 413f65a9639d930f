public import WireJSON

/// A token of an identity provider whose signature, issuer and times are in order. Whom it makes of its bearer, and whether
/// it is meant for the endpoint it came to, is asked anew for every request.
public struct VerifiedToken: Sendable {
    /// The provider's name in the configuration.
    public let provider: String
    /// Whom it is about, in the provider's words.
    public let subject: String
    /// The endpoints it was issued for.
    public let audiences: [String]
    public let scopes: [String]
    /// The whole of what the provider says.
    public let claims: JSON
    /// From when on it is of no more use, seconds since 1970.
    public let end: Int64

    public init(
        provider: String, subject: String, audiences: [String], scopes: [String], claims: JSON, end: Int64
    ) {
        self.provider = provider
        self.subject = subject
        self.audiences = audiences
        self.scopes = scopes
        self.claims = claims
        self.end = end
    }
}

/// What judging a token comes to.
public enum TokenVerdict: Sendable {
    case verified(VerifiedToken)
    /// It is nobody's, or of no more use.
    case invalid
    /// The provider's keys could not be had, so nothing can be said of it.
    case unavailable
}
