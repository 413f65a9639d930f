import WireJSON

/// Why a client gets nothing (RFC 6749 section 5.2, RFC 7591 section 3.2.2).
public struct OAuthRefusal: Error, Sendable, Equatable {
    public enum Code: String, Sendable {
        case invalidRequest = "invalid_request"
        case invalidClient = "invalid_client"
        case invalidGrant = "invalid_grant"
        case unsupportedGrantType = "unsupported_grant_type"
        case invalidTarget = "invalid_target"
        case invalidRedirectURI = "invalid_redirect_uri"
        case invalidClientMetadata = "invalid_client_metadata"
        case temporarilyUnavailable = "temporarily_unavailable"
    }

    public let code: Code
    public let words: String

    public init(_ code: Code, _ words: String) {
        self.code = code
        self.words = words
    }

    /// The status that it is told with.
    public var status: Int {
        switch code {
        case .invalidClient: 401
        case .temporarilyUnavailable: 503
        default: 400
        }
    }

    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { json in
            json.member("error", code.rawValue)
            json.member("error_description", words)
        }
        return writer.bytes
    }
}
