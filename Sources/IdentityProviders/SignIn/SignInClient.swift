public import Fetching
public import OAuthMessages
import WireJSON

/// Signs people in at one provider: the authorisation code flow of OpenID Connect with PKCE and a nonce.
public struct SignInClient: Sendable {
    public let settings: SignInSettings
    private let source: MetadataSource
    private let metadata: MetadataDesk
    private let keys: KeyDesk

    /// - Parameter clock: steady nanoseconds.
    public init(_ settings: SignInSettings, fetcher: Fetcher? = nil, clock: @escaping @Sendable () -> UInt64) {
        self.settings = settings
        let fetcher = fetcher ?? Fetcher(certificates: settings.provider.certificates)
        source = MetadataSource(settings: settings.provider, fetcher: fetcher)
        metadata = MetadataDesk(source, clock: clock)
        let keySource = KeySource(settings: settings.provider, fetcher: fetcher)
        keys = KeyDesk(clock: clock) { try? await keySource.keys() }
    }

    /// Where the person's browser is to go.
    public func address(asking question: SignInQuestion) async throws(SignInProblem) -> String {
        let metadata = try await knownMetadata()
        // Many providers that take proofs do not say so; one that says it takes others only would not be bound by ours.
        guard metadata.codeChallengeMethods?.contains("S256") ?? !settings.client.isPublic else {
            throw .badMetadata("it does not promise PKCE with `S256`")
        }
        guard let endpoint = metadata.authorizationEndpoint else { throw .badMetadata("no authorisation endpoint") }
        let place = try found(endpoint).description
        let fields = [
            ("response_type", "code"), ("client_id", settings.client.id), ("redirect_uri", question.redirect),
            ("scope", settings.scopes.joined(separator: " ")), ("state", question.state), ("nonce", question.nonce),
            ("code_challenge", ProofKey.challenge(of: question.verifier)), ("code_challenge_method", "S256"),
        ]
        return place + (place.utf8.contains(UInt8(ascii: "?")) ? "&" : "?")
            + FormText.write(fields.map { (name: $0.0, value: $0.1) })
    }

    /// Whom the provider vouches for. Whose answer it is is looked at before anything that it says is believed (RFC 9207
    /// section 2.4).
    ///
    /// - Parameter now: seconds since 1970.
    /// - Precondition: the answer is to this question (``SignInQuestion/isAnswered(by:)``), and to no earlier answer.
    public func person(
        in answer: AuthorizationAnswer, to question: SignInQuestion, at now: Int64
    ) async throws(SignInProblem) -> ProvenPerson {
        let issuer = settings.provider.issuer
        guard question.issuer.utf8.elementsEqual(issuer.utf8) else { throw .foreignAnswer }
        let metadata = try await knownMetadata()
        guard answer.comes(from: issuer, namesItself: metadata.namesItself) else {
            throw .foreignAnswer
        }
        let code: String
        switch answer.outcome {
        case .refused(let error, let description): throw .refused(error: error, description: description)
        case .code(let given): code = given
        }
        let issued = try await token(for: code, question, metadata)
        guard let text = issued.identity else { throw .badToken("there is none") }
        let token = try await verified(text)
        if let reason = IdentityClaims(settings: settings).objection(
            to: token, answering: question, with: issued.access, at: now)
        {
            throw .badToken(reason)
        }
        let claims = try await completed(token.claims, issued.access, metadata)
        return ProvenPerson(
            issuer: issuer, subject: token.claims["sub"]?.string ?? "", claims: claims)
    }

    private func knownMetadata() async throws(SignInProblem) -> AuthorizationServerMetadata {
        do throws(MetadataSource.Failure) { return try await metadata.metadata() } catch {
            throw .unreachable("\(error)")
        }
    }

    private func found(_ text: String) throws(SignInProblem) -> WebAddress {
        do throws(MetadataSource.Failure) { return try source.found(text) } catch { throw .badMetadata("\(error)") }
    }

    private func token(
        for code: String, _ question: SignInQuestion, _ metadata: AuthorizationServerMetadata
    ) async throws(SignInProblem) -> IssuedToken {
        guard let endpoint = metadata.tokenEndpoint else { throw .badMetadata("no token endpoint") }
        let own = settings.client.fields(metadata.clientAuthentication)
        let form =
            [
                (name: "grant_type", value: "authorization_code"), (name: "code", value: code),
                (name: "redirect_uri", value: question.redirect), (name: "code_verifier", value: question.verifier),
            ] + own.form
        let head = [
            (name: "Content-Type", value: "application/x-www-form-urlencoded"),
            (name: "Accept", value: "application/json"),
        ]
        let response = try await fetch(
            FetchRequest(try found(endpoint), fields: head + own.head, body: Array(FormText.write(form).utf8)))
        switch TokenAnswer(status: response.status, response.body) {
        case .issued(let token): return token
        case .refused(let error): throw .codeRefused(error)
        case .unreadable: throw .unreadable
        }
    }

    /// The token, signed by one of the provider's own keys with an algorithm that was agreed on.
    private func verified(_ text: String) async throws(SignInProblem) -> SignedToken {
        guard let token = SignedToken(Array(text.utf8)), settings.provider.algorithms.contains(token.algorithm) else {
            throw .badToken("it is not signed as agreed")
        }
        switch await keys.finding(for: token) {
        case .found(let key):
            guard await key.signed(token) else { throw .badToken("its signature is not the provider's") }
            return token
        case .absent: throw .badToken("the provider has no such key")
        case .unknown: throw .unreachable("the provider's keys cannot be had")
        }
    }

    /// The claims, with those that are wanted and that only the provider's own answer has; it must be about the same person
    /// (OpenID Connect Core 1.0 section 5.3.2).
    private func completed(
        _ claims: JSON, _ access: String, _ metadata: AuthorizationServerMetadata
    ) async throws(SignInProblem) -> JSON {
        guard settings.wanted.contains(where: { claims[$0] == nil }), let endpoint = metadata.userInfoEndpoint else {
            return claims
        }
        var request = FetchRequest.json(at: try found(endpoint))
        request.fields.append((name: "Authorization", value: "Bearer \(access)"))
        let response = try await fetch(request)
        guard response.status == 200, let more = try? JSON(response.body, limits: IdentityBounds.part),
            let subject = more["sub"]?.utf8, let own = claims["sub"]?.utf8
        else { throw .unreadable }
        guard subject.elementsEqual(own) else { throw .badToken("the provider's own answer is about another person") }
        guard let whole = JoinedClaims(claims, more).json else { throw .unreadable }
        return whole
    }

    private func fetch(_ request: FetchRequest) async throws(SignInProblem) -> FetchResponse {
        do throws(FetchFailure) { return try await source.fetcher.fetch(request) } catch {
            throw .unreachable("\(error)")
        }
    }
}
