import Fetching
import IdentityProviders
import LoopbackServer
import OAuthMessages
import Testing
import WireJSON

/// A person's way to a provider and back, against one that answers as it should not. One after another: each is some
/// connections, and a crowd of them would wait longer than a fetch does.
@Suite(.serialized)
struct SignInTests {
    @Test("a person is whom the identity token names, with what the provider says of them")
    func person() async throws {
        let outcome = try await TestProvider().signIn()
        let person = try outcome.result.get()
        #expect(person.subject == "alice" && person.issuer == outcome.origin)
        #expect(person.email == "alice@example.com" && person.claims["groups"]?[0]?.string == "staff")
        #expect(outcome.asked("/userinfo").isEmpty)
    }

    @Test("the browser is sent out with a challenge, a state and a nonce of 256 bits, and the endpoint's own query")
    func departure() async throws {
        let outcome = try await TestProvider().signIn()
        #expect(outcome.address.hasPrefix("\(outcome.origin)/authorize?tenant=1&response_type=code&"))
        #expect(outcome.field("client_id") == TestProvider.client)
        #expect(outcome.field("redirect_uri") == TestProvider.redirect)
        #expect(outcome.field("scope") == "openid email groups")
        #expect(outcome.field("code_challenge_method") == "S256")
        let texts = ["state", "nonce", "code_challenge"].map(outcome.field)
        #expect(Set(texts).count == 3 && texts.allSatisfy { $0.utf8.count == 43 })
    }

    @Test("the code is taken with the proof, the secret and the very redirect address")
    func exchange() async throws {
        let outcome = try await TestProvider().signIn()
        let request = try #require(outcome.asked("/token").first)
        #expect(outcome.asked("/token").count == 1 && request.form("code") == ["c0de"])
        #expect(FormText.read(String(decoding: request.body, as: UTF8.self))?["redirect_uri"] == TestProvider.redirect)
        let verifier = try #require(request.form("code_verifier").first)
        #expect(ProofKey.challenge(of: verifier) == outcome.field("code_challenge"))
        // Both parts are form text before they are joined: `gatehouse:s3cret%20%26%20more`.
        #expect(request.values(of: "authorization") == ["Basic Z2F0ZWhvdXNlOnMzY3JldCUyMCUyNiUyMG1vcmU="])
        let posted = try await TestProvider {
            $0.metadata["token_endpoint_auth_methods_supported"] = #"["client_secret_post"]"#
        }.signIn()
        #expect(posted.asked("/token").first?.form("client_secret") == ["s3cret%20%26%20more"])
        #expect(posted.asked("/token").first?.values(of: "authorization") == [])
    }

    // MARK: Identity tokens

    struct Wrong: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var change: @Sendable (inout TestProvider.Ways) -> Void

        init(_ name: String, _ change: @escaping @Sendable (inout TestProvider.Ways) -> Void) {
            testDescription = name
            self.change = change
        }

        static func claim(_ name: String, _ value: String?) -> Wrong {
            Wrong("\(name): \(value ?? "none")") { $0.claims[name] = .some(value) }
        }
    }

    static let now = TestIssuer.now
    static let wrong: [Wrong] = [
        .claim("iss", #""https://evil.example""#), .claim("iss", nil), .claim("sub", nil), .claim("sub", #""""#),
        .claim("sub", #""\#(String(repeating: "x", count: 256))""#), .claim("sub", "1"),
        .claim("aud", #""another""#), .claim("aud", nil), .claim("aud", "[]"), .claim("aud", #"["another"]"#),
        .claim("aud", #"["gatehouse","another"]"#), .claim("aud", #""Gatehouse""#),
        .claim("azp", #""another""#), .claim("azp", "1"),
        .claim("exp", nil), .claim("exp", "\(now - 31)"), .claim("exp", #""\#(now + 600)""#),
        .claim("nbf", "\(now + 31)"), .claim("iat", nil), .claim("iat", "\(now + 31)"), .claim("iat", "\(now - 31)"),
        .claim("nonce", nil), .claim("nonce", #""another""#), .claim("nonce", "null"),
        .claim("at_hash", #""\#(TestProvider.half(of: "another"))""#), .claim("at_hash", "1"), .claim("cnf", "{}"),
        Wrong("alg none") {
            $0.token = { _, claims in TestIssuer.unsigned(#"{"alg":"none"}"#, claims) + "." }
        },
        Wrong("alg none, with the signature of another") {
            $0.token = { issuer, claims in
                String(decoding: try issuer.token(header: #"{"alg":"none"}"#, claims), as: UTF8.self)
            }
        },
        Wrong("a shared secret") {
            $0.token = { issuer, claims in
                String(decoding: try issuer.token(header: #"{"alg":"HS256","kid":"k1"}"#, claims), as: UTF8.self)
            }
        },
        Wrong("an algorithm that was not agreed on") { $0.algorithms = [.rs256, .edDSA] },
        Wrong("another's key under the provider's name") {
            $0.token = { _, claims in String(decoding: try TestIssuer().token(claims), as: UTF8.self) }
        },
        Wrong("a key that is not published") {
            $0.token = { issuer, claims in
                String(decoding: try issuer.token(header: #"{"alg":"ES256","kid":"../k1"}"#, claims), as: UTF8.self)
            }
        },
        Wrong("an access token") {
            $0.token = { issuer, claims in
                let header = #"{"alg":"ES256","kid":"k1","typ":"at+jwt"}"#
                return String(decoding: try issuer.token(header: header, claims), as: UTF8.self)
            }
        },
        Wrong("a claim twice") {
            $0.token = { issuer, claims in
                String(decoding: try issuer.token(claims.dropLast() + #","sub":"mallory"}"#), as: UTF8.self)
            }
        },
    ]

    @Test("an identity token with anything wrong in it signs nobody in", arguments: wrong)
    func wrongToken(wrong: Wrong) async throws {
        let outcome = try await TestProvider(wrong.change).signIn()
        guard case .badToken = outcome.problem else {
            Issue.record("\(outcome.result)")
            return
        }
        #expect(outcome.asked("/token").count == 1)
    }

    @Test(
        "what the specification leaves open is taken as it is",
        arguments: [
            Wrong.claim("at_hash", nil), .claim("azp", #""gatehouse""#), .claim("aud", #"["gatehouse"]"#),
            .claim("exp", "\(now - 29)"), .claim("iat", "\(now - 29)"),
            Wrong("several clients, and who asked") {
                $0.claims["aud"] = #"["another","gatehouse"]"#
                $0.claims["azp"] = #""gatehouse""#
            },
        ])
    func open(open: Wrong) async throws {
        #expect(try await TestProvider(open.change).signIn().result.get().subject == "alice")
    }

    // MARK: Answers

    @Test(
        "no code goes out where the answer is not the issuer's that was asked",
        arguments: ["&iss=https://evil.example", "&iss=", ""])
    func mixUp(issuer: String) async throws {
        let outcome = try await TestProvider { $0.query = { state, _ in "code=c0de&state=\(state)\(issuer)" } }.signIn()
        #expect(outcome.problem == .foreignAnswer && outcome.asked("/token").isEmpty)
        let refused = try await TestProvider {
            $0.query = { state, _ in "error=access_denied&state=\(state)\(issuer)" }
        }.signIn()
        #expect(refused.problem == .foreignAnswer)
    }

    @Test("no code goes to an issuer that the configuration names since the question was asked")
    func otherIssuer() async throws {
        let earlier = ProviderSettings(
            name: "corp", issuer: "https://login.example",
            address: try WebAddress("https://login.example", isOperatorTyped: true))
        let outcome = try await TestProvider { $0.asked = earlier }.signIn()
        #expect(outcome.problem == .foreignAnswer && outcome.asked("/token").isEmpty)
    }

    @Test("an issuer that promises nothing need not be named, and is checked where it is")
    func unnamed() async throws {
        let quiet: (String) -> TestProvider = { query in
            TestProvider { ways in
                ways.metadata["authorization_response_iss_parameter_supported"] = .some(nil)
                ways.query = { state, _ in "code=c0de&state=\(state)\(query)" }
            }
        }
        #expect(try await quiet("").signIn().result.get().subject == "alice")
        #expect(try await quiet("&iss=https://evil.example").signIn().problem == .foreignAnswer)
    }

    @Test("a provider's refusal is told as its own words, shortened and without what is not visible")
    func refusal() async throws {
        let long = String(repeating: "x", count: 500)
        let outcome = try await TestProvider {
            $0.query = { "error=access_denied&error_description=%3Cb%3E%0a%E2%80%AE\(long)&state=\($0)&iss=\($1)" }
        }.signIn()
        guard case .refused("access_denied", let description?) = outcome.problem else {
            Issue.record("\(outcome.result)")
            return
        }
        #expect(SignInWords.bounded(description) == "<b>" + String(repeating: "x", count: 197))
        #expect(outcome.asked("/token").isEmpty)
    }

    @Test(
        "a token endpoint that says anything else signs nobody in",
        arguments: [
            LoopbackServer.Answer(400, #"{"error":"invalid_grant"}"#), .init(200, #"{"access_token":"a"}"#),
            .init(200, #"{"access_token":"a","token_type":"Bearer"}"#), .init(200, "not JSON"), .init(500),
            .init(302, "", fields: [("Location", "https://evil.example/token")]),
            .init(
                200,
                #"{"access_token":"a","token_type":"Bearer","id_token":"\#(String(repeating: "a", count: 20_000))"}"#),
        ])
    func tokenEndpoint(answer: LoopbackServer.Answer) async throws {
        let outcome = try await TestProvider { $0.answer = answer }.signIn()
        #expect(outcome.problem != nil && outcome.asked("/token").count == 1)
    }

    // MARK: Metadata

    @Test(
        "nobody is sent anywhere by metadata that is another's or leads into private networks",
        arguments: [
            ["issuer": #""https://evil.example""#], ["issuer": nil],
            ["authorization_endpoint": nil], ["authorization_endpoint": #""http://login.example/authorize""#],
            ["authorization_endpoint": #""javascript:alert(1)""#], ["code_challenge_methods_supported": #"["plain"]"#],
        ] as [[String: String?]])
    func metadata(changes: [String: String?]) async throws {
        let outcome = try await TestProvider { $0.metadata = changes }.signIn()
        #expect(outcome.address == "" && outcome.problem != nil)
    }

    @Test(
        "a code goes to no private network that a document names",
        arguments: [
            "http://127.0.0.1:1/token", "https://169.254.169.254/token", "https://[::ffff:7f00:1]/token",
            "https://0x7f.1/token", "http://login.example/token",
        ])
    func privateNetworks(endpoint: String) async throws {
        let outcome = try await TestProvider { $0.metadata["token_endpoint"] = "\"\(endpoint)\"" }.signIn()
        #expect(outcome.problem != nil && outcome.problem != .unreadable && outcome.asked("/token").isEmpty)
        let keys = try await TestProvider { $0.metadata["jwks_uri"] = "\"\(endpoint)\"" }.signIn()
        #expect(keys.problem == .unreachable("the provider's keys cannot be had"))
    }

    @Test("a client without a secret signs people in where PKCE is promised only")
    func publicClient() async throws {
        let promised = try await TestProvider { $0.isPublic = true }.signIn()
        #expect(try promised.result.get().subject == "alice")
        #expect(promised.asked("/token").first?.form("client_id") == ["gatehouse"])
        let silent = try await TestProvider {
            $0.isPublic = true
            $0.metadata["code_challenge_methods_supported"] = .some(nil)
        }.signIn()
        #expect(silent.address == "" && silent.problem != nil)
    }

    // MARK: UserInfo

    @Test("claims that the token lacks come from UserInfo, those it has do not, and both are about one person")
    func userInfo() async throws {
        let full = #"{"sub":"alice","email":"new@example.com","groups":["admins"],"name":"Alice"}"#
        let outcome = try await TestProvider {
            $0.claims["email"] = .some(nil)
            $0.userInfo = .init(200, full)
        }.signIn()
        let person = try outcome.result.get()
        #expect(person.email == "new@example.com" && person.fullName == "Alice")
        #expect(person.claims["groups"]?[0]?.string == "staff")
        #expect(outcome.asked("/userinfo").first?.values(of: "authorization") == ["Bearer \(TestProvider.access)"])
        for answer in [full.replacing("alice", with: "mallory"), "{}", "[]", full + "x"] {
            let other = try await TestProvider {
                $0.claims["email"] = .some(nil)
                $0.userInfo = .init(200, answer)
            }.signIn()
            #expect(other.problem != nil, "\(answer)")
        }
    }

    @Test(
        "an address that the provider calls unverified is none",
        arguments: [("false", nil), (#""false""#, nil), ("1", nil), ("true", "a"), (#""true""#, "a"), (nil, "a")]
            as [(String?, String?)])
    func verified(isVerified: String?, address: String?) async throws {
        let outcome = try await TestProvider { $0.claims["email_verified"] = .some(isVerified) }.signIn()
        #expect(try outcome.result.get().email == address.map { _ in "alice@example.com" })
    }

    private static let alice = #""alice@example.com""#

    /// The token's address and its word for it, what UserInfo says, and which word is taken.
    static let words: [(email: String?, word: String?, answer: String, taken: String?)] = [
        (alice, nil, #""email":"alice@example.com","email_verified":true"#, "true"),
        (alice, nil, #""email":"mallory@example.com","email_verified":true"#, nil),
        (alice, nil, #""email_verified":true"#, nil),
        (nil, nil, #""email":"new@example.com","email_verified":true"#, "true"),
        (nil, "true", #""email":"new@example.com""#, nil),
        (nil, "false", #""email":"new@example.com","email_verified":true"#, "false"),
        (alice, "true", #""email":"mallory@example.com","email_verified":false"#, "false"),
        (alice, "true", #""email":"alice@example.com""#, "true"),
    ]

    @Test(
        "that an address is verified is believed of the address beside it; that it is not, of whichever",
        arguments: words)
    func addressWords(email: String?, word: String?, answer: String, taken: String?) async throws {
        let outcome = try await TestProvider {
            $0.claims["email"] = .some(email)
            $0.claims["email_verified"] = .some(word)
            $0.wanted = ["email", "email_verified", "department"]
            $0.userInfo = .init(200, #"{"sub":"alice",\#(answer)}"#)
        }.signIn()
        let found = try outcome.result.get().claims["email_verified"]
        #expect(found.map { String(decoding: $0.bytes, as: UTF8.self) } == taken)
    }

    // MARK: Questions

    @Test("a question is kept and read back whole, no two are alike, and no text of it tells what it holds")
    func questions() throws {
        let name = "https://login.example"
        let corp = ProviderSettings(
            name: "corp", issuer: name, address: try WebAddress(name, isOperatorTyped: true))
        let question = SignInQuestion(at: corp, redirect: TestProvider.redirect, now: 7)
        let read = try #require(SignInQuestion(question.bytes))
        #expect(read == question && read.askedAt == 7)
        let other = SignInQuestion(at: corp, redirect: TestProvider.redirect, now: 7)
        #expect(other.state != question.state && other != question)
        #expect(!"\(question)".contains(question.state) && !String(reflecting: question).contains(question.state))
        let client = ClientAuthentication(id: "gatehouse", secret: "s3cret")
        #expect(!"\(client) \(String(reflecting: client))".contains("s3cret"))
        let answer = try #require(AuthorizationAnswer(query: "code=c&state=\(question.state)"))
        #expect(question.isAnswered(by: answer) && !other.isAnswered(by: answer))
        #expect(SignInQuestion([]) == nil && SignInQuestion(Array("{}".utf8)) == nil)
    }
}
