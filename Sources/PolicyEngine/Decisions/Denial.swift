/// Why a call may not pass.
public struct Denial: Sendable, Hashable {
    /// The rule that denied.
    public var rule: RuleID
    /// What the agent is told: the rule's `on_deny` or `reason`, or a sentence in its place.
    public var message: String

    public init(rule: RuleID, message: String) {
        self.rule = rule
        self.message = message
    }
}
