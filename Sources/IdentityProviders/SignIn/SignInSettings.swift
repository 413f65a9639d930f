public import OAuthMessages

/// How people sign in at one provider.
public struct SignInSettings: Sendable, Equatable {
    public var provider: ProviderSettings
    /// What the gateway is registered as there.
    public var client: ClientAuthentication
    /// Asked for; `openid` is always among them.
    public var scopes: [String]
    /// Claims that are needed: where the identity token lacks one, the provider is asked for it (OpenID Connect Core 1.0
    /// section 5.3).
    public var wanted: Set<String>

    public init(
        provider: ProviderSettings, client: ClientAuthentication, scopes: [String], wanted: Set<String> = ["email"]
    ) {
        self.provider = provider
        self.client = client
        self.scopes = scopes.contains("openid") ? scopes : ["openid"] + scopes
        self.wanted = wanted
    }
}
