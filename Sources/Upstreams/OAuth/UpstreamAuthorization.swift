public import Fetching
import Gateway
public import GatewayStorage
public import Logging
public import OAuthMessages
import Synchronization

/// Keeps the gateway authorised at one upstream: gets tokens, renews them before they end, one question at a time however
/// many requests wait, and says when a person has to sign in.
///
/// Tokens are in no log and reach nobody but the server they are for and its authorisation server.
public final class UpstreamAuthorization: Sendable {
    let server: String
    private let discovery: OAuthDiscovery
    private let settings: OAuthSettings
    private let fetcher: Fetcher
    private let store: any CredentialStore
    /// The name its tokens are kept under.
    public let account: String
    private let clock: @Sendable () -> Int64
    private let logger: Logger
    private let onNeed: @Sendable () async -> Void
    private let state = Mutex(AuthorizationState())
    private let attempts = Mutex<[String: SignInAttempt]>([:])
    /// A registered client that a person was sent with and has not come back.
    private let lostClient = Mutex<String?>(nil)
    private let wishes: AsyncStream<Void>
    private let inbox: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - account: the name its tokens are kept under.
    ///   - clock: seconds since 1970.
    ///   - onNeed: told each time it turns out that a person has to sign in.
    public init(
        server: String, at upstream: WebAddress, _ settings: OAuthSettings, keeping store: any CredentialStore,
        under account: String, clock: @escaping @Sendable () -> Int64, logger: Logger,
        onNeed: @escaping @Sendable () async -> Void
    ) {
        self.server = server
        self.settings = settings
        self.store = store
        self.account = account
        self.clock = clock
        self.logger = logger
        self.onNeed = onNeed
        fetcher = Fetcher(certificates: settings.certificates)
        discovery = OAuthDiscovery(upstream: upstream, settings: settings, fetcher: fetcher)
        (wishes, inbox) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    // MARK: Requests

    /// The header line a request bears now.
    var line: [UInt8]? { state.withLock { $0.line(at: clock()) } }

    /// Where the gateway stands at this server.
    public enum Standing: Sendable, Equatable {
        /// Nothing was asked of it yet.
        case untried
        /// There is a token, or one that can be renewed.
        case authorized
        case failing(OAuthProblem)
    }

    public var standing: Standing { state.withLock { $0.standing } }

    enum Admission {
        case go
        /// The waiter will be called.
        case wait
        case refuse(UpstreamFailure)
    }

    /// Whether a request may go out now. On an event loop this costs one short mutex.
    func admission(_ waiter: () -> AuthorizationState.Waiter) -> Admission {
        let now = clock()
        return state.withLock { state in
            switch state.standing(at: now) {
            case .go(_, let isRenewing):
                if isRenewing { inbox.yield() }
                return .go
            case .wait(let isFirst):
                state.wait(waiter())
                if isFirst { inbox.yield() }
                return .wait
            case .refuse(let problem): return .refuse(problem.failure)
            }
        }
    }

    /// The server answered 401 to a request that bore this line.
    func turnedDown(_ line: [UInt8]) { state.withLock { $0.rejected(line) } }

    // MARK: Work

    /// Gets tokens as they are wished for, until `close`.
    public func run() async {
        for await _ in wishes {
            let result = await obtain()
            if case .failure(let problem) = result {
                logger.warning("not authorised at a server", metadata: ["server": "\(server)", "reason": "\(problem)"])
                // Before those who wait are told: whoever looks why finds where to sign in.
                if problem == .needsPerson { await onNeed() }
            }
            finish(result)
        }
        finish(.failure(.unreachable("shutting down")))
    }

    public func close() { inbox.finish() }

    private func obtain() async -> Result<KeptTokens, OAuthProblem> {
        do throws(OAuthProblem) {
            if state.withLock({ $0.tokens }) == nil {
                let kept = await keptEarlier()
                state.withLock { $0.loaded(kept) }
                if let kept, state.withLock({ $0.line(at: clock()) }) != nil { return .success(kept) }
            }
            let kept = state.withLock { $0.tokens }
            let authority = try await discovery.authority()
            let client = OAuthClient(authority: authority, settings: settings, fetcher: fetcher)
            let issuer = authority.metadata.issuer
            if let kept, let refresh = kept.refresh, kept.issuer.utf8.elementsEqual(issuer.utf8) {
                do throws(OAuthProblem) {
                    return .success(
                        await keep(
                            kept.with(try await client.renewed(refresh, settings.client ?? kept.client), at: clock())))
                } catch {
                    // Only a word of the server's own ends a refresh token; a server that is away does not.
                    guard case .refused = error else { throw error }
                }
            }
            guard settings.grant == .clientCredentials, let own = settings.client else { throw .needsPerson }
            let token = try await client.ownToken(own)
            return .success(await keep(tokens(of: issuer, to: own).with(token, at: clock())))
        } catch {
            return .failure(error)
        }
    }

    /// What was kept by an earlier run, if it is still good here; else it is forgotten.
    private func keptEarlier() async -> KeptTokens? {
        let bytes: [UInt8]?
        do throws(StorageError) { bytes = try await store.credential(server: account) } catch {
            logger.error("kept tokens cannot be read", metadata: ["server": "\(server)", "reason": "\(error)"])
            return nil
        }
        guard let bytes else { return nil }
        if let kept = KeptTokens(bytes), kept.isGood(at: discovery.upstream.description, settings) { return kept }
        logger.notice("tokens kept for another address or issuer are forgotten", metadata: ["server": "\(server)"])
        try? await store.keep(nil, server: account)
        return nil
    }

    private func tokens(
        of issuer: String, to client: OAuthSettings.Client, redirect: String? = nil
    ) -> KeptTokens {
        KeptTokens(upstream: discovery.upstream.description, issuer: issuer, client: client, redirect: redirect)
    }

    /// Kept first: a refresh token that was used once may be good for nothing more, and the next one must not be lost.
    private func keep(_ tokens: KeptTokens) async -> KeptTokens {
        do throws(StorageError) { try await store.keep(tokens.bytes, server: account) } catch {
            logger.error("tokens cannot be kept", metadata: ["server": "\(server)", "reason": "\(error)"])
        }
        return tokens
    }

    private func finish(_ result: Result<KeptTokens, OAuthProblem>) {
        let failure: UpstreamFailure? = if case .failure(let problem) = result { problem.failure } else { nil }
        for waiter in state.withLock({ $0.ended(result, at: clock()) }) { waiter(failure) }
    }

    // MARK: Signing in

    /// Begins a sign-in: where the person's browser is to go.
    ///
    /// - Parameter redirect: where the authorisation server sends it back to.
    public func beginSignIn(redirect: String) async throws(OAuthProblem) -> String {
        let authority = try await discovery.authority()
        try SignInAttempt.check(authority)
        let client = OAuthClient(authority: authority, settings: settings, fetcher: fetcher)
        let kept = state.withLock { $0.tokens }
        let registered: OAuthSettings.Client
        if let kept, settings.client == nil, kept.issuer.utf8.elementsEqual(authority.metadata.issuer.utf8),
            kept.redirect == redirect, lostClient.withLock({ $0 != kept.client.id })
        {
            // A server that forgot the client tells the person, and nobody else: who tries again comes as a new one.
            lostClient.withLock { $0 = kept.client.id }
            registered = kept.client
        } else {
            registered = try await client.client(redirect: redirect)
        }
        let now = clock()
        let attempt = SignInAttempt(at: authority, as: registered, redirect: redirect, now: now)
        attempts.withLock { attempts in
            attempts = attempts.filter { now < $0.value.end }
            if attempts.count >= OAuthLimits.signIns, let oldest = attempts.values.min(by: { $0.end < $1.end }) {
                attempts[oldest.state] = nil
            }
            attempts[attempt.state] = attempt
        }
        return attempt.address(scopes: client.scopes)
    }

    /// Whether this answers a sign-in that was begun here.
    public func awaits(_ answer: AuthorizationAnswer) -> Bool { attempts.withLock { $0[answer.state] != nil } }

    /// Ends a sign-in with what the browser brought back. An answer is taken once.
    public func finishSignIn(_ answer: AuthorizationAnswer) async throws(OAuthProblem) {
        guard let attempt = attempts.withLock({ $0.removeValue(forKey: answer.state) }) else { throw .foreignAnswer }
        let code = try attempt.code(in: answer, at: clock())
        let client = OAuthClient(authority: attempt.authority, settings: settings, fetcher: fetcher)
        let token = try await client.token(for: code, attempt.proof, redirect: attempt.redirect, attempt.client)
        let tokens = tokens(
            of: attempt.authority.metadata.issuer, to: attempt.client, redirect: attempt.redirect)
        lostClient.withLock { $0 = nil }
        finish(.success(await keep(tokens.with(token, at: clock()))))
    }
}
