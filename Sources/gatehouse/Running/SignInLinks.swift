import Gateway
import Logging
import OAuthMessages
import Synchronization
import Upstreams

/// The links by which people sign in at upstreams: one for each server that needs somebody, good until somebody did.
final class SignInLinks: Sendable {
    private let servers = Mutex<[String: String]>([:])
    private let console: String?
    private let logger: Logger

    /// - Parameter console: where people reach the console; nil where there is none.
    init(console: String?, logger: Logger) {
        self.console = console
        self.logger = logger
    }

    /// Says in the log that somebody has to sign in at a server, and where.
    func ask(for server: String) {
        guard let console else {
            return logger.warning(
                "a person has to sign in at a server, which takes the console; it is off",
                metadata: ["server": "\(server)"])
        }
        let key = RandomText.make()
        servers.withLock { servers in
            servers = servers.filter { $0.value != server }
            servers[key] = server
        }
        logger.warning(
            "a person has to sign in at a server",
            metadata: ["server": "\(server)", "link": "\(console)/connect/\(key)"])
    }

    /// - Parameter authorizations: those of the servers that run now, by slug.
    func signIns(_ authorizations: @escaping @Sendable () -> [String: UpstreamAuthorization]) -> UpstreamSignIns {
        UpstreamSignIns { [self] key, redirect in
            guard let server = servers.withLock({ $0[key] }), let authorization = authorizations()[server] else {
                return .failure(.unknownLink)
            }
            do throws(OAuthProblem) {
                return .success(try await authorization.beginSignIn(redirect: redirect))
            } catch {
                return .failure(.failed("\(error)"))
            }
        } finish: { [self] query in
            guard let answer = AuthorizationAnswer(query: query),
                let (server, authorization) = authorizations().first(where: { $0.value.awaits(answer) })
            else { return .failure(.unknownLink) }
            do throws(OAuthProblem) { try await authorization.finishSignIn(answer) } catch {
                return .failure(.failed("\(error)"))
            }
            servers.withLock { servers in servers = servers.filter { $0.value != server } }
            logger.notice("somebody signed in at a server", metadata: ["server": "\(server)"])
            return .success(server)
        }
    }
}
