import PolicyEngine

/// One rule that a key of `tools` holds, in its long form, with its place.
struct ToolRule: Sendable {
    enum Effect: Sendable, Equatable {
        case deny([Condition], message: String?)
        case require([Condition], message: String?)
        case approve(ApprovalRule)
        case limit(LimitRule)
    }

    /// Also the rule's id in decisions.
    let pointer: String
    let effect: Effect

    /// What it is judged by; `nil` for a limit.
    var conditions: [Condition]? {
        switch effect {
        case .deny(let conditions, _), .require(let conditions, _): conditions
        case .approve(let rule): rule.conditions
        case .limit: nil
        }
    }

    var use: RuleUse? {
        switch effect {
        case .deny: .denyIf
        case .require: .require
        case .approve: .approveIf
        case .limit: nil
        }
    }

    /// Denies every call, whatever it is.
    var deniesAll: Bool {
        if case .deny(let conditions, _) = effect { conditions.isEmpty } else { false }
    }

    /// Where its conditions are written.
    var conditionsPointer: String { pointer + "/conditions" }
}

extension RuleSource {
    /// Its rules, in the order in which they are judged.
    ///
    /// - Parameter tool: whose `rate_limit` is meant, where there is one; a pattern's has one counter for each tool.
    func rules(for tool: String) -> [ToolRule] {
        var rules: [ToolRule] = []
        switch group.action {
        case .deny: rules.append(.init(pointer: pointer + "/action", effect: .deny([], message: group.reason)))
        case .requireApproval:
            let rule = ApprovalRule(conditions: [], message: group.reason)
            rules.append(.init(pointer: pointer + "/action", effect: .approve(rule)))
        case .allow, .hide, nil: break
        }
        for (index, rule) in group.denyIf.enumerated() {
            let effect = ToolRule.Effect.deny(rule.conditions, message: rule.onDeny)
            rules.append(.init(pointer: "\(pointer)/deny_if/\(index)", effect: effect))
        }
        for (index, rule) in group.require.enumerated() {
            let effect = ToolRule.Effect.require(rule.conditions, message: rule.onDeny)
            rules.append(.init(pointer: "\(pointer)/require/\(index)", effect: effect))
        }
        for (index, rule) in group.approveIf.enumerated() {
            rules.append(.init(pointer: "\(pointer)/approve_if/\(index)", effect: .approve(rule)))
        }
        for (index, limit) in group.limits.enumerated() {
            rules.append(.init(pointer: "\(pointer)/limits/\(index)", effect: .limit(limit)))
        }
        if let rate = group.rateLimit {
            let limit = LimitRule(
                counter: tool + "_rate", window: rate.window, max: rate.max, scope: rate.scope, onDeny: group.reason)
            rules.append(.init(pointer: pointer + "/rate_limit", effect: .limit(limit)))
        }
        return rules
    }
}
