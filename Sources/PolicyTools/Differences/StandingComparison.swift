import PolicyEngine

/// Tells what has changed for one tool.
struct StandingComparison {
    private let subject: String
    private let old: Standing
    private let new: Standing
    private(set) var differences: [PolicyDifference] = []

    init(_ subject: Subject, _ old: Standing, _ new: Standing) {
        self.subject = subject.words
        self.old = old
        self.new = new
        compare()
    }

    private mutating func compare() {
        switch (old.isReachable, new.isReachable) {
        case (false, false):
            compareUnreachable()
        case (false, true):
            add(.gained, .looser, new.summary)
        case (true, false):
            switch new.reach {
            case .hidden(let by): add(.hidden, .tighter, "by \(by)", nil, by)
            case .unlisted: add(.lost, .tighter, "no key lists it any more")
            case .visible:
                let denial = new.rules.first { $0.deniesAll }
                add(.closed, .tighter, "every call is denied", nil, denial?.pointer)
            }
        case (true, true):
            compareDenials()
            compareRequirements()
            compareApprovals()
            compareLimits()
            compareWords()
        }
    }

    /// Nothing passes either way; whether the tool is seen may still differ.
    private mutating func compareUnreachable() {
        switch (old.reach, new.reach) {
        case (.visible, .visible), (.hidden, .hidden), (.hidden, .unlisted), (.unlisted, .hidden),
            (.unlisted, .unlisted):
            break
        case (.visible, .hidden(let by)): add(.hidden, .other, "by \(by); every call was denied before", nil, by)
        case (.visible, .unlisted): add(.lost, .other, "no key lists it any more; every call was denied before")
        case (_, .visible): add(.closed, .other, "it is in the list, and every call is denied")
        }
    }

    private mutating func compareDenials() {
        let (before, after) = (old.rules.filter { $0.use == .denyIf }, new.rules.filter { $0.use == .denyIf })
        for rule in Self.uncovered(before, by: after, { $0.isCovered(byDenial: $1) }) {
            add(.loosened, .looser, "no longer denied" + rule.whenWords, rule.pointer)
        }
        for rule in Self.uncovered(after, by: before, { $0.isCovered(byDenial: $1) }) {
            add(.tightened, .tighter, "denied" + rule.whenWords, nil, rule.pointer)
        }
    }

    private mutating func compareRequirements() {
        let (before, after) = (old.rules.filter { $0.use == .require }, new.rules.filter { $0.use == .require })
        for rule in Self.uncovered(before, by: after, { $0.isCovered(byRequirement: $1) }) {
            add(.loosened, .looser, "no longer required: " + rule.words, rule.pointer)
        }
        for rule in Self.uncovered(after, by: before, { $0.isCovered(byRequirement: $1) }) {
            add(.tightened, .tighter, "required: " + rule.words, nil, rule.pointer)
        }
    }

    private mutating func compareApprovals() {
        let (before, after) = (old.rules.filter { $0.use == .approveIf }, new.rules.filter { $0.use == .approveIf })
        // A call that is now denied, or was, is not let go or held by the change of an approval.
        let (denied, wasDenied) = (new.rules.filter { $0.use == .denyIf }, old.rules.filter { $0.use == .denyIf })
        for rule in Self.uncovered(before, by: after + denied, { $0.isCovered(byDenial: $1) }) {
            add(.released, .looser, "no person is asked any more" + rule.whenWords, rule.pointer)
        }
        for rule in Self.uncovered(after, by: before + wasDenied, { $0.isCovered(byDenial: $1) }) {
            add(.held, .tighter, "a person is asked" + rule.whenWords, nil, rule.pointer)
        }
    }

    private mutating func compareLimits() {
        let before = old.rules.compactMap { $0.limit }
        let after = new.rules.compactMap { $0.limit }
        for (pointer, limit) in before {
            let same = after.filter { $0.limit.counts(asOneWith: limit) }.min { $0.limit.max < $1.limit.max }
            guard let same else {
                add(.uncapped, .looser, "no longer " + ConditionWords.of(limit), pointer)
                continue
            }
            let tightest = before.filter { $0.limit.counts(asOneWith: limit) }.map(\.limit.max).min() ?? limit.max
            guard limit.max == tightest, same.limit.max != limit.max else { continue }
            let detail = "\(ConditionWords.of(same.limit)) instead of \(ConditionWords.units(limit.max))"
            if same.limit.max > limit.max {
                add(.uncapped, .looser, detail, pointer, same.pointer)
            } else {
                add(.capped, .tighter, detail, pointer, same.pointer)
            }
        }
        for (pointer, limit) in after where !before.contains(where: { $0.limit.counts(asOneWith: limit) }) {
            add(.capped, .tighter, ConditionWords.of(limit), nil, pointer)
        }
    }

    /// The same conditions with other words, or another circle of approvers.
    ///
    /// Not optimised: the compiler of Swift 6.3.1 stops with an ownership error over this function.
    @_optimize(none)
    private mutating func compareWords() {
        let byWords = Dictionary(grouping: new.rules.filter { $0.use != nil }) { $0.words }
        for rule in old.rules where rule.use != nil {
            let candidates = byWords[rule.words] ?? []
            guard let index = candidates.firstIndex(where: { $0.use == rule.use }) else { continue }
            let same = candidates[index]
            guard same.effect != rule.effect else { continue }
            if let before = rule.effect.approval, var plain = same.effect.approval {
                plain.message = before.message
                if plain != before {
                    add(
                        .reworded, .other, "who is asked, or for how long," + rule.whenWords, rule.pointer, same.pointer
                    )
                    continue
                }
            }
            add(.reworded, .other, "what is said" + rule.whenWords, rule.pointer, same.pointer)
        }
    }

    /// The rules that none of the others stands in for: none has the same conditions, and none, where they are not too
    /// many to be compared, covers it.
    private static func uncovered(
        _ rules: [ToolRule], by others: [ToolRule], _ isCovered: (ToolRule, ToolRule) -> Bool
    ) -> [ToolRule] {
        let same = Set(others.map(\.words))
        let rest = rules.filter { !same.contains($0.words) }
        let few = PolicyToolsBounds.comparedRules
        guard rest.count <= few, others.count <= few else { return rest }
        return rest.filter { rule in !others.contains { isCovered(rule, $0) } }
    }

    private mutating func add(
        _ kind: PolicyDifference.Kind, _ direction: PolicyDifference.Direction, _ detail: String,
        _ oldPointer: String? = nil, _ newPointer: String? = nil
    ) {
        differences.append(
            PolicyDifference(
                subject: subject, kind: kind, direction: direction, detail: detail, oldPointer: oldPointer,
                newPointer: newPointer))
    }
}

extension ToolRule {
    fileprivate var whenWords: String { conditions?.isEmpty ?? true ? " for every call" : " if " + words }

    fileprivate var words: String { ConditionWords.of(conditions ?? []) }

    fileprivate var limit: (pointer: String, limit: LimitRule)? {
        guard case .limit(let limit) = effect else { return nil }
        return (pointer, limit)
    }

    /// The other acts whenever this one would.
    fileprivate func isCovered(byDenial other: ToolRule) -> Bool {
        guard let conditions, let wide = other.conditions else { return false }
        return Implication.from(conditions, to: wide)
    }

    /// What passes the other passes this one.
    fileprivate func isCovered(byRequirement other: ToolRule) -> Bool {
        guard let conditions, let strong = other.conditions else { return false }
        return Implication.from(strong, to: conditions)
    }
}

extension ToolRule.Effect {
    /// What is asked for; nil where nobody is asked.
    fileprivate var approval: ApprovalRule? {
        guard case .approve(let approval) = self else { return nil }
        return approval
    }
}
