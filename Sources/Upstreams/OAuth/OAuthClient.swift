import Fetching
import MCPMessages
import OAuthMessages
import WireJSON

/// Talks to one authorisation server: registers the gateway, and asks for tokens.
struct OAuthClient: Sendable {
    let authority: OAuthAuthority
    let settings: OAuthSettings
    let fetcher: Fetcher

    /// A token for the gateway itself.
    func ownToken(_ client: OAuthSettings.Client) async throws(OAuthProblem) -> IssuedToken {
        var fields = [("grant_type", "client_credentials"), ("resource", authority.resource)]
        if !scopes.isEmpty { fields.append(("scope", scopes.joined(separator: " "))) }
        return try await token(fields, client)
    }

    func renewed(_ refresh: String, _ client: OAuthSettings.Client) async throws(OAuthProblem) -> IssuedToken {
        try await token(
            [("grant_type", "refresh_token"), ("refresh_token", refresh), ("resource", authority.resource)], client)
    }

    func token(
        for code: String, _ proof: ProofKey, redirect: String, _ client: OAuthSettings.Client
    ) async throws(OAuthProblem) -> IssuedToken {
        try await token(
            [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect),
                ("code_verifier", proof.verifier), ("resource", authority.resource),
            ], client)
    }

    /// The client to be at this server: the one that was typed, the gateway's own document, or one registered now (MCP
    /// revision 2025-11-25, "Client Registration Approaches", in its order).
    func client(redirect: String) async throws(OAuthProblem) -> OAuthSettings.Client {
        if let typed = settings.client { return typed }
        if let document = settings.clientDocument, authority.metadata.takesClientDocuments {
            return .init(id: document)
        }
        guard let registration = authority.registration else { throw .noRegistration }
        var writer = JSONWriter()
        writer.object {
            $0.member("client_name", "gatehouse")
            $0.key("redirect_uris")
            $0.strings([redirect])
            $0.key("grant_types")
            $0.strings(["authorization_code", "refresh_token"])
            $0.key("response_types")
            $0.strings(["code"])
            $0.member("token_endpoint_auth_method", "none")
            $0.member("application_type", redirect.hasPrefix("https://") ? "web" : "native")
        }
        let response = try await fetch(
            FetchRequest(
                registration, fields: [("Content-Type", "application/json"), ("Accept", "application/json")],
                body: writer.bytes))
        guard let document = try? JSON(response.body, limits: OAuthBounds.document) else { throw .unreadable }
        if let error = document["error"]?.string { throw .refused(error) }
        guard response.status == 201 || response.status == 200, let id = document["client_id"]?.string, !id.isEmpty
        else {
            throw .unreadable
        }
        return .init(id: id, secret: document["client_secret"]?.string)
    }

    /// What is asked for: what was typed, or what the server says it needs.
    var scopes: [String] { settings.scopes.isEmpty ? authority.scopes : settings.scopes }

    private func token(
        _ fields: [(String, String)], _ client: OAuthSettings.Client
    ) async throws(OAuthProblem) -> IssuedToken {
        var fields = fields.map { (name: $0.0, value: $0.1) }
        var head = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")]
        switch (client.secret, authority.metadata.clientAuthentication) {
        case (let secret?, let methods) where methods.map({ $0.contains("client_secret_basic") }) ?? true:
            head.append(("Authorization", Self.basic(client.id, secret)))
        case (let secret?, _):
            fields += [("client_id", client.id), ("client_secret", secret)]
        case (nil, _): fields.append(("client_id", client.id))
        }
        let response = try await fetch(
            FetchRequest(
                authority.token, fields: head.map { (name: $0.0, value: $0.1) },
                body: Array(FormText.write(fields).utf8)))
        switch TokenAnswer(status: response.status, response.body) {
        case .issued(let token): return token
        case .refused(let error): throw .refused(error)
        case .unreadable: throw .unreadable
        }
    }

    private func fetch(_ request: FetchRequest) async throws(OAuthProblem) -> FetchResponse {
        do throws(FetchFailure) { return try await fetcher.fetch(request) } catch { throw .unreachable("\(error)") }
    }

    /// RFC 6749 section 2.3.1: both are form text before they are joined.
    private static func basic(_ id: String, _ secret: String) -> String {
        let pair = FormText.write([(name: id, value: secret)]).replacing("=", with: ":", maxReplacements: 1)
        return "Basic " + String(decoding: Base64.standard.encode(Array(pair.utf8)), as: UTF8.self)
    }
}
