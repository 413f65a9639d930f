extension ToolRules {
    /// Tells how the decision comes about; ``DecisionTrace/decision`` is what ``decide(_:)`` answers.
    public func trace(_ request: PolicyRequest) -> DecisionTrace {
        guard bound.visibility == .visible else { return DecisionTrace(decision: decide(request), steps: []) }
        return Sightings.taken(of: request.arguments, by: bound.tree) { bound.trace($0, request.context) }
    }
}

extension BoundRules {
    fileprivate func trace(_ seen: borrowing Sightings, _ context: PolicyContext) -> DecisionTrace {
        var steps: [DecisionTrace.Step] = []
        for rule in denials + requirements + approvals { steps.append(step(rule, seen, context)) }
        for limit in limits { steps.append(limit.step(seen)) }
        return DecisionTrace(decision: decide(seen, context), steps: steps)
    }

    private func step(_ rule: BoundRule, _ seen: borrowing Sightings, _ context: PolicyContext) -> DecisionTrace.Step {
        var findings: [DecisionTrace.Finding] = []
        let judgement = code.tellAll(rule.conditions, &findings, depth: 0, seen, context)
        let acts = rule.use.acts(on: judgement)
        return switch rule.use {
        case .denyIf: .init(rule: rule.id, .denyIf, judgement, acts ? "denies" : "does not act", findings)
        case .require: .init(rule: rule.id, .require, judgement, acts ? "denies" : "passes", findings)
        case .approveIf: .init(rule: rule.id, .approveIf, judgement, acts ? "asks" : "does not act", findings)
        }
    }
}

extension BoundLimit {
    fileprivate func step(_ seen: borrowing Sightings) -> DecisionTrace.Step {
        let effect: String
        switch charge(seen) {
        case .failure:
            effect = "denies"
        case .success(let charge):
            let amount = Quantity.millionths(charge.amount)
            let max = Quantity.millionths(charge.max)
            effect = "charges \(amount) of \(max) to `\(Glimpse.shown(charge.counter))`"
        }
        return DecisionTrace.Step(rule: charge.rule, .limit, .holds, effect, [])
    }
}

extension ConditionCode {
    /// Judges every one of the conditions and all they hold, and adds what was found.
    fileprivate func tellAll(
        _ range: Range<Int>, _ findings: inout [DecisionTrace.Finding], depth: Int, _ seen: borrowing Sightings,
        _ context: PolicyContext
    ) -> Judgement {
        var judgement = Judgement.holds
        var next = range.lowerBound
        while next < range.upperBound {
            judgement = judgement.and(tell(next, &findings, depth: depth, seen, context))
            next = Int(steps[next].end)
        }
        return judgement
    }

    private func tell(
        _ index: Int, _ findings: inout [DecisionTrace.Finding], depth: Int, _ seen: borrowing Sightings,
        _ context: PolicyContext
    ) -> Judgement {
        // The same judgement that decides; what is inside is judged again only to be told.
        let judgement = judge(index, seen, context)
        findings.append(.init(depth: depth, subject: subject(of: steps[index], seen, context), judgement: judgement))
        let inside = index + 1..<Int(steps[index].end)
        if !inside.isEmpty { _ = tellAll(inside, &findings, depth: depth + 1, seen, context) }
        return judgement
    }

    private func subject(
        of step: Step, _ seen: borrowing Sightings, _ context: PolicyContext
    ) -> DecisionTrace.Finding.Subject {
        let saw: String
        switch step.kind {
        case .any: return .combination("any")
        case .all: return .combination("all")
        case .not: return .combination("not")
        case .argument:
            saw = Glimpse.shown(seen[Int(step.subject)], in: seen.source.span)
        case .elements:
            saw = Glimpse.shown(seen[elements[Int(step.subject)].start], in: seen.source.span)
        case .context:
            let field = fields[Int(step.subject)]
            saw = context.withSight(of: field, in: zone) { Glimpse.shown($0, in: $1) } ?? "no such context"
        }
        let comparison = comparisons[Int(step.origin)]
        let wanted = "\(comparison.op.rawValue) \(Glimpse.shown(comparison.value))"
        return .comparison(path: Glimpse.shown(comparison.path.text), wanted: wanted, saw: saw)
    }
}

extension DecisionTrace.Step {
    fileprivate init(
        rule: RuleID, _ use: Use, _ judgement: Judgement, _ effect: String, _ findings: [DecisionTrace.Finding]
    ) {
        self.init(rule: rule, use: use, judgement: judgement, effect: effect, findings: findings)
    }
}
