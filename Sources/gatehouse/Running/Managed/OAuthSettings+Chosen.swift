import Administration
import Fetching
import Upstreams

extension OAuthSettings {
    /// What a person chose about a registered server: the same as a configuration file would say, and refused for the same
    /// reasons.
    ///
    /// - Parameter mayUseMachine: whether the issuer may be on this machine, or in a private network.
    init(_ choices: OAuthChoices, secret: String?, mayUseMachine: Bool) throws(ServerChoices.Unusable) {
        func refused(_ reason: String) -> ServerChoices.Unusable { .init(field: "oauth", reason: reason) }
        self.init()
        switch choices.grant {
        case .authorizationCode: grant = .authorizationCode
        case .clientCredentials: grant = .clientCredentials
        }
        if let id = choices.clientID, !id.isEmpty {
            client = Client(id: id, secret: secret)
        } else if secret != nil || grant == .clientCredentials {
            throw refused("needs a `client_id`")
        }
        if let text = choices.issuer {
            do throws(WebAddressError) {
                issuerAddress = try WebAddress(text, isOperatorTyped: mayUseMachine)
            } catch {
                throw refused("has an `issuer` that cannot be asked: \(error)")
            }
            guard !text.utf8.contains(UInt8(ascii: "?")) else { throw refused("has an `issuer` with a query") }
            issuer = text
        }
        guard issuer != nil || !needsIssuer else {
            throw refused("needs the `issuer` that the client is registered at")
        }
        for scope in choices.scopes {
            guard !scope.isEmpty,
                scope.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C })
            else { throw refused("has a scope that is no word of visible ASCII") }
        }
        scopes = choices.scopes
    }
}
