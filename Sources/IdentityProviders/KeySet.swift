import OAuthMessages
import WireJSON

/// A provider's keys as published (RFC 7517 section 5).
struct KeySet: Sendable {
    private let keys: [ProviderKey]

    /// Nil for what is no set, or has no key that could be used.
    init?(_ bytes: [UInt8]) {
        guard let document = try? JSON(bytes, limits: OAuthBounds.document), let listed = document["keys"] else {
            return nil
        }
        keys = listed.elements.prefix(IdentityBounds.keys).compactMap(ProviderKey.init)
        if keys.isEmpty { return nil }
    }

    /// The key that a token says it was signed with; where it says nothing, the only one that fits. Two of one name are
    /// none.
    func key(for token: SignedToken) -> ProviderKey? {
        let fitting = keys.filter { key in
            key.fits(token.algorithm) && (token.keyName == nil || key.name == token.keyName)
        }
        return fitting.count == 1 ? fitting[0] : nil
    }
}
