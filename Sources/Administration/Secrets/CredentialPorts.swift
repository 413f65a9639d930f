public import GatewayStorage

/// What administration asks about tokens that servers gave the gateway.
public struct CredentialPorts: Sendable {
    /// Seals with the present key what an earlier one sealed; how many there were.
    public var reseal: @Sendable () async throws(Refusal) -> Int = { () throws(Refusal) in 0 }
    /// Forgets a registered server's.
    public var forget: @Sendable (_ server: RecordID) async -> Void = { _ in }
    /// Where the gateway stands at a server that asks for tokens; nil at one that does not, or is not in force.
    public var standing: @Sendable (_ slug: String) -> AuthorizationStanding? = { _ in nil }

    public init() {}
}

/// Where the gateway stands at a server that asks for tokens.
public struct AuthorizationStanding: Sendable, Hashable {
    public enum State: String, Sendable, CaseIterable {
        /// Nothing was asked of it yet.
        case untried
        case authorized
        /// A person has to sign in, for the first time or again.
        case needsSignIn = "needs_sign_in"
        /// It is tried again with the next request.
        case failing
    }

    public var state: State
    /// Why there is no token, in words for people.
    public var reason: String?
    /// Where a person signs in, for as long as somebody has to. Whoever has it decides whose account the gateway acts as.
    public var link: String?

    public init(_ state: State, reason: String? = nil, link: String? = nil) {
        self.state = state
        self.reason = reason
        self.link = link
    }
}
