import OAuthMessages
import WireJSON

/// What the gateway was given at an upstream: tokens, by whom, and the client it was registered as. A secret as a whole.
struct KeptTokens: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// The address of the server they are for; they are borne nowhere else.
    var upstream: String
    /// Tokens and clients are an issuer's own and are never shown to another.
    var issuer: String
    var client: OAuthSettings.Client
    /// Where the client was registered to be called back.
    var redirect: String?
    var access: String?
    var refresh: String?
    /// When the access token is over, seconds since 1970.
    var end: Int64 = 0

    init(upstream: String, issuer: String, client: OAuthSettings.Client, redirect: String? = nil) {
        self.upstream = upstream
        self.issuer = issuer
        self.client = client
        self.redirect = redirect
    }

    /// With a token that was just issued. A server that gives no new refresh token means the old one to be used on.
    func with(_ token: IssuedToken, at now: Int64) -> KeptTokens {
        var copy = self
        copy.access = token.access
        copy.refresh = token.refresh ?? refresh
        copy.end = now + (token.lifetime ?? OAuthLimits.unsaidLifetime)
        return copy
    }

    /// Whether they may be used at this address, as the settings now are. What was kept outlives the settings it was got
    /// under; a name alone says nothing of where it leads.
    func isGood(at address: String, _ settings: OAuthSettings) -> Bool {
        guard upstream.utf8.elementsEqual(address.utf8),
            settings.issuer.map({ issuer.utf8.elementsEqual($0.utf8) }) ?? true
        else { return false }
        // A client's secret may be another by now; the client is known by its id.
        return settings.client.map { $0.id.utf8.elementsEqual(client.id.utf8) } ?? true
    }

    /// The header line that bears it, for as long as it is good.
    var line: [UInt8]? { access.map { Array("Authorization: Bearer \($0)\r\n".utf8) } }

    var description: String { "tokens of \(issuer)" }
    var customMirror: Mirror { Mirror(self, children: ["issuer": issuer]) }
}

extension KeptTokens {
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.member("upstream", upstream)
            $0.member("issuer", issuer)
            $0.member("client", client.id)
            if let secret = client.secret { $0.member("secret", secret) }
            if let redirect { $0.member("redirect", redirect) }
            if let access { $0.member("access", access) }
            if let refresh { $0.member("refresh", refresh) }
            $0.member("end", end)
        }
        return writer.bytes
    }

    init?(_ bytes: [UInt8]) {
        guard let kept = try? JSON(bytes, limits: OAuthBounds.document), let upstream = kept["upstream"]?.string,
            let issuer = kept["issuer"]?.string, let client = kept["client"]?.string
        else { return nil }
        self.init(
            upstream: upstream, issuer: issuer, client: .init(id: client, secret: kept["secret"]?.string),
            redirect: kept["redirect"]?.string)
        let tokens = [kept["access"]?.string, kept["refresh"]?.string]
        guard tokens.allSatisfy({ $0.map(IssuedToken.isToken) ?? true }) else { return nil }
        access = tokens[0]
        refresh = tokens[1]
        end = Int64(kept["end"]?.int ?? 0)
    }
}
