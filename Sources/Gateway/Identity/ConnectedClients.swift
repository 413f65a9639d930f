import WireJSON

/// Clients that members let sign in at the gateway's own authorisation server, each with the principal its tokens act as.
///
/// A token of such a client names its connection; what the connection may is looked up here for every request, so that one
/// that ended, and one whose grant did, is nobody's at once.
public struct ConnectedClients: Sendable {
    /// The authorisation server's name for itself, as its tokens spell it.
    public let issuer: String
    /// By the connection's id, which is ASCII.
    public let principals: [String: Principal]

    public init(issuer: String, principals: [String: Principal]) {
        self.issuer = issuer
        self.principals = principals
    }

    /// As which provider its tokens are judged: no declared one can have this name.
    public static let provider = "gatehouse.connections"
    /// The claim that names the connection.
    public static let claim = "connection"

    func principal(for token: VerifiedToken) -> Principal? {
        token.claims[Self.claim]?.string.flatMap { principals[$0] }
    }
}
