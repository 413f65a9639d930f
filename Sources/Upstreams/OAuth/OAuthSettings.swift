public import Fetching

/// How the gateway gets itself authorised at one upstream (OAuth 2.1, as an MCP client).
public struct OAuthSettings: Sendable, Equatable {
    /// As whom it asks for tokens.
    public enum Grant: String, Sendable, CaseIterable {
        /// A person signs in once; the gateway holds what that gave it.
        case authorizationCode = "authorization_code"
        /// The gateway for itself.
        case clientCredentials = "client_credentials"
    }

    /// The one client of this name at the authorisation server, where an operator registered one.
    public struct Client: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
        public var id: String
        public var secret: String?

        public init(id: String, secret: String? = nil) {
            self.id = id
            self.secret = secret
        }

        public var description: String { id }
        public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
    }

    public var grant: Grant
    public var client: Client?
    /// The authorisation server, where an operator typed it: no other is asked, and it may be anywhere. A client that was
    /// registered by hand, with a secret, is shown to no other: without it the server could name who gets the secret.
    public var issuer: String?
    public var issuerAddress: WebAddress?
    /// What is asked for; nothing: what the server says it needs.
    public var scopes: [String]
    /// A document about the gateway as a client, where authorisation servers can get it (client id metadata document).
    public var clientDocument: String?
    /// A file of PEM certificates believed beside the system's.
    public var certificates: String?

    /// Whether nobody may be asked that an operator did not type.
    public var needsIssuer: Bool { grant == .clientCredentials || client?.secret != nil }

    public init(
        grant: Grant = .authorizationCode, client: Client? = nil, issuer: (text: String, address: WebAddress)? = nil,
        scopes: [String] = [], certificates: String? = nil
    ) {
        self.grant = grant
        self.client = client
        self.issuer = issuer?.text
        issuerAddress = issuer?.address
        self.scopes = scopes
        self.certificates = certificates
    }
}
