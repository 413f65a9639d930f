import Fetching
import GatewayStorage
import Logging
import LoopbackServer
import MCPMessages
import NIOPosix
import OAuthMessages
import Synchronization

@testable import Gateway
@testable import Upstreams

/// A server that asks for tokens and its authorisation server, at one origin, with whatever a test wants wrong with them;
/// and the gateway before them.
struct AuthorizationWorld: Sendable {
    /// What the two say and take.
    struct Rules: Sendable {
        /// Documents by path; `ORIGIN` stands for the origin.
        var documents: [String: String] = [
            "/.well-known/oauth-protected-resource/mcp":
                #"{"resource":"ORIGIN/mcp","authorization_servers":["ORIGIN"],"scopes_supported":["read"]}"#,
            "/.well-known/oauth-authorization-server": metadata(),
        ]
        var challenge: String? =
            #"Bearer resource_metadata="ORIGIN/.well-known/oauth-protected-resource/mcp", scope="read""#
        var registration = #"{"client_id":"registered"}"#
        var lifetime = 3600
        /// Errors that the token endpoint answers, by grant type.
        var refused: [String: String] = [:]
        var status = 200
        /// Whether each answer has a new refresh token.
        var rotates = true
        /// Whether any token is taken at all.
        var takesTokens = true

        static func metadata(_ changes: [String: String?] = [:]) -> String {
            var members: [String: String?] = [
                "issuer": #""ORIGIN""#, "authorization_endpoint": #""ORIGIN/authorize""#,
                "token_endpoint": #""ORIGIN/token""#, "registration_endpoint": #""ORIGIN/register""#,
                "code_challenge_methods_supported": #"["S256"]"#,
                "authorization_response_iss_parameter_supported": "true",
            ]
            for (key, value) in changes { members[key] = value }
            let written = members.sorted { $0.key < $1.key }.compactMap { key, value in value.map { "\"\(key)\":\($0)" }
            }
            return "{\(written.joined(separator: ","))}"
        }
    }

    final class Peer: Sendable {
        let rules: Mutex<Rules>
        private let valid = Mutex<(tokens: Set<String>, count: Int)>(([], 0))

        init(_ rules: Rules) { self.rules = Mutex(rules) }

        func accept(_ token: String) { valid.withLock { _ = $0.tokens.insert(token) } }
        func revokeAll() { valid.withLock { $0.tokens = [] } }

        func answer(_ origin: String, _ request: LoopbackServer.Request) -> LoopbackServer.Answer {
            let rules = rules.withLock { $0 }
            let path = String(request.path.prefix { $0 != "?" })
            if let document = rules.documents[path] { return .init(200, document.replacing("ORIGIN", with: origin)) }
            switch path {
            case "/mcp": return mcp(origin, request, rules)
            case "/register": return .init(rules.registration.contains("error") ? 400 : 201, rules.registration)
            case "/token":
                if let error = rules.refused[request.form("grant_type").first ?? ""] {
                    return .init(400, #"{"error":"\#(error)"}"#)
                }
                guard rules.status == 200 else { return .init(rules.status, "{}") }
                let number = valid.withLock { valid in
                    valid.count += 1
                    valid.tokens.insert("access-\(valid.count)")
                    return valid.count
                }
                let refresh = rules.rotates ? #","refresh_token":"refresh-\#(number)""# : ""
                return .init(
                    200,
                    #"{"access_token":"access-\#(number)","token_type":"bearer","expires_in":\#(rules.lifetime)\#(refresh)}"#
                )
            default: return .init(404)
            }
        }

        private func mcp(_ origin: String, _ request: LoopbackServer.Request, _ rules: Rules) -> LoopbackServer.Answer {
            let token = request.values(of: "authorization").first?.split(separator: " ").last.map(String.init)
            guard rules.takesTokens, let token, valid.withLock({ $0.tokens.contains(token) }) else {
                let challenge = rules.challenge.map { [("WWW-Authenticate", $0.replacing("ORIGIN", with: origin))] }
                return .init(401, "", fields: challenge ?? [])
            }
            let result =
                #"{"supportedVersions":["2026-07-28"],"capabilities":{},"resultType":"complete","ttlMs":0,"cacheScope":"private"}"#
            let text = String(decoding: request.body, as: UTF8.self)
            let id = text.firstRange(of: #""id":"#).map { text[$0.upperBound...].prefix { $0.isNumber } } ?? "0"
            return .init(
                200, #"{"jsonrpc":"2.0","id":\#(id),"result":\#(result)}"#,
                fields: [("Content-Type", "application/json")])
        }
    }

    let peer: Peer
    let server: LoopbackServer
    let authorization: UpstreamAuthorization
    let upstream: HTTPUpstream
    let clock: Mutable<Int64>
    let needs: Mutable<Int>

    static let redirect = "http://127.0.0.1:8421/oauth/callback"

    final class Mutable<Value: Sendable>: Sendable {
        private let held: Mutex<Value>
        init(_ value: Value) { held = Mutex(value) }
        var value: Value { held.withLock { $0 } }
        func change(_ body: (inout Value) -> Void) { held.withLock { body(&$0) } }
    }

    /// - Parameter typesIssuer: whether the issuer is typed, where a client with a secret is.
    static func with(
        _ settings: OAuthSettings, rules: Rules = Rules(), store: any CredentialStore = MemoryCredentials(),
        typesIssuer: Bool = true, _ body: (AuthorizationWorld) async throws -> Void
    ) async throws {
        let peer = Peer(rules)
        try await LoopbackServer.serving({ peer.answer($0, $1) }) { server in
            let address = try WebAddress(server.origin + "/mcp", isOperatorTyped: true)
            var settings = settings
            if typesIssuer, settings.needsIssuer {
                settings.issuer = server.origin
                settings.issuerAddress = try WebAddress(server.origin, isOperatorTyped: true)
            }
            let clock = Mutable<Int64>(1_800_000_000)
            let needs = Mutable(0)
            let authorization = UpstreamAuthorization(
                server: "notes", at: address, settings, keeping: store, under: "notes",
                clock: { clock.value },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, onNeed: { needs.change { $0 += 1 } })
            var configuration = HTTPUpstream.Configuration(address: address, clientInfo: HTTPUpstreamTesting.clientInfo)
            configuration.authorization = authorization
            let upstream = try HTTPUpstream(configuration, on: MultiThreadedEventLoopGroup.singleton) { _ in }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await authorization.run() }
                do {
                    try await body(
                        AuthorizationWorld(
                            peer: peer, server: server, authorization: authorization, upstream: upstream, clock: clock,
                            needs: needs))
                } catch {
                    await upstream.shutDown()
                    throw error
                }
                await upstream.shutDown()
                try await group.waitForAll()
            }
        }
    }

    /// Asks the server for a list; the failure where it cannot be asked.
    func ask() async -> UpstreamFailure? {
        await withCheckedContinuation { continuation in
            _ = upstream.list(
                ListPage(), for: HTTPUpstreamTesting.alice, to: Ending { continuation.resume(returning: $0) })
        }
    }

    private struct Ending: UpstreamReceiver {
        let ended: @Sendable (UpstreamFailure?) -> Void
        func notified(_ notification: Message.Notification) {}
        func answered(_ reply: UpstreamReply) { ended(nil) }
        func failed(_ failure: UpstreamFailure) { ended(failure) }
    }

    /// A person signs in, as far as the authorisation server lets them.
    func signIn(changing query: (String) -> String = { $0 }) async throws {
        let address = try await authorization.beginSignIn(redirect: Self.redirect)
        try await finish("code=code-1&state=\(Self.parameter("state", of: address))&iss=\(server.origin)", query)
    }

    func finish(_ text: String, _ change: (String) -> String = { $0 }) async throws {
        guard let answer = AuthorizationAnswer(query: change(text)) else { throw OAuthProblem.foreignAnswer }
        try await authorization.finishSignIn(answer)
    }

    static func parameter(_ name: String, of address: String) -> String {
        FormText.read(address.split(separator: "?").last ?? "")?[name] ?? ""
    }

    func requests(_ path: String) -> [LoopbackServer.Request] { server.requests.filter { $0.path == path } }

    /// What authorised each request for a list.
    var borne: [String] {
        requests("/mcp").filter { String(decoding: $0.body, as: UTF8.self).contains("tools/list") }
            .compactMap { $0.values(of: "authorization").first }
    }
}
