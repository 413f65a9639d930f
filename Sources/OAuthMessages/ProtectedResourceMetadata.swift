public import WireJSON

/// What a protected resource says of itself (RFC 9728 section 2): who issues tokens for it.
public struct ProtectedResourceMetadata: Sendable, Equatable {
    /// Its own address: the audience a token must have.
    public var resource: String
    /// The issuers of tokens for it.
    public var authorizationServers: [String]
    public var scopes: [String]
    /// For people.
    public var name: String?

    public init(resource: String, authorizationServers: [String], scopes: [String] = [], name: String? = nil) {
        self.resource = resource
        self.authorizationServers = authorizationServers
        self.scopes = scopes
        self.name = name
    }

    /// Reads a document; nil where it names no resource.
    public init?(_ document: JSON) {
        guard let resource = document.address("resource") else { return nil }
        self.init(
            resource: resource, authorizationServers: document.names("authorization_servers"),
            scopes: document.names("scopes_supported"), name: document["resource_name"]?.string)
    }

    /// The document. Tokens are taken from the header alone, never from an address (RFC 6750 section 2.3).
    public var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.member("resource", resource)
            $0.key("authorization_servers")
            $0.strings(authorizationServers)
            if !scopes.isEmpty {
                $0.key("scopes_supported")
                $0.strings(scopes)
            }
            $0.key("bearer_methods_supported")
            $0.strings(["header"])
            if let name { $0.member("resource_name", name) }
        }
        return writer.bytes
    }
}

extension JSONWriter {
    /// An array of texts.
    public mutating func strings(_ texts: [String]) {
        array { array in
            for text in texts { array.string(text) }
        }
    }
}

extension JSON {
    /// A member that is an address of a bearable length.
    func address(_ key: String) -> String? {
        guard let text = self[key]?.string, !text.isEmpty, text.utf8.count <= OAuthBounds.addressBytes else {
            return nil
        }
        return text
    }

    /// A member that is a list of texts; what is no text is passed over, and what is over the bound.
    func names(_ key: String) -> [String] {
        (self[key]?.elements).map { $0.prefix(OAuthBounds.names).compactMap(\.string) } ?? []
    }
}
