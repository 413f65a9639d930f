public import Gateway

/// How an endpoint is reached and who it lets in.
public struct EndpointConfiguration: Sendable {
    /// Which addresses there are.
    public enum Addresses: Sendable {
        /// `/mcp/{server}` for every server of the sender's grant.
        case servers
        /// `/mcp` alone, for one server (`wrap --listen`).
        case single(server: String)
    }

    /// Who may send.
    public enum Senders: Sendable {
        /// Whoever presents a grant's bearer token.
        case bearers
        /// Anyone, as this principal: `wrap --listen --no-token`, on loopback only.
        case anyone(as: Principal)
    }

    public var addresses: Addresses
    public var senders: Senders
    public var peers: AllowedPeers
    /// How clients reach this port, as `https://gateway.example`: what an identity provider's tokens are issued for
    /// begins so.
    public var publicOrigin: String
    public var limits: EndpointLimits

    public init(
        addresses: Addresses, senders: Senders = .bearers, peers: AllowedPeers, publicOrigin: String,
        limits: EndpointLimits = .init()
    ) {
        self.addresses = addresses
        self.senders = senders
        self.peers = peers
        self.publicOrigin = publicOrigin
        self.limits = limits
    }
}
