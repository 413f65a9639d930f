import WireJSON

/// Gathers the rules of every key that matches one tool, resource or prompt.
struct RuleBinder {
    private let subject: Subject
    private var tree: ArgumentTree
    private var code: ConditionCode
    private var rules: [(rank: RuleRank, rule: BoundRule)] = []
    private var limits: [(rank: RuleRank, limit: BoundLimit)] = []

    /// - Parameter zone: the policy's time zone.
    init(_ subject: Subject, inputSchema: JSON?, zone: Zone) {
        self.subject = subject
        self.code = ConditionCode(zone: zone)
        self.tree = ArgumentTree(inputSchema: inputSchema)
    }

    /// Adds what one key says.
    ///
    /// - Parameter names: the key; `nil` for `all_tools`.
    mutating func add(_ group: RuleGroup, at pointer: String, rank: RuleRank, naming names: NamePattern?) {
        switch group.action {
        case .deny:
            add(ConditionRule(conditions: [], onDeny: group.reason), .denyIf, pointer + "/action", rank)
        case .requireApproval:
            add(ApprovalRule(conditions: [], message: group.reason), pointer + "/action", rank)
        case .allow, .hide, nil:
            break
        }
        for (index, rule) in group.denyIf.enumerated() { add(rule, .denyIf, "\(pointer)/deny_if/\(index)", rank) }
        for (index, rule) in group.require.enumerated() { add(rule, .require, "\(pointer)/require/\(index)", rank) }
        for (index, rule) in group.approveIf.enumerated() { add(rule, "\(pointer)/approve_if/\(index)", rank) }
        for (index, limit) in group.limits.enumerated() { add(limit, "\(pointer)/limits/\(index)", rank) }
        if let rateLimit = group.rateLimit {
            let counted = subject.kind == .resource ? names?.description : nil
            var limit = rateLimit.limit(on: Subject.rateCounter(subject.kind, counted ?? subject.name))
            limit.onDeny = group.reason
            add(limit, pointer + "/rate_limit", rank)
        }
    }

    /// What was gathered, in the order in which it is reported.
    func rules(visibility: Visibility) -> ToolRules {
        let rules = rules.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
            .map(\.element.rule)
        let limits = limits.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
            .map(\.element.limit)
        return ToolRules(
            bound: BoundRules(
                visibility: visibility, subject: subject, tree: tree, code: code, rules: rules, limits: limits))
    }

    private mutating func add(_ rule: ConditionRule, _ use: RuleUse, _ pointer: String, _ rank: RuleRank) {
        let id = RuleID(pointer: pointer)
        let message = rule.onDeny ?? usualMessage(use, isUnconditional: rule.conditions.isEmpty)
        add(rule.conditions, use, .deny(Denial(rule: id, message: message)), id, rank)
    }

    private mutating func add(_ rule: ApprovalRule, _ pointer: String, _ rank: RuleRank) {
        let requirement = ApprovalRequirement(
            rule: RuleID(pointer: pointer),
            message: rule.message,
            expires: rule.expires ?? ApprovalRequirement.usualExpiry,
            validFor: rule.validFor ?? ApprovalRequirement.usualValidity,
            approvers: rule.approvers ?? .admins,
            minimum: rule.minimum ?? 1)
        add(rule.conditions, .approveIf, .ask(requirement), requirement.rule, rank)
    }

    private mutating func add(
        _ conditions: [Condition], _ use: RuleUse, _ effect: BoundRule.Effect, _ id: RuleID, _ rank: RuleRank
    ) {
        let range = code.add(conditions, in: use, &tree)
        rules.append((rank, BoundRule(use: use, conditions: range, id: id, effect: effect)))
    }

    private mutating func add(_ limit: LimitRule, _ pointer: String, _ rank: RuleRank) {
        let alignment = limit.alignment ?? (limit.window == .month ? .calendar : .sliding)
        var charge = Charge(
            counter: limit.counter,
            window: limit.window,
            max: limit.max,
            amount: PolicyBounds.unit,
            scope: limit.scope ?? .grant,
            alignment: alignment,
            zone: alignment == .calendar && code.zone != .utc ? code.zone : nil,
            rule: RuleID(pointer: pointer),
            message: limit.onDeny)
        var place: (PolicyPath, Int)?
        switch limit.amount {
        case .fixed(let amount):
            charge.amount = amount
        case .argument(let path):
            if case .arguments(let steps) = path.root { place = (path, tree.place(at: steps).place) }
        case nil:
            break
        }
        limits.append((rank, BoundLimit(charge: charge, amount: place)))
    }

    private func usualMessage(_ use: RuleUse, isUnconditional: Bool) -> String {
        switch use {
        case .require: "The call does not meet what is required of \(subject.use)."
        case .denyIf, .approveIf:
            "\(subject.capitalisedUse)\(isUnconditional ? "" : " like this one") are not allowed."
        }
    }
}
