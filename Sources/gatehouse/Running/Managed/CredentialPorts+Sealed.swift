import Administration
import GatewayStorage
import Upstreams

extension CredentialPorts {
    /// Over the tokens of this instance, and the upstreams that bear them.
    init(of credentials: SealedCredentials, fleet: UpstreamFleet, links: SignInLinks) {
        self.init()
        reseal = { () throws(Refusal) in
            do throws(StorageError) { return try await credentials.reseal() } catch { throw .unavailable("\(error)") }
        }
        // What is left behind is sealed, is for an id that nobody has any more, and is never read.
        forget = { server in try? await credentials.keep(nil, server: DeclaredServer.account(of: server)) }
        standing = { slug in
            guard let authorization = fleet.authorizations[slug] else { return nil }
            return switch authorization.standing {
            case .untried: AuthorizationStanding(.untried)
            case .authorized: AuthorizationStanding(.authorized)
            case .failing(.needsPerson):
                AuthorizationStanding(
                    .needsSignIn, reason: "\(OAuthProblem.needsPerson)",
                    link: links.link(for: slug, of: authorization.account))
            case .failing(let problem): AuthorizationStanding(.failing, reason: "\(problem)")
            }
        }
    }
}

extension DeclaredServer {
    /// The name that a registered server's tokens are kept under: its id, which no other server ever has.
    static func account(of server: RecordID) -> String { "directory/\(server)" }
}
