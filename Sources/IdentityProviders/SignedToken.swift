import MCPMessages
import WireJSON

/// A JSON Web Token as received, taken apart and not believed yet (RFC 7515 section 7.1, RFC 7519).
///
/// Both parts are read strictly before anything else reads them: a key that is there twice, or a text with two spellings,
/// makes no token.
struct SignedToken: Sendable {
    let bytes: [UInt8]
    let algorithm: SigningAlgorithm
    /// The name of the key that is said to have signed it; only ever looked up among the provider's own.
    let keyName: [UInt8]?
    let claims: JSON
    /// Whether it says that it is for a resource (RFC 9068 section 2.1): then it tells nobody who signed in.
    let isAccessToken: Bool

    /// Nil for what is no signed token that could be believed: too large, not in three parts, with an algorithm that proves
    /// nothing, or with a demand that is not understood (`crit`).
    init?(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, let signature = Base64.url.decode(parts[2]), !signature.isEmpty,
            let headerText = Base64.url.decode(parts[0]), let claimsText = Base64.url.decode(parts[1]),
            let header = try? JSON(headerText, limits: IdentityBounds.part), header.kind == .object,
            let claims = try? JSON(claimsText, limits: IdentityBounds.part), claims.kind == .object,
            let algorithm = header["alg"]?.string.flatMap(SigningAlgorithm.init),
            header["crit"] == nil, header["b64"] == nil, let isAccessToken = Self.isAccessToken(header["typ"])
        else { return nil }
        if let name = header["kid"] {
            guard let name = name.utf8, name.count <= IdentityBounds.keyNameBytes else { return nil }
            keyName = name
        } else {
            keyName = nil
        }
        self.bytes = bytes
        self.algorithm = algorithm
        self.claims = claims
        self.isAccessToken = isAccessToken
    }

    /// Of `JWT` or nothing, no; of `at+jwt`, yes; another kind of signed document is no token.
    private static func isAccessToken(_ type: JSON?) -> Bool? {
        guard let type else { return false }
        guard let text = type.string?.lowercased() else { return nil }
        func isOne(of types: [String]) -> Bool { types.contains { $0.utf8.elementsEqual(text.utf8) } }
        if isOne(of: ["jwt", "application/jwt"]) { return false }
        return isOne(of: ["at+jwt", "application/at+jwt"]) ? true : nil
    }
}
