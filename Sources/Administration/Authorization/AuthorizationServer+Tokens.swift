import GatewayStorage
import OAuthMessages
import WireJSON

extension AuthorizationServer {
    /// Answers a client at the token endpoint (RFC 6749 section 4.1.3 and 6): the answer's JSON.
    public func token(_ form: [String: String]) async throws(OAuthRefusal) -> [UInt8] {
        guard form["client_secret"] == nil, form["client_assertion"] == nil else {
            throw .init(.invalidClient, "clients here have no secret")
        }
        guard let client = form["client_id"], !client.isEmpty else {
            throw .init(.invalidRequest, "`client_id` is missing")
        }
        do {
            switch form["grant_type"] {
            case "authorization_code": return try await exchange(form, client: client)
            case "refresh_token": return try await refresh(form, client: client)
            case nil: throw OAuthRefusal(.invalidRequest, "`grant_type` is missing")
            default: throw OAuthRefusal(.unsupportedGrantType, "codes and refresh tokens are taken")
            }
        } catch let refusal as OAuthRefusal {
            throw refusal
        } catch {
            throw OAuthRefusal(.temporarilyUnavailable, "try again in a moment")
        }
    }

    /// A code for tokens, once: a code that is shown with anything wrong is void, and one that is shown again takes back what
    /// it gave.
    private func exchange(_ form: [String: String], client: String) async throws -> [UInt8] {
        guard let code = form["code"], let verifier = form["code_verifier"] else {
            throw OAuthRefusal(.invalidRequest, "`code` and `code_verifier` are needed")
        }
        let stranger = OAuthRefusal(.invalidGrant, "the code is none, or of no more use")
        guard let code = ConnectionToken(code, for: .code),
            let connection = try await office.directory.find(Connection.self, handle: code.family)
        else { throw stranger }
        guard case .code(let digest, let challenge, let until) = connection.turn else {
            try await office.end(connection, because: "whose code was shown twice")
            throw stranger
        }
        let now = office.clock()
        guard digest == code.digest, now < until, connection.client.has(id: client),
            PKCE.isVerifier(verifier), ProofKey.challenge(of: verifier).utf8.elementsEqual(challenge.utf8),
            Self.agrees(form["redirect_uri"], connection.redirect), Self.agrees(form["resource"], connection.resource),
            try await office.isInForce(connection, at: now)
        else {
            try await office.end(connection, because: "whose code was shown with something wrong")
            throw stranger
        }
        return try await turn(connection, from: code, at: now)
    }

    /// A refresh token for new ones, once: one that is shown again takes everything back, since nobody knows which of the two
    /// that had it is the client (RFC 9700 section 4.14.2).
    private func refresh(_ form: [String: String], client: String) async throws -> [UInt8] {
        guard let token = form["refresh_token"] else {
            throw OAuthRefusal(.invalidRequest, "`refresh_token` is needed")
        }
        let stranger = OAuthRefusal(.invalidGrant, "the token is none, or of no more use")
        guard let token = ConnectionToken(token, for: .refresh),
            let connection = try await office.directory.find(Connection.self, handle: token.family)
        else { throw stranger }
        guard connection.turn == .refresh(digest: token.digest), connection.client.has(id: client) else {
            try await office.end(connection, because: "whose token was shown twice or by another")
            throw stranger
        }
        guard Self.agrees(form["resource"], connection.resource) else {
            throw OAuthRefusal(.invalidTarget, "the token is for another resource")
        }
        let now = office.clock()
        guard try await office.isInForce(connection, at: now) else { throw stranger }
        return try await turn(connection, from: token, at: now)
    }

    /// Gives the next tokens. Of two that show one token at the same moment neither gets anything more.
    private func turn(_ connection: Connection, from token: ConnectionToken, at now: WallTime) async throws -> [UInt8] {
        let next = token.next
        var turned = connection
        turned.turn = .refresh(digest: next.digest)
        turned.refreshedAt = now
        turned.expiresAt = now.advanced(by: AuthorizationBounds.connection)
        turned = try await office.vouched(turned)
        let access = try accessToken(of: turned, at: now)
        guard try await office.directory.apply([.replace(connection.row, with: turned.row)]) == .applied else {
            if let there = try await office.directory.find(Connection.self, handle: connection.family) {
                try await office.end(there, because: "whose token was shown twice")
            }
            throw OAuthRefusal(.invalidGrant, "the token is of no more use")
        }
        var writer = JSONWriter()
        writer.object { json in
            json.member("access_token", access)
            json.member("token_type", "Bearer")
            json.member("expires_in", AuthorizationBounds.access.components.seconds)
            json.member("refresh_token", next.secret)
        }
        return writer.bytes
    }

    /// A token for the connection's endpoint and no other (RFC 9068 section 2.2).
    private func accessToken(of connection: Connection, at now: WallTime) throws(Refusal) -> String {
        let seconds = now.milliseconds / 1000
        return try keys.current(at: now).token { json in
            json.member("iss", issuer)
            json.member("aud", connection.resource)
            json.member("sub", connection.member.text)
            json.member("client_id", connection.client.label)
            json.member("iat", seconds)
            json.member("exp", seconds + AuthorizationBounds.access.components.seconds)
            json.member("jti", Hexadecimal.text(RandomBytes.make(16)))
            json.member("organisation", connection.organisation.text)
            json.member("connection", connection.id.text)
        }
    }

    /// Whether a parameter that may be left out says what it must.
    private static func agrees(_ given: String?, _ expected: String) -> Bool {
        given.map { $0.utf8.elementsEqual(expected.utf8) } ?? true
    }
}
