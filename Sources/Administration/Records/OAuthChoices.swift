public import WireJSON

/// How the gateway gets itself authorised at a registered server that asks for tokens. The secret of its client is not
/// here: it is sealed with the server's other secrets.
public struct OAuthChoices: Sendable, Hashable {
    /// As whom it asks for tokens.
    public enum Grant: String, Sendable, CaseIterable {
        /// A person signs in once.
        case authorizationCode = "authorization_code"
        /// The gateway for itself.
        case clientCredentials = "client_credentials"
    }

    public var grant = Grant.authorizationCode
    /// The client that was registered for the gateway; nil: it registers itself.
    public var clientID: String?
    /// The authorisation server; nil: what the server's metadata says.
    public var issuer: String?
    /// What is asked for; empty: what the server says it needs.
    public var scopes: [String] = []
    /// Whether a secret of the client is sealed.
    public var hasSecret = false

    public init() {}

    /// What the secret is called among the server's secrets. No header is called so: it has a space in it.
    public static let secretName = "oauth client_secret"

    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("grant", grant.rawValue)
            writer.member("client_id", optional: clientID)
            writer.member("issuer", optional: issuer)
            writer.member("scopes", scopes)
            writer.member("has_secret", hasSecret)
        }
    }

    init?(_ shown: JSON) {
        guard let grant = shown.text("grant").flatMap({ Grant(rawValue: $0) }),
            let hasSecret = shown["has_secret"]?.bool
        else { return nil }
        self.grant = grant
        clientID = shown.text("client_id")
        issuer = shown.text("issuer")
        scopes = shown.texts("scopes") ?? []
        self.hasSecret = hasSecret
    }
}
