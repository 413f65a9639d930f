/// The rules that apply to one tool, tied to its accepted definition; made by ``Policy/rules(for:inputSchema:)``.
public struct ToolRules: Sendable {
    let visibility: Visibility
    let tree: ArgumentTree
    let code: ConditionCode
    let denials: [BoundRule]
    let requirements: [BoundRule]
    let approvals: [BoundRule]
    let limits: [BoundLimit]
    /// What every permitted call owes, when no argument has a say in it.
    private let fixedCharges: [Charge]?

    init(
        visibility: Visibility,
        tree: ArgumentTree,
        code: ConditionCode,
        denials: [BoundRule],
        requirements: [BoundRule],
        approvals: [BoundRule],
        limits: [BoundLimit]
    ) {
        self.visibility = visibility
        self.tree = tree
        self.code = code
        self.denials = denials
        self.requirements = requirements
        self.approvals = approvals
        self.limits = limits
        self.fixedCharges = limits.allSatisfy { $0.amount == nil } ? limits.map(\.charge).merged : nil
    }

    /// Every call is permitted and owes nothing.
    public var isUnconditional: Bool {
        visibility == .visible && denials.isEmpty && requirements.isEmpty && approvals.isEmpty && limits.isEmpty
    }

    /// Decides one call: whether it may pass, and what it owes first.
    ///
    /// Always answers, in time bounded by the rules and the size of the arguments; changes nothing and reads no counter.
    /// A tool that is not visible is denied here too, should anybody have asked.
    public func decide(_ request: PolicyRequest) -> Decision {
        guard visibility == .visible else { return .denied(Denial(unavailable: visibility, request.context.tool)) }
        if isUnconditional { return .permitted(.none) }
        return Sightings.taken(of: request.arguments, by: tree) { decide($0, request.context) }
    }

    func decide(_ seen: borrowing Sightings, _ context: PolicyContext) -> Decision {
        if let denial = firstDenial(of: denials, seen, context) ?? firstDenial(of: requirements, seen, context) {
            return .denied(denial)
        }
        var obligations = Obligations(approvals: requirements(of: approvals, seen, context))
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

    private func firstDenial(of rules: [BoundRule], _ seen: borrowing Sightings, _ context: PolicyContext) -> Denial? {
        let rules = rules.span
        for position in rules.indices where acts(rules[position].use, rules[position].conditions, seen, context) {
            if case .deny(let denial) = rules[position].effect { return denial }
        }
        return nil
    }

    private func requirements(of rules: [BoundRule], _ seen: borrowing Sightings, _ context: PolicyContext) -> [ApprovalRequirement] {
        var requirements: [ApprovalRequirement] = []
        for rule in rules where acts(rule.use, rule.conditions, seen, context) {
            if case .ask(let requirement) = rule.effect { requirements.append(requirement) }
        }
        return requirements
    }

    private func acts(_ use: RuleUse, _ conditions: Range<Int>, _ seen: borrowing Sightings, _ context: PolicyContext) -> Bool {
        use.acts(on: code.judgeAll(conditions, seen, context))
    }
}

extension Denial {
    /// For a tool that is not visible: the agent is not told why.
    init(unavailable visibility: Visibility, _ tool: ToolName) {
        let rule: RuleID =
            switch visibility {
            case .hidden: .hidden
            case .unlisted, .visible: .defaultDeny
            }
        self.init(rule: rule, message: "tool not available: \(tool)")
    }
}
