import Crypto
import Gateway
import MCPMessages
import OAuthMessages
import WireJSON

/// What an identity token must say (OpenID Connect Core 1.0 section 3.1.3.7) beside what every token must.
struct IdentityClaims: Sendable {
    let settings: SignInSettings

    /// Why the claims do not answer the question; nil where they do. The signature is verified elsewhere.
    ///
    /// - Parameter now: seconds since 1970.
    func objection(
        to token: SignedToken, answering question: SignInQuestion, with access: String, at now: Int64
    ) -> String? {
        let claims = token.claims
        guard !token.isAccessToken else { return "it is an access token" }
        guard let verified = TokenClaims(settings: settings.provider).verified(claims, at: now) else {
            return "`iss`, `sub`, `aud`, `exp`, `iat` or `nbf` is missing or wrong"
        }
        let own = settings.client.id
        guard verified.audiences.contains(where: { $0.utf8.elementsEqual(own.utf8) }) else {
            return "it is for another client (`aud`)"
        }
        // A token for several is for the one that asked for it.
        if let authorized = claims["azp"] {
            guard authorized.hasText(own) else { return "another client asked for it (`azp`)" }
        } else if verified.audiences.count > 1 {
            return "it is for several clients and does not say which asked (`azp`)"
        }
        guard let issued = claims["iat"]?.seconds else { return "it does not say when it was issued (`iat`)" }
        guard issued + settings.provider.leeway >= question.askedAt else { return "it is older than the question" }
        guard claims["nonce"]?.hasText(question.nonce) ?? false else { return "it answers another question (`nonce`)" }
        if let hash = claims["at_hash"] {
            guard hash.hasText(Self.half(of: access, token.algorithm)) else {
                return "it belongs to another access token (`at_hash`)"
            }
        }
        return nil
    }

    /// The left half of the hash that the signature's algorithm uses (OpenID Connect Core 1.0 section 3.1.3.6).
    static func half(of access: String, _ algorithm: SigningAlgorithm) -> String {
        let bytes = Array(access.utf8)
        let hash: [UInt8] =
            switch algorithm {
            case .rs256, .ps256, .es256: Array(SHA256.hash(data: bytes))
            case .rs384, .ps384, .es384: Array(SHA384.hash(data: bytes))
            case .rs512, .ps512, .es512, .edDSA: Array(SHA512.hash(data: bytes))
            }
        return String(decoding: Base64.url.encode(Array(hash.prefix(hash.count / 2))), as: UTF8.self)
    }
}
