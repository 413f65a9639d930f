/// One element of `approve_if`: when its conditions hold or cannot be judged, a person must consent (policy.md
/// section 5).
public struct ApprovalRule: Sendable, Equatable {
    public var conditions: [Condition]
    /// What the agent and the approver are told.
    public var message: String?
    /// How long the request waits for an answer; ``ApprovalRequirement/usualExpiry`` when not said.
    public var expires: Duration?
    /// How long a granted approval may be used; ``ApprovalRequirement/usualValidity`` when not said.
    public var validFor: Duration?
    /// Who may consent; admins when not said.
    public var approvers: Approvers?
    /// How many must consent; one when not said.
    public var minimum: Int?

    public init(
        conditions: [Condition],
        message: String? = nil,
        expires: Duration? = nil,
        validFor: Duration? = nil,
        approvers: Approvers? = nil,
        minimum: Int? = nil
    ) {
        self.conditions = conditions
        self.message = message
        self.expires = expires
        self.validFor = validFor
        self.approvers = approvers
        self.minimum = minimum
    }
}
