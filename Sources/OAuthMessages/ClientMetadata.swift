public import WireJSON

/// What a client says of itself: in a registration (RFC 7591 section 2), or in the document that its id leads to (OAuth Client
/// ID Metadata Document).
///
/// Nobody has checked a word of it. Only public clients are known here: whoever needs a secret is refused one.
public struct ClientMetadata: Sendable, Equatable {
    /// As the client calls itself, cut to its bound; nil where it says nothing.
    public var name: String?
    /// Where it wants answers, at least one.
    public var redirects: [RedirectAddress]

    public init(name: String?, redirects: [RedirectAddress]) {
        self.name = name.map { Self.cut($0) }
        self.redirects = redirects
    }

    public enum Refusal: Error, Sendable, Equatable {
        case unreadable
        /// The document is another's: it names another id.
        case foreignDocument
        /// None, too many, or one that cannot be.
        case redirects
        /// It wants to prove who it is, and nothing here takes a proof.
        case authentication
        /// It does not want codes.
        case flow
    }

    /// Reads a registration. A way to authenticate that is not offered here is passed over: the answer says which one holds
    /// (RFC 7591 section 3.2.1).
    public init(registration bytes: [UInt8]) throws(Refusal) {
        try self.init(Self.object(bytes), most: OAuthBounds.registeredRedirects)
        guard redirects.reduce(0, { $0 + $1.text.utf8.count }) <= OAuthBounds.registeredRedirectBytes else {
            throw .redirects
        }
    }

    /// Reads the document at a client's id.
    public init(document bytes: [UInt8], at id: String) throws(Refusal) {
        let document = try Self.object(bytes)
        guard document["client_id"]?.hasText(id) ?? false else { throw .foreignDocument }
        guard document["client_secret"] == nil,
            document["token_endpoint_auth_method"].map({ $0.hasText("none") }) ?? true
        else { throw .authentication }
        try self.init(document, most: OAuthBounds.documentRedirects)
    }

    /// Writes the members that a registration's answer repeats.
    public func write(to writer: inout JSONWriter) {
        if let name { writer.member("client_name", name) }
        writer.key("redirect_uris")
        writer.array { writer in for redirect in redirects { writer.string(redirect.text) } }
    }

    private init(_ document: JSON, most: Int) throws(Refusal) {
        guard let listed = document["redirect_uris"], listed.kind == .array, (1...most).contains(listed.count) else {
            throw .redirects
        }
        var redirects: [RedirectAddress] = []
        for element in listed.elements {
            guard let redirect = element.string.flatMap({ RedirectAddress($0) }) else { throw .redirects }
            redirects.append(redirect)
        }
        for (key, needed) in [("grant_types", "authorization_code"), ("response_types", "code")] {
            guard let given = document[key] else { continue }
            guard given.elements.contains(where: { $0.hasText(needed) }) else { throw .flow }
        }
        self.init(name: document["client_name"]?.string, redirects: redirects)
    }

    private static func object(_ bytes: [UInt8]) throws(Refusal) -> JSON {
        guard let document = try? JSON(bytes, limits: OAuthBounds.client), document.kind == .object else {
            throw .unreadable
        }
        return document
    }

    /// A name no longer than its bound, whole characters.
    private static func cut(_ name: String) -> String {
        guard name.utf8.count > OAuthBounds.clientNameBytes else { return name }
        var kept = ""
        for scalar in name.unicodeScalars {
            guard kept.utf8.count + String(scalar).utf8.count <= OAuthBounds.clientNameBytes else { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept + "…"
    }
}

extension ClientMetadata.Refusal: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable: "it is no JSON object that can be read in one way only"
        case .foreignDocument: "the document names another client"
        case .redirects: "`redirect_uris` has an address that no answer is sent to, or none, or too many"
        case .authentication: "only clients without a secret are known here"
        case .flow: "only authorisation codes are given here"
        }
    }
}
