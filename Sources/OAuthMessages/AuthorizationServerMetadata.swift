import WireJSON

/// What an authorisation server says of itself (RFC 8414 section 2, OpenID Connect Discovery 1.0 section 3).
///
/// Addresses are texts as received: whoever uses one checks it.
public struct AuthorizationServerMetadata: Sendable, Equatable {
    public var issuer: String
    public var authorizationEndpoint: String?
    public var tokenEndpoint: String?
    public var registrationEndpoint: String?
    public var revocationEndpoint: String?
    /// Who is signed in, for whoever has an access token (OpenID Connect Core 1.0 section 5.3).
    public var userInfoEndpoint: String?
    public var keys: String?
    /// How codes are bound to who asked for them; nil where nothing is said.
    public var codeChallengeMethods: [String]?
    /// How clients prove who they are; nil where nothing is said.
    public var clientAuthentication: [String]?
    public var grantTypes: [String]?
    public var scopes: [String]
    /// Whether a client may be named by the address of a document about it.
    public var takesClientDocuments: Bool
    /// Whether every answer names its issuer (RFC 9207).
    public var namesItself: Bool

    public enum Refusal: Error, Sendable, Equatable {
        case unreadable
        /// Another issuer's document: whoever took it would talk to one server and trust another (RFC 8414 section 3.3).
        case foreignIssuer
    }

    /// Reads a document that must be this issuer's own, compared byte for byte.
    public init(_ bytes: [UInt8], of issuer: String) throws(Refusal) {
        guard let document = try? JSON(bytes, limits: OAuthBounds.document), let named = document["issuer"]?.utf8 else {
            throw .unreadable
        }
        guard named.elementsEqual(issuer.utf8) else { throw .foreignIssuer }
        self.issuer = issuer
        authorizationEndpoint = document.address("authorization_endpoint")
        tokenEndpoint = document.address("token_endpoint")
        registrationEndpoint = document.address("registration_endpoint")
        revocationEndpoint = document.address("revocation_endpoint")
        userInfoEndpoint = document.address("userinfo_endpoint")
        keys = document.address("jwks_uri")
        codeChallengeMethods = document["code_challenge_methods_supported"].map { _ in
            document.names("code_challenge_methods_supported")
        }
        clientAuthentication = document["token_endpoint_auth_methods_supported"].map { _ in
            document.names("token_endpoint_auth_methods_supported")
        }
        grantTypes = document["grant_types_supported"].map { _ in document.names("grant_types_supported") }
        scopes = document.names("scopes_supported")
        takesClientDocuments = document["client_id_metadata_document_supported"]?.bool ?? false
        namesItself = document["authorization_response_iss_parameter_supported"]?.bool ?? false
    }
}

extension AuthorizationServerMetadata.Refusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable: "the metadata is no document that can be read in one way only"
        case .foreignIssuer: "the metadata names another issuer"
        }
    }
}
