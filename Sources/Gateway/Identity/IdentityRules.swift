import WireJSON

/// Which identity providers' tokens are taken, and how one is judged. Swapped together with everything else a call is
/// judged by.
public struct IdentityRules: Sendable {
    /// Looks at a token's signature, issuer and times; may wait for a provider's keys.
    public typealias Judge = @Sendable (_ token: [UInt8], _ now: Int64) async -> TokenVerdict

    /// Tokens that were verified under other rules are judged again.
    public let generation: Int
    public let providers: [IdentityProvider]
    /// The gateway's own authorisation server and its clients; nil where there is none.
    public let connected: ConnectedClients?
    let judge: Judge

    public init(
        generation: Int, providers: [IdentityProvider], connected: ConnectedClients? = nil, judge: @escaping Judge
    ) {
        self.generation = generation
        self.providers = providers
        self.connected = connected
        self.judge = judge
    }

    /// No provider: a token is a grant's or nobody's.
    public static let none = IdentityRules(generation: 0, providers: []) { _, _ in .invalid }

    /// Whether a token can be nobody's but a grant's.
    public var isEmpty: Bool { providers.isEmpty && connected == nil }

    /// Who issues tokens that are taken here.
    public var issuers: [String] { (connected.map { [$0.issuer] } ?? []) + providers.map(\.issuer) }

    /// The scopes that are asked of whoever comes without a token.
    public var scopes: [String] {
        providers.flatMap(\.scopes).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    var grants: [Grant] {
        providers.flatMap(\.mappings).compactMap(\.grant) + (connected?.principals.values.map(\.grant) ?? [])
    }

    /// Whom a verified token makes of its bearer at one endpoint.
    func principal(for token: VerifiedToken, at endpoint: String) throws(SenderRefusal) -> Principal {
        guard token.audiences.contains(where: { $0.utf8.elementsEqual(endpoint.utf8) }) else { throw .invalidToken }
        if token.provider == ConnectedClients.provider {
            guard let principal = connected?.principal(for: token) else { throw .invalidToken }
            return principal.known(by: .provider(Vouched(token, at: endpoint, generation: generation)))
        }
        guard let provider = providers.first(where: { $0.name == token.provider }) else { throw .invalidToken }
        let missing = provider.scopes.filter { wanted in
            !token.scopes.contains { $0.utf8.elementsEqual(wanted.utf8) }
        }
        guard missing.isEmpty else { throw .insufficientScope(provider.scopes) }
        guard let grant = provider.grant(for: token.claims) else { throw .noGrant }
        return Principal(
            id: "idp:\(provider.name):\(token.subject)", grant: grant,
            email: ClaimCondition.isEmailVerified(in: token.claims) ? token.claims["email"]?.string : nil
        ).known(by: .provider(Vouched(token, at: endpoint, generation: generation)))
    }
}

/// Why a bearer is nobody here.
public enum SenderRefusal: Error, Sendable, Equatable {
    /// No token, or one of no known grant.
    case unknown
    /// A provider's token that is forged, over, not yet good, or meant for another.
    case invalidToken
    /// A good token that lacks some of these scopes.
    case insufficientScope([String])
    /// A good token whose claims lead to no grant, or to two.
    case noGrant
    /// Its provider's keys cannot be had.
    case unavailable
}
