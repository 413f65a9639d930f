import Gateway
import WireJSON

/// What a token says, held against what it must say (RFC 7519 section 4.1, RFC 9068 section 4).
struct TokenClaims: Sendable {
    let settings: ProviderSettings

    /// The token's meaning; nil unless every claim that is needed is there once and in order.
    ///
    /// - Parameter now: seconds since 1970.
    func verified(_ claims: JSON, at now: Int64) -> VerifiedToken? {
        guard let issuer = claims["iss"]?.utf8, issuer.elementsEqual(settings.issuer.utf8),
            let subject = claims["sub"]?.utf8, (1...IdentityBounds.subjectBytes).contains(subject.count),
            subject.allSatisfy({ (0x21...0x7E).contains($0) }),
            let audiences = texts(claims["aud"], atMost: IdentityBounds.audiences), !audiences.isEmpty,
            let expiry = claims["exp"]?.seconds, expiry + settings.leeway > now,
            isPast(claims["nbf"], at: now), isPast(claims["iat"], at: now),
            // Bound to a key of its bearer's, which a bare token does not prove (RFC 7800).
            claims["cnf"] == nil
        else { return nil }
        return VerifiedToken(
            provider: settings.name, subject: String(decoding: subject, as: UTF8.self), audiences: audiences,
            scopes: scopes(claims), claims: claims, end: expiry + settings.leeway)
    }

    /// Whether a time that may be missing is not yet to come.
    private func isPast(_ value: JSON?, at now: Int64) -> Bool {
        guard let value else { return true }
        guard let seconds = value.seconds else { return false }
        return seconds <= now + settings.leeway
    }

    /// `scope`, separated by spaces (RFC 8693 section 4.2), or the list that some providers call `scp`.
    private func scopes(_ claims: JSON) -> [String] {
        if let scope = claims["scope"]?.string { return scope.split(separator: " ").map(String.init) }
        guard let list = claims["scope"] ?? claims["scp"] else { return [] }
        return list.string?.split(separator: " ").map(String.init) ?? texts(list, atMost: .max) ?? []
    }

    /// A text, or a list of nothing but texts.
    private func texts(_ value: JSON?, atMost bound: Int) -> [String]? {
        guard let value else { return nil }
        if let text = value.string { return [text] }
        guard value.kind == .array, value.count <= bound else { return nil }
        let texts = value.elements.compactMap(\.string)
        return texts.count == value.count ? texts : nil
    }
}

extension JSON {
    /// Seconds since 1970; a fraction is let go of. Nil for what no clock will show.
    var seconds: Int64? {
        guard kind == .number else { return nil }
        let whole = bytes.prefix { $0 != UInt8(ascii: ".") }
        // The last is in the year 9999.
        guard let seconds = Int64(String(decoding: whole, as: UTF8.self)), (0...253_402_300_799).contains(seconds)
        else {
            return nil
        }
        return seconds
    }
}
