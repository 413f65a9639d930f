public import OAuthMessages
import WireJSON

/// What one browser is sent to a provider with, and has to come back to: kept by that browser, sealed, for its answer alone.
public struct SignInQuestion: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// The provider's name in the configuration.
    public let provider: String
    /// Whom the question goes to: an answer is no other issuer's, whatever the configuration says by then.
    let issuer: String
    /// Comes back with the answer; nobody can guess it (RFC 6749 section 10.12).
    public let state: String
    /// Comes back inside the identity token (OpenID Connect Core 1.0 section 3.1.2.1).
    let nonce: String
    /// Answers the challenge that the code is bound to (RFC 7636).
    let verifier: String
    /// Where the browser is sent back to, exactly.
    public let redirect: String
    /// Seconds since 1970.
    public let askedAt: Int64

    public init(at provider: ProviderSettings, redirect: String, now: Int64) {
        self.provider = provider.name
        issuer = provider.issuer
        state = RandomText.make()
        nonce = RandomText.make()
        verifier = ProofKey().verifier
        self.redirect = redirect
        askedAt = now
    }

    /// Whether this is what the browser brought back an answer to.
    public func isAnswered(by answer: AuthorizationAnswer) -> Bool { answer.state.utf8.elementsEqual(state.utf8) }

    // MARK: As kept

    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.member("provider", provider)
            $0.member("issuer", issuer)
            $0.member("state", state)
            $0.member("nonce", nonce)
            $0.member("verifier", verifier)
            $0.member("redirect", redirect)
            $0.member("at", askedAt)
        }
        return writer.bytes
    }

    public init?(_ bytes: [UInt8]) {
        guard let kept = try? JSON(bytes, limits: IdentityBounds.part), let provider = kept["provider"]?.string,
            let issuer = kept["issuer"]?.string, let state = kept["state"]?.string, let nonce = kept["nonce"]?.string,
            let verifier = kept["verifier"]?.string, let redirect = kept["redirect"]?.string, let at = kept["at"]?.int
        else { return nil }
        self.provider = provider
        self.issuer = issuer
        self.state = state
        self.nonce = nonce
        self.verifier = verifier
        self.redirect = redirect
        askedAt = Int64(at)
    }

    public var description: String { "a question to \(provider)" }
    public var customMirror: Mirror { Mirror(self, children: ["provider": provider]) }
}
