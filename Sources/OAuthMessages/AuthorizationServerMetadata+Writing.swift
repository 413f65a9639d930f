import WireJSON

extension AuthorizationServerMetadata {
    /// What an authorisation server for public clients says of itself: codes with PKCE (`S256`), refresh tokens, clients that
    /// register or have a document, and its own name in every answer.
    ///
    /// - Parameter endpoints: their addresses.
    public init(
        issuer: String, authorization: String, token: String, registration: String, revocation: String, keys: String
    ) {
        self.issuer = issuer
        authorizationEndpoint = authorization
        tokenEndpoint = token
        registrationEndpoint = registration
        revocationEndpoint = revocation
        self.keys = keys
        codeChallengeMethods = ["S256"]
        clientAuthentication = ["none"]
        grantTypes = ["authorization_code", "refresh_token"]
        scopes = []
        takesClientDocuments = true
        namesItself = true
    }

    /// The document (RFC 8414 section 2).
    public var bytes: [UInt8] {
        var writer = JSONWriter(reserving: 1024)
        writer.object { json in
            json.member("issuer", issuer)
            for (key, address) in [
                ("authorization_endpoint", authorizationEndpoint), ("token_endpoint", tokenEndpoint),
                ("registration_endpoint", registrationEndpoint), ("revocation_endpoint", revocationEndpoint),
                ("jwks_uri", keys),
            ] {
                if let address { json.member(key, address) }
            }
            Self.write("response_types_supported", ["code"], to: &json)
            Self.write("response_modes_supported", ["query"], to: &json)
            Self.write("grant_types_supported", grantTypes ?? [], to: &json)
            Self.write("code_challenge_methods_supported", codeChallengeMethods ?? [], to: &json)
            Self.write("token_endpoint_auth_methods_supported", clientAuthentication ?? [], to: &json)
            Self.write("revocation_endpoint_auth_methods_supported", clientAuthentication ?? [], to: &json)
            json.member("client_id_metadata_document_supported", takesClientDocuments)
            json.member("authorization_response_iss_parameter_supported", namesItself)
        }
        return writer.bytes
    }

    private static func write(_ key: String, _ names: [String], to json: inout JSONWriter) {
        json.key(key)
        json.array { json in for name in names { json.string(name) } }
    }
}
