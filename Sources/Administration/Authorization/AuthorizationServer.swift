import GatewayStorage
import OAuthMessages

/// The gateway's own authorisation server (OAuth 2.1), for clients that can do nothing but sign in: a member gives one a
/// grant for one endpoint, and it gets tokens that act as that grant until either ends.
///
/// Everything it gives out is known by digest alone. Where anything is missing, unknown or late, the answer is no.
public struct AuthorizationServer: Sendable {
    /// Where people reach it, and its name for itself.
    public let issuer: String
    /// Where clients reach the gateway, as `https://gateway.example`: every endpoint begins so.
    public let gateway: String
    let office: Administration
    let documents: ClientDocuments
    let registered: RegisteredClients
    let keys: SigningKeys

    public init(issuer: String, gateway: String, office: Administration, documents: ClientDocuments) {
        self.issuer = issuer
        self.gateway = gateway
        self.office = office
        self.documents = documents
        registered = RegisteredClients(keyring: office.keyring)
        keys = SigningKeys(keyring: office.keyring)
    }

    /// Looks at a client's question.
    ///
    /// - Parameter isMember: whether somebody is signed in: for strangers nothing is fetched.
    public func look(at query: String, isMember: Bool) async -> RequestVerdict {
        guard query.utf8.count <= AuthorizationBounds.requestBytes, let fields = FormText.read(query) else {
            return .refused("the client's request cannot be read in one way only")
        }
        let now = office.clock()
        guard let id = fields["client_id"], !id.isEmpty, id.utf8.count <= AuthorizationBounds.clientIDBytes else {
            return .refused("the request names no client")
        }
        let isDocument = ClientDocuments.isDocument(id)
        let client: ClientMetadata
        if isDocument {
            guard isMember || documents.remembered(id, at: now) != nil else { return .signInFirst }
            switch await documents.client(id, at: now) {
            case .success(let found): client = found
            case .failure(let absence): return .refused(absence.words)
            }
        } else {
            guard let known = registered.client(id, at: now) else {
                return .refused("this client is not known here, or not any more – it has to register again")
            }
            client = known
        }
        guard let redirect = fields["redirect_uri"].flatMap({ RedirectAddress($0) }),
            client.redirects.contains(where: { $0.admits(redirect) })
        else { return .refused("the request's `redirect_uri` is none that the client named") }
        if let fault = Self.fault(of: fields) { return .refused(fault) }
        guard let resource = fields["resource"].flatMap({ ProtectedEndpoint($0, at: gateway) }) else {
            return .refused("the request's `resource` is no endpoint of this gateway")
        }
        guard isMember else { return .signInFirst }
        return .ready(
            AuthorizationRequest(
                query: query, clientID: id, client: client, document: isDocument ? id : nil, redirect: redirect,
                resource: resource, challenge: fields["code_challenge"] ?? "", state: fields["state"]))
    }

    /// What is wrong with a question besides its client and resource; nil where it is in order.
    private static func fault(of fields: [String: String]) -> String? {
        func has(_ name: String, _ value: String) -> Bool { fields[name]?.utf8.elementsEqual(value.utf8) ?? false }
        guard has("response_type", "code") else { return "only codes are given: `response_type` is `code`" }
        guard fields["response_mode"] == nil || has("response_mode", "query") else {
            return "answers go into the query: `response_mode` is `query`"
        }
        guard fields["request"] == nil, fields["request_uri"] == nil else { return "requests are taken by query alone" }
        guard has("code_challenge_method", "S256"), let challenge = fields["code_challenge"],
            challenge.utf8.count == 43, challenge.utf8.allSatisfy(PKCE.isCharacter)
        else { return "the request has no PKCE challenge by `S256`" }
        guard (fields["state"]?.utf8.count ?? 0) <= AuthorizationBounds.stateBytes else { return "`state` is too long" }
        return nil
    }

    /// Where the browser goes when a member says no.
    public func refusal(of request: AuthorizationRequest) -> String {
        request.answer([("error", "access_denied")], from: issuer)
    }
}

/// Texts of RFC 7636.
enum PKCE {
    /// Whether a verifier has its form: 43 to 128 unreserved characters.
    static func isVerifier(_ text: String) -> Bool {
        (43...128).contains(text.utf8.count) && text.utf8.allSatisfy(isCharacter)
    }

    static func isCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }
}
