import Gateway
import Logging
import OAuthMessages
import Synchronization
import Upstreams

/// The links by which people sign in at upstreams: one for each server that needs somebody, good until somebody did.
final class SignInLinks: Sendable {
    /// Told that somebody has to sign in at a server, by its slug, or that somebody did.
    typealias Listener = @Sendable (_ server: String, _ isNeeded: Bool) async -> Void

    /// Whom a link leads to. A slug may be another server's by the time somebody follows it; what its tokens are kept under
    /// is its own.
    private struct Target: Equatable {
        let server: String
        let account: String
    }

    private let targets = Mutex<[String: Target]>([:])
    private let listener = Mutex<Listener?>(nil)
    private let console: String?
    private let logger: Logger

    /// - Parameter console: where people reach the console; nil where there is none.
    init(console: String?, logger: Logger) {
        self.console = console
        self.logger = logger
    }

    /// From now on, this is told too.
    func tell(_ listener: @escaping Listener) { self.listener.withLock { $0 = listener } }

    /// Says in the log that somebody has to sign in at a server, and where.
    func ask(for server: String, of account: String) async {
        if let console {
            let key = RandomText.make()
            let target = Target(server: server, account: account)
            targets.withLock { targets in
                targets = targets.filter { $0.value.server != server }
                targets[key] = target
            }
            logger.warning(
                "a person has to sign in at a server",
                metadata: ["server": "\(server)", "link": "\(console)/connect/\(key)"])
        } else {
            logger.warning(
                "a person has to sign in at a server, which takes the console; it is off",
                metadata: ["server": "\(server)"])
        }
        await listener.withLock { $0 }?(server, true)
    }

    /// The link for a server that somebody has to sign in at.
    func link(for server: String, of account: String) -> String? {
        let target = Target(server: server, account: account)
        guard let console, let key = targets.withLock({ $0.first { $0.value == target }?.key }) else { return nil }
        return "\(console)/connect/\(key)"
    }

    /// - Parameter authorizations: those of the servers that run now, by slug.
    func signIns(_ authorizations: @escaping @Sendable () -> [String: UpstreamAuthorization]) -> UpstreamSignIns {
        UpstreamSignIns { [self] key, redirect in
            guard let target = targets.withLock({ $0[key] }), let authorization = authorizations()[target.server],
                authorization.account == target.account
            else { return .failure(.unknownLink) }
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
            targets.withLock { targets in targets = targets.filter { $0.value.server != server } }
            logger.notice("somebody signed in at a server", metadata: ["server": "\(server)"])
            await listener.withLock { $0 }?(server, false)
            return .success(server)
        }
    }
}
