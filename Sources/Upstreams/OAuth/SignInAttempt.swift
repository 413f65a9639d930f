import Fetching
import OAuthMessages

/// One person's way to an authorisation server and back (MCP revision 2025-11-25, "Authorization Flow Steps").
struct SignInAttempt: Sendable {
    /// Comes back with the answer; nobody can guess it.
    let state: String
    let authority: OAuthAuthority
    let client: OAuthSettings.Client
    let redirect: String
    let proof: ProofKey
    /// When it is over, seconds since 1970.
    let end: Int64

    init(at authority: OAuthAuthority, as client: OAuthSettings.Client, redirect: String, now: Int64) {
        state = RandomText.make()
        self.authority = authority
        self.client = client
        self.redirect = redirect
        proof = ProofKey()
        end = now + OAuthLimits.signIn
    }

    /// Looks whether a person can be sent to a server at all; before the gateway so much as registers there.
    static func check(_ authority: OAuthAuthority) throws(OAuthProblem) {
        guard authority.metadata.codeChallengeMethods?.contains("S256") ?? false else { throw .noProofKeys }
        guard authority.authorization != nil else { throw .badMetadata("it names no authorisation endpoint") }
    }

    /// Where the person's browser is to go.
    func address(scopes: [String]) -> String {
        // Without it, some servers give nothing to renew a token with.
        let lasting = authority.metadata.scopes.contains("offline_access") && !scopes.contains("offline_access")
        let asked = scopes + (lasting ? ["offline_access"] : [])
        var fields = [
            ("response_type", "code"), ("client_id", client.id), ("redirect_uri", redirect), ("state", state),
            ("code_challenge", proof.challenge), ("code_challenge_method", "S256"), ("resource", authority.resource),
        ]
        if !asked.isEmpty { fields.append(("scope", asked.joined(separator: " "))) }
        let place = authority.authorization?.description ?? ""
        return place + (place.utf8.contains(UInt8(ascii: "?")) ? "&" : "?")
            + FormText.write(fields.map { (name: $0.0, value: $0.1) })
    }

    /// The code, if the answer comes from the server that was asked, in time. Whose answer it is is looked at first: an
    /// error of another server's is nobody's word either (RFC 9207 section 2.4).
    func code(in answer: AuthorizationAnswer, at now: Int64) throws(OAuthProblem) -> String {
        let metadata = authority.metadata
        guard now < end, answer.comes(from: metadata.issuer, namesItself: metadata.namesItself) else {
            throw .foreignAnswer
        }
        switch answer.outcome {
        case .code(let code): return code
        case .refused(let error, _): throw .refused(error)
        }
    }
}
