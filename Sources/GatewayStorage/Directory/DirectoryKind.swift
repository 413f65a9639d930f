/// What a record of the directory is.
public enum DirectoryKind: String, Sendable, Hashable, CaseIterable {
    case organisation
    case member
    /// Whom an identity provider knows a member as.
    case identity
    case invitation
    /// A member's sign-in in one browser.
    case session
    /// A token of the administration interface.
    case token
    case server
    /// A server's sealed secrets.
    case secret
    /// A tool's definition as last seen.
    case definition
    case policy
    /// A numbered version of a policy.
    case version
    case grant
    /// A bearer token of a grant.
    case credential
    /// What ties a grant to a server under a policy.
    case attachment
    /// A client that a member let sign in with a grant.
    case connection

    /// What records of this kind belong to, and what happens to them when that is removed.
    public var parents: [DirectoryKind: Removal] {
        switch self {
        case .organisation, .member, .invitation, .token, .server, .policy, .grant: [:]
        case .session, .identity: [.member: .takesAlong]
        case .secret, .definition: [.server: .takesAlong]
        case .version: [.policy: .takesAlong]
        case .credential: [.grant: .takesAlong]
        case .attachment: [.grant: .takesAlong, .server: .isRefused, .policy: .isRefused]
        case .connection: [.grant: .takesAlong, .member: .takesAlong]
        }
    }

    /// What removing a parent does about its children.
    public enum Removal: Sendable, Hashable {
        /// They go with it.
        case takesAlong
        /// It stays while there are any.
        case isRefused
    }
}
