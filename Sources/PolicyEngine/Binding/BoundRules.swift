/// All that applies to one tool, resource or prompt, ready to decide with; shared by every call, and never changed.
final class BoundRules: Sendable {
    let visibility: Visibility
    let subject: Subject
    let tree: ArgumentTree
    let code: ConditionCode
    let denials: [BoundRule]
    let requirements: [BoundRule]
    let approvals: [BoundRule]
    let limits: [BoundLimit]
    /// What every permitted call owes, when no argument has a say in it.
    private let fixedCharges: [Charge]?

    init(
        visibility: Visibility, subject: Subject, tree: ArgumentTree, code: ConditionCode, rules: [BoundRule],
        limits: [BoundLimit]
    ) {
        self.visibility = visibility
        self.subject = subject
        self.tree = tree
        self.code = code
        self.denials = rules.filter { $0.use == .denyIf }
        self.requirements = rules.filter { $0.use == .require }
        self.approvals = rules.filter { $0.use == .approveIf }
        self.limits = limits
        self.fixedCharges = limits.allSatisfy { $0.amount == nil } ? limits.map(\.charge).merged : nil
    }

    /// Every deny_if, then every require, then who must be asked, then what is charged (policy.md section 3).
    func decide(_ seen: borrowing Sightings, _ context: PolicyContext) -> Decision {
        if let denial = firstDenial(of: denials, seen, context) ?? firstDenial(of: requirements, seen, context) {
            return .denied(denial)
        }
        var obligations = Obligations(approvals: approvalsAsked(seen, context))
        if let fixedCharges {
            obligations.charges = fixedCharges
            return .permitted(obligations)
        }
        for limit in limits {
            switch limit.charge(seen) {
            case .success(let charge): obligations.charges.append(charge)
            case .failure(let denial): return .denied(denial)
            }
        }
        obligations.charges = obligations.charges.merged
        return .permitted(obligations)
    }

    private func firstDenial(
        of rules: [BoundRule], _ seen: borrowing Sightings, _ context: PolicyContext
    ) -> Denial? {
        let rules = rules.span
        for position in rules.indices where acts(rules[position].use, rules[position].conditions, seen, context) {
            if case .deny(let denial) = rules[position].effect { return denial }
        }
        return nil
    }

    private func approvalsAsked(_ seen: borrowing Sightings, _ context: PolicyContext) -> [ApprovalRequirement] {
        var asked: [ApprovalRequirement] = []
        for rule in approvals where acts(rule.use, rule.conditions, seen, context) {
            if case .ask(let requirement) = rule.effect { asked.append(requirement) }
        }
        return asked
    }

    private func acts(
        _ use: RuleUse, _ conditions: Range<Int>, _ seen: borrowing Sightings, _ context: PolicyContext
    ) -> Bool {
        use.acts(on: code.judgeAll(conditions, seen, context))
    }
}
