public import GatewayStorage
import OAuthMessages
import WireJSON

extension AuthorizationServer {
    /// Where its addresses lie, behind the issuer.
    public enum Place: String, Sendable, CaseIterable {
        case authorization = "oauth/authorize"
        case token = "oauth/token"
        case registration = "oauth/register"
        case revocation = "oauth/revoke"
        case keys = "oauth/keys"
    }

    /// Its metadata (RFC 8414).
    public var metadata: [UInt8] {
        func address(_ place: Place) -> String { issuer + "/" + place.rawValue }
        return AuthorizationServerMetadata(
            issuer: issuer, authorization: address(.authorization), token: address(.token),
            registration: address(.registration), revocation: address(.revocation), keys: address(.keys)
        ).bytes
    }

    /// The public keys of its tokens (RFC 7517 section 5).
    public func keySet() throws(Refusal) -> [UInt8] { try Self.keySet(of: office.keyring, at: office.clock()) }

    /// The public keys of an instance's tokens at a moment.
    public static func keySet(of keyring: Keyring, at now: WallTime) throws(Refusal) -> [UInt8] {
        let published = try SigningKeys(keyring: keyring).published(at: now)
        var writer = JSONWriter()
        writer.object { json in
            json.key("keys")
            json.array { json in for key in published { key.write(to: &json) } }
        }
        return writer.bytes
    }

    /// Registers a client (RFC 7591 section 3): the answer's JSON.
    public func register(_ body: [UInt8]) async throws(OAuthRefusal) -> [UInt8] {
        let client: ClientMetadata
        do throws(ClientMetadata.Refusal) { client = try ClientMetadata(registration: body) } catch {
            throw .init(error == .redirects ? .invalidRedirectURI : .invalidClientMetadata, "\(error)")
        }
        let now = office.clock()
        let id: String
        do throws(Refusal) {
            guard let made = try registered.register(client, at: now) else {
                throw .unavailable("too many clients register at this moment")
            }
            id = made
        } catch {
            throw .init(.temporarilyUnavailable, "too many clients register at this moment")
        }
        guard await noteRegistration(of: ConnectedClient(id: id, name: client.name), client, at: now) else {
            throw .init(.temporarilyUnavailable, "nothing can be recorded at this moment")
        }
        var writer = JSONWriter()
        writer.object { json in
            json.member("client_id", id)
            json.member("client_id_issued_at", now.milliseconds / 1000)
            client.write(to: &json)
            json.member("token_endpoint_auth_method", "none")
            json.member("grant_types", ["authorization_code", "refresh_token"])
            json.member("response_types", ["code"])
        }
        return writer.bytes
    }

    /// Takes back what a client shows (RFC 7009): its connection ends with all its tokens. What is no token of that client's
    /// is passed over.
    public func revoke(_ form: [String: String]) async throws(OAuthRefusal) {
        guard let token = form["token"], let client = form["client_id"] else {
            throw .init(.invalidRequest, "`token` and `client_id` are needed")
        }
        do throws(Refusal) {
            guard let connection = try await connection(of: token), connection.client.has(id: client) else { return }
            try await office.end(connection, because: "by itself")
        } catch {
            throw .init(.temporarilyUnavailable, "try again in a moment")
        }
    }

    private func connection(of token: String) async throws(Refusal) -> Connection? {
        if let token = ConnectionToken(token, for: .refresh) {
            return try await office.directory.find(Connection.self, handle: token.family)
        }
        for key in try keys.published(at: office.clock()) {
            guard let claims = key.claims(of: token), let organisation = claims.id("organisation"),
                let id = claims.id("connection")
            else { continue }
            do throws(Refusal) {
                return try await office.directory.fetch(Connection.self, id, of: organisation)
            } catch .unknown {
                return nil
            }
        }
        return nil
    }

    /// A registration is nobody's: its event belongs to no organisation, and is read in the audit itself.
    private func noteRegistration(of client: ConnectedClient, _ said: ClientMetadata, at now: WallTime) async -> Bool {
        guard let house = RecordID("instance") else { return false }
        var event = AdministrativeEvent(
            time: now, organisation: house, actor: "client", operation: "registerClient", object: .connection, id: house
        )
        var writer = JSONWriter()
        writer.object { json in
            json.member("client", client.label)
            said.write(to: &json)
        }
        event.after = writer.bytes
        return await office.ports.record(event)
    }
}
