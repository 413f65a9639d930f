import Crypto
import Fetching
import IdentityProviders
import LoopbackServer
import OAuthMessages

/// A provider that people sign in at, over HTTP, with whatever a test wants wrong in its answers.
struct TestProvider: Sendable {
    static let client = "gatehouse"
    static let secret = "s3cret & more"
    static let access = "access-token"
    static let redirect = "https://gateway.example/signin/corp/callback"

    /// What differs from a provider in order. Values are JSON; one that is nil is left out.
    struct Ways: Sendable {
        var metadata: [String: String?] = [:]
        var claims: [String: String?] = [:]
        var token: @Sendable (TestIssuer, _ claims: String) throws -> String = { issuer, claims in
            String(decoding: try issuer.token(claims), as: UTF8.self)
        }
        /// The token endpoint's answer, where it is not one in order.
        var answer: LoopbackServer.Answer?
        var userInfo = LoopbackServer.Answer(404)
        /// The callback's query; of the state and the issuer.
        var query: @Sendable (_ state: String, _ issuer: String) -> String = { "code=c0de&state=\($0)&iss=\($1)" }
        var wanted: Set<String> = ["email"]
        var algorithms = Set(SigningAlgorithm.allCases)
        var isPublic = false
        /// Whom the question was for, where that is another.
        var asked: ProviderSettings?
    }

    /// What a sign-in came to, and what was asked on the way.
    struct Outcome: Sendable {
        let origin: String
        /// Where the browser was sent.
        var address = ""
        var result: Result<ProvenPerson, SignInProblem>
        var requests: [LoopbackServer.Request] = []

        var problem: SignInProblem? {
            if case .failure(let problem) = result { problem } else { nil }
        }

        func asked(_ path: String) -> [LoopbackServer.Request] { requests.filter { $0.path == path } }

        /// A field of the address that the browser was sent to.
        func field(_ name: String) -> String { TestProvider.field(name, of: address) }
    }

    let issuer = TestIssuer()
    let ways: Ways
    private let nonce = Changing("")

    init(_ change: (inout Ways) -> Void = { _ in }) {
        var ways = Ways()
        change(&ways)
        self.ways = ways
    }

    static func field(_ name: String, of address: String) -> String {
        let query = address.split(separator: "?", maxSplits: 1).last ?? ""
        return FormText.read(query)?[name] ?? ""
    }

    /// One person's whole way: sent out, come back, and what is made of it.
    func signIn() async throws -> Outcome {
        try await LoopbackServer.serving { origin, request in
            answer(origin, request)
        } _: { server in
            var outcome = Outcome(origin: server.origin, result: .failure(.unreadable))
            let settings = try settings(server.origin)
            let client = SignInClient(settings, clock: { 0 })
            let question = SignInQuestion(
                at: ways.asked ?? settings.provider, redirect: Self.redirect, now: TestIssuer.now)
            do throws(SignInProblem) {
                outcome.address = try await client.address(asking: question)
                nonce.value = outcome.field("nonce")
                guard let answer = AuthorizationAnswer(query: ways.query(question.state, server.origin)) else {
                    return outcome
                }
                outcome.result = .success(try await client.person(in: answer, to: question, at: TestIssuer.now))
            } catch {
                outcome.result = .failure(error)
            }
            outcome.requests = server.requests
            return outcome
        }
    }

    private func settings(_ origin: String) throws -> SignInSettings {
        SignInSettings(
            provider: ProviderSettings(
                name: "corp", issuer: origin, address: try WebAddress(origin, isOperatorTyped: true),
                algorithms: ways.algorithms),
            client: ClientAuthentication(id: Self.client, secret: ways.isPublic ? nil : Self.secret),
            scopes: ["email", "groups"], wanted: ways.wanted)
    }

    private func answer(_ origin: String, _ request: LoopbackServer.Request) -> LoopbackServer.Answer {
        switch request.path {
        case "/.well-known/openid-configuration":
            let usual: [String: String?] = [
                "issuer": "\"\(origin)\"", "jwks_uri": "\"\(origin)/keys\"",
                "authorization_endpoint": "\"\(origin)/authorize?tenant=1\"", "token_endpoint": "\"\(origin)/token\"",
                "userinfo_endpoint": "\"\(origin)/userinfo\"", "code_challenge_methods_supported": #"["S256"]"#,
                "authorization_response_iss_parameter_supported": "true",
            ]
            return .init(200, Self.object(usual, ways.metadata))
        case "/keys": return .init(200, issuer.keys)
        case "/userinfo": return ways.userInfo
        case "/token":
            if let answer = ways.answer { return answer }
            guard let token = try? ways.token(issuer, claims(origin)) else { return .init(500) }
            return .init(
                200, #"{"access_token":"\#(Self.access)","token_type":"Bearer","id_token":"\#(token)"}"#)
        default: return .init(404)
        }
    }

    private func claims(_ origin: String) -> String {
        let usual: [String: String?] = [
            "iss": "\"\(origin)\"", "sub": "\"alice\"", "aud": "\"\(Self.client)\"", "exp": "\(TestIssuer.now + 600)",
            "iat": "\(TestIssuer.now)", "nonce": "\"\(nonce.value)\"", "email": #""alice@example.com""#,
            "groups": #"["staff"]"#, "at_hash": "\"\(Self.half(of: Self.access))\"",
        ]
        return Self.object(usual, ways.claims)
    }

    /// The left half of its SHA-256.
    static func half(of text: String) -> String { base64(Array(SHA256.hash(data: Array(text.utf8))).prefix(16)) }

    private static func object(_ usual: [String: String?], _ changes: [String: String?]) -> String {
        let members = usual.merging(changes) { $1 }.sorted { $0.key < $1.key }
        return "{\(members.compactMap { key, value in value.map { "\"\(key)\":\($0)" } }.joined(separator: ","))}"
    }
}
