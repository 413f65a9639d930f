/// One element of `deny_if` or `require`: conditions that must all hold, and what the agent is told.
public struct ConditionRule: Sendable, Equatable {
    /// All of them; none at all holds.
    public var conditions: [Condition]
    /// What the agent is told when the rule denies.
    public var onDeny: String?

    public init(conditions: [Condition], onDeny: String? = nil) {
        self.conditions = conditions
        self.onDeny = onDeny
    }
}
