import MCPMessages

/// How a client says at a token endpoint who it is, and proves it where it has a secret (RFC 6749 section 2.3). In no text
/// made of it is the secret.
public struct ClientAuthentication: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    public let id: String
    private let secret: String?

    /// - Parameter secret: nil for a public client, which proves only that it is the one that asked (RFC 7636).
    public init(id: String, secret: String?) {
        self.id = id
        self.secret = secret
    }

    public var isPublic: Bool { secret == nil }

    /// The fields of the form and of the head that say so.
    ///
    /// - Parameter methods: those the server says it takes; nil where it says nothing, which means the header (OpenID
    ///   Connect Discovery 1.0 section 3).
    public func fields(
        _ methods: [String]?
    ) -> (form: [(name: String, value: String)], head: [(name: String, value: String)]) {
        guard let secret else { return ([("client_id", id)], []) }
        guard methods?.contains("client_secret_basic") ?? true else {
            return ([("client_id", id), ("client_secret", secret)], [])
        }
        // Both are form text before they are joined (RFC 6749 section 2.3.1).
        let pair = FormText.write([(name: id, value: secret)]).replacing("=", with: ":", maxReplacements: 1)
        return (
            [],
            [("Authorization", "Basic " + String(decoding: Base64.standard.encode(Array(pair.utf8)), as: UTF8.self))]
        )
    }

    public var description: String { "the client \(id)" }
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
