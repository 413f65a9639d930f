/// Who may consent to a call.
public struct Approvers: Sendable, Hashable {
    /// The roles of a member, least first.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        case viewer
        case policyManager = "policy_manager"
        case admin
    }

    /// Anyone with one of these roles.
    public var roles: [Role]
    /// Anyone of these names.
    public var members: [String]
    /// The grant's owner is excluded, whatever their role: four eyes.
    public var excludesOwner: Bool

    public init(roles: [Role] = [], members: [String] = [], excludesOwner: Bool = false) {
        self.roles = roles
        self.members = members
        self.excludesOwner = excludesOwner
    }

    /// What holds when a rule names nobody.
    public static let admins = Approvers(roles: [.admin])
}
