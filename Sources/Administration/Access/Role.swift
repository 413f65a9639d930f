/// What a member, or a token of the administration interface, may do; each role may do all that the one before may.
public enum Role: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Looks at everything but credentials.
    case viewer
    /// Writes policies and attaches them; sees no credential or token.
    case policyManager = "policy_manager"
    case admin

    public static func < (one: Role, other: Role) -> Bool { one.rank < other.rank }

    private var rank: Int {
        switch self {
        case .viewer: 0
        case .policyManager: 1
        case .admin: 2
        }
    }
}

/// What an operation asks of its actor.
public enum Requirement: Sendable, Hashable {
    case role(Role)
    /// The person who runs this instance, through its own machine.
    case `operator`
}
