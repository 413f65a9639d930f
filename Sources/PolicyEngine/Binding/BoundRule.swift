/// One `deny_if`, `require` or `approve_if` that applies to a tool.
struct BoundRule: Sendable {
    let use: RuleUse
    /// Where its conditions are in the ``ConditionCode`` of the tool.
    let conditions: Range<Int>
    let id: RuleID
    /// What the rule asks for when it acts.
    let effect: Effect

    enum Effect: Sendable {
        case deny(Denial)
        case ask(ApprovalRequirement)
    }
}

extension RuleUse {
    /// A rule acts for this judgement of its conditions: doubt goes the safe way.
    func acts(on judgement: Judgement) -> Bool {
        switch self {
        case .denyIf, .approveIf: judgement != .doesNotHold
        case .require: judgement != .holds
        }
    }
}
