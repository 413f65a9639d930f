import PolicyEngine

extension PolicyDecoder {
    /// The rules of one key of `tools`, or of `all_tools`.
    mutating func ruleGroup(_ place: Located, _ what: String, _ reach: RuleReach) -> RuleGroup? {
        let isAllTools = place.pointer == "/all_tools"
        let long = ["require", "deny_if", "approve_if", "limits"]
        let known = isAllTools ? long : long + ["action", "reason", "rate_limit"]
        guard let fields = fields(of: place, what, known) else { return nil }
        var group = RuleGroup()
        for element in elements(of: fields["require"], "require") {
            if let rule = conditionRule(element, .require) { group.require.append(rule) }
        }
        for element in elements(of: fields["deny_if"], "deny_if") {
            if let rule = conditionRule(element, .denyIf) { group.denyIf.append(rule) }
        }
        for element in elements(of: fields["approve_if"], "approve_if") {
            if let rule = approvalRule(element) { group.approveIf.append(rule) }
        }
        for element in elements(of: fields["limits"], "limits") {
            if let limit = limitRule(element) { group.limits.append(limit) }
        }
        group.action = word(fields["action"], "action")
        group.reason = text(fields["reason"], "reason")
        group.rateLimit = fields["rate_limit"].flatMap { rateLimit($0) }
        warn(about: group, fields, reach)
        return group
    }

    /// Says what the engine finds wrong, at the values it names.
    mutating func report(_ found: [PolicyError], in place: Located) {
        for problem in found {
            problems.error(problem.message, at: place.descendant(at: problem.pointer) ?? place)
        }
    }

    private mutating func warn(about group: RuleGroup, _ fields: Fields, _ reach: RuleReach) {
        if let reason = fields["reason"], group.action == nil || group.action == .allow, group.rateLimit == nil {
            problems.warning("nothing gives this reason: it belongs to `action` or `rate_limit`", at: reason)
        }
        if let action = fields["action"], group.action == .allow, reach == .everything {
            problems.warning("`*` lists no tool, so this allows none; write `default: allow`", at: action)
        }
    }

    private mutating func conditionRule(_ place: Located, _ use: RuleUse) -> ConditionRule? {
        let what = "a `\(use.rawValue)` rule"
        guard let fields = fields(of: place, what, ["conditions", "on_deny"]) else { return nil }
        let conditions = ruleConditions(fields["conditions"])
        if use == .require, conditions?.isEmpty == true {
            problems.warning("a `require` rule without conditions always passes", at: place)
        }
        let onDeny = text(fields["on_deny"], "on_deny")
        return conditions.map { ConditionRule(conditions: $0, onDeny: onDeny) }
    }
}

extension Located {
    /// The value that a pointer into it leads to.
    func descendant(at pointer: String) -> Located? {
        if self.pointer.utf8.elementsEqual(pointer.utf8) { return self }
        guard pointer.utf8.starts(with: self.pointer.utf8) else { return nil }
        let inside = members?.map(\.value) ?? elements ?? []
        for place in inside {
            if let found = place.descendant(at: pointer) { return found }
        }
        // A part that is not written has the place of what it belongs to.
        return self
    }
}
