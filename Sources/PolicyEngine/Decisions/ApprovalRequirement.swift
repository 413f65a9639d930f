/// A person's consent that a call owes, from one `approve_if` (policy.md section 5).
public struct ApprovalRequirement: Sendable, Hashable {
    public var rule: RuleID
    /// What the agent and the approver are told.
    public var message: String?
    /// How long the request may wait for an answer.
    public var expires: Duration
    /// How long a granted approval may be used.
    public var validFor: Duration
    public var approvers: Approvers
    /// How many of them must consent.
    public var minimum: Int

    public init(
        rule: RuleID,
        message: String? = nil,
        expires: Duration = Self.usualExpiry,
        validFor: Duration = Self.usualValidity,
        approvers: Approvers = .admins,
        minimum: Int = 1
    ) {
        self.rule = rule
        self.message = message
        self.expires = expires
        self.validFor = validFor
        self.approvers = approvers
        self.minimum = minimum
    }

    /// 30 minutes.
    public static let usualExpiry: Duration = .seconds(30 * 60)
    /// 10 minutes.
    public static let usualValidity: Duration = .seconds(10 * 60)
}
