public import OAuthMessages

/// What a client asks a member for (RFC 6749 section 4.1.1, RFC 7636, RFC 8707), looked at and in order.
public struct AuthorizationRequest: Sendable, Equatable {
    /// The query as received: what a form repeats, to be looked at again.
    public let query: String
    let clientID: String
    public let client: ClientMetadata
    /// The address of the client's own document; nil where it registered itself.
    public let document: String?
    public let redirect: RedirectAddress
    /// The endpoint that tokens are to be for.
    public let resource: ProtectedEndpoint
    let challenge: String
    let state: String?

    /// The address that an answer of these members goes to (RFC 6749 section 4.1.2, RFC 9207).
    func answer(_ members: [(name: String, value: String)], from issuer: String) -> String {
        redirect.adding(members + (state.map { [("state", $0)] } ?? []) + [("iss", issuer)])
    }
}

/// What looking at a client's question comes to.
public enum RequestVerdict: Sendable, Equatable {
    /// A member may decide.
    case ready(AuthorizationRequest)
    /// Nothing of it is looked at for a stranger, or it waits for a decision: somebody signs in first.
    case signInFirst
    /// In words, for the person before the browser. Nobody is sent anywhere: a client that anybody can register would
    /// otherwise turn this address into a link to wherever it likes (RFC 9700 section 4.11.2).
    case refused(String)
}

/// An endpoint of the gateway's, as clients name it.
public struct ProtectedEndpoint: Sendable, Equatable {
    /// Its whole address: the audience of its tokens.
    public let address: String
    /// The server's slug; nil for all servers of a grant at one address.
    public let server: String?

    /// Nil for an address that is not exactly one of an endpoint's.
    ///
    /// - Parameter origin: where the gateway is reached, as `https://gateway.example`.
    public init?(_ address: String, at origin: String) {
        let stack = origin + "/mcp"
        guard address.utf8.starts(with: stack.utf8) else { return nil }
        let rest = address.utf8.dropFirst(stack.utf8.count)
        self.address = address
        if rest.isEmpty {
            server = nil
        } else {
            let slug = Array(rest.dropFirst())
            guard rest.first == UInt8(ascii: "/"), Self.isSlug(slug) else { return nil }
            server = String(decoding: slug, as: UTF8.self)
        }
    }

    /// Whether it can be a server's slug: 1 to 64 of `a-z 0-9 - _`, the first a letter or digit.
    private static func isSlug(_ text: [UInt8]) -> Bool {
        func isPlain(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) }
        return (1...64).contains(text.count) && isPlain(text[0])
            && text.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }
}
