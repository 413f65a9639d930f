public import WireJSON

/// One identity provider whose tokens are taken, and what its claims make of their bearer.
public struct IdentityProvider: Sendable {
    /// Its name in principals' ids and in the audit.
    public let name: String
    /// Its name for itself, compared byte for byte.
    public let issuer: String
    /// Scopes every token must have.
    public let scopes: [String]
    public let mappings: [ClaimMapping]

    public init(name: String, issuer: String, scopes: [String] = [], mappings: [ClaimMapping]) {
        self.name = name
        self.issuer = issuer
        self.scopes = scopes
        self.mappings = mappings
    }

    /// The one grant these claims lead to. None, or two, is nobody: what is ambiguous is not guessed.
    func grant(for claims: JSON) -> Grant? {
        let fitting = mappings.filter { $0.fits(claims) }
        return fitting.count == 1 ? fitting[0].grant : nil
    }
}

/// Claims that lead to a grant.
public struct ClaimMapping: Sendable {
    /// All of them must hold.
    public let conditions: [ClaimCondition]
    /// Nil where it is not in force now: these claims lead to nobody then, and not to what another mapping names.
    public let grant: Grant?

    /// - Precondition: there is a condition: a mapping that fits everybody says so with one.
    public init(when conditions: [ClaimCondition], grant: Grant?) {
        precondition(!conditions.isEmpty, "a mapping has a condition")
        self.conditions = conditions
        self.grant = grant
    }

    func fits(_ claims: JSON) -> Bool { conditions.allSatisfy { $0.holds(of: claims) } }
}

/// One claim that must be one of some texts; of a claim that is a list, one of its elements.
///
/// Texts compare as bytes. `true` and `false` are the texts of those values; a number, an object and null never fit. `email`
/// fits only where the provider says that it verified the address (`email_verified`): people type others' into profiles.
public struct ClaimCondition: Sendable, Equatable {
    /// The claim's name, and the names inside it where it is an object.
    public let path: [String]
    public let values: [String]

    public init(path: [String], values: [String]) {
        self.path = path
        self.values = values
    }

    /// Whether it is about the address of OpenID Connect Core 1.0 section 5.1.
    public var isAboutEmail: Bool { path.count == 1 && path[0].utf8.elementsEqual("email".utf8) }

    public func holds(of claims: JSON) -> Bool {
        guard !isAboutEmail || Self.isEmailVerified(in: claims) else { return false }
        var value = claims
        for name in path {
            guard let inner = value[name] else { return false }
            value = inner
        }
        return value.kind == .array ? value.elements.contains(where: fits) : fits(value)
    }

    /// Whether claims say that their address is verified; some providers write the text (`"true"`).
    static func isEmailVerified(in claims: JSON) -> Bool {
        guard let isVerified = claims["email_verified"] else { return false }
        return isVerified.bool ?? isVerified.hasText("true")
    }

    private func fits(_ value: JSON) -> Bool {
        if let bool = value.bool { return values.contains { $0.utf8.elementsEqual((bool ? "true" : "false").utf8) } }
        return values.contains { value.hasText($0) }
    }
}
