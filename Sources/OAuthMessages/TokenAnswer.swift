import WireJSON

/// What a token endpoint answers (RFC 6749 section 5).
public enum TokenAnswer: Sendable, Equatable {
    case issued(IssuedToken)
    /// The error's code: one of the specification's words, or whatever else was sent.
    case refused(String)
    case unreadable

    public init(status: Int, _ body: [UInt8]) {
        guard let document = try? JSON(body, limits: OAuthBounds.document) else {
            self = .unreadable
            return
        }
        if let error = document["error"]?.string {
            self = .refused(error)
        } else if (200..<300).contains(status), let token = IssuedToken(document) {
            self = .issued(token)
        } else {
            self = .unreadable
        }
    }
}

/// A token as issued. In no text made of it is the token.
public struct IssuedToken: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    public let access: String
    public let refresh: String?
    /// How long it is good, seconds; nil where nothing is said.
    public let lifetime: Int64?
    /// What it is good for, where that is said.
    public let scopes: [String]?
    /// Who signed in, in a token of its own (OpenID Connect Core 1.0 section 3.1.3.3); not believed yet.
    public let identity: String?

    /// Nil for what cannot be sent as a bearer token.
    init?(_ document: JSON) {
        guard let access = document["access_token"]?.string, Self.isToken(access),
            let type = document["token_type"]?.string, type.lowercased().utf8.elementsEqual("bearer".utf8)
        else { return nil }
        self.access = access
        let refresh = document["refresh_token"]?.string
        if let refresh, !Self.isToken(refresh) { return nil }
        self.refresh = refresh
        lifetime = document["expires_in"]?.int.map { Int64(max(0, min($0, 10 * 365 * 86_400))) }
        scopes = document["scope"]?.string?.split(separator: " ").map(String.init)
        let identity = document["id_token"]?.string
        if let identity, !Self.isToken(identity) { return nil }
        self.identity = identity
    }

    /// Visible ASCII: nothing that could end a header's line (RFC 6750 section 2.1).
    public static func isToken(_ text: String) -> Bool {
        (1...OAuthBounds.tokenBytes).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    public var description: String { "a token" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
