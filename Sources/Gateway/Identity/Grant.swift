public import PolicyEngine

/// A labelled bearer token's rights: which servers it reaches, and under which policy each.
///
/// An object, so that each call holds it by one reference.
public final class Grant: Sendable {
    /// One's own among all grants; where none is given, the label.
    public let id: String
    public let label: String
    /// Whose it is: its counters and audit entries are that organisation's.
    public let organisation: String
    public let tags: [String: String]
    /// By server slug; a server that is not named does not exist for this grant.
    public let access: [String: Access]

    public init(
        id: String? = nil, label: String, of organisation: String = House.organisation, tags: [String: String] = [:],
        access: [String: Access]
    ) {
        self.id = id ?? label
        self.label = label
        self.organisation = organisation
        self.tags = tags
        self.access = access
    }
}

/// What stands between a grant and one server.
public enum Access: Sendable {
    case policy(Policy, Mode)
    /// Every tool and method is let through: `wrap --allow-all`, nothing else.
    case everything

    public var mode: Mode {
        switch self {
        case .policy(_, let mode): mode
        case .everything: .enforce
        }
    }

    public var letsEverythingThrough: Bool {
        if case .everything = self { true } else { false }
    }
}

/// How a policy is applied (policy language, "Modes and versions").
public enum Mode: String, Sendable, CaseIterable {
    case enforce
    /// Calls are forwarded and the audit says what would have happened.
    case observe
}

/// Who calls: for an opaque grant, the grant itself; for a provider's token, whom the provider names.
public struct Principal: Sendable {
    public let id: String
    public let grant: Grant
    /// Where a provider vouches for one.
    public let email: String?
    /// What it was known by; nil for who needs no token.
    public internal(set) var proof: Proof?
    /// The snapshot that it was found in; nil where none was asked.
    var generation: Int?

    public init(grant: Grant) { self.init(id: "grant:\(grant.label)", grant: grant) }

    /// - Parameter id: one's own among all principals, where labels are not.
    public init(id: String, grant: Grant, email: String? = nil) {
        self.id = id
        self.grant = grant
        self.email = email
    }
}
