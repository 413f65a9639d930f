import Fetching
import PolicyFiles
import Upstreams

/// A server's `oauth`.
extension ConfigurationReader {
    mutating func oauth(_ value: Located) -> OAuthSettings? {
        var settings = OAuthSettings()
        var id: String?
        var secret: String?
        let before = problems.count
        for member in members(of: value, keys: ["grant", "client_id", "client_secret", "issuer", "scopes"]) {
            switch member.key {
            case "grant": settings.grant = choice(member.value) ?? settings.grant
            case "client_id": id = text(member.value)
            case "client_secret": secret = text(member.value)
            case "issuer":
                guard let issuer = issuer(member.value) else { continue }
                settings.issuer = issuer.text
                settings.issuerAddress = issuer.address
            case "scopes": settings.scopes = elements(of: member.value).compactMap { scope($0) }
            default: break
            }
        }
        guard problems.count == before else { return nil }
        if let id, !id.isEmpty {
            settings.client = OAuthSettings.Client(id: id, secret: secret)
        } else if secret != nil || settings.grant == .clientCredentials {
            report(value, "a `client_id` is needed here", nil)
            return nil
        }
        if settings.needsIssuer, settings.issuer == nil {
            report(
                value,
                "a client with a secret, and `client_credentials`, need the `issuer` the client is registered at",
                "write `issuer: https://login.example`, as its metadata spells it")
            return nil
        }
        return settings
    }
}
