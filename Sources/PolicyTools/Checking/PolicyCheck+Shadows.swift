import PolicyEngine
import PolicyFiles

/// Rules that never decide anything, because another always does.
extension PolicyCheck {
    mutating func lookForShadows(in source: RuleSource) {
        if lookForHidden(source) || source.isEmpty { return }
        let stages = stages(of: source)
        guard let first = stages.first else { return }
        for rule in first.own {
            // Shadowed for every tool it applies to, each time by something.
            var shade: String?
            let isShadowed = stages.allSatisfy { stage in
                let found = stage.shade(of: rule)
                if shade == nil { shade = found }
                return found != nil
            }
            if isShadowed, let shade {
                let message =
                    switch rule.effect {
                    case .require where shade.contains("/require/"):
                        "this adds nothing to what \(Wording.quoted(shade)) requires"
                    case .limit where !shade.hasSuffix("/action") && !shade.contains("/deny_if/"):
                        "\(Wording.quoted(shade)) is always used up before this"
                    case .deny, .require, .approve, .limit: "this never decides: \(Wording.quoted(shade)) always does"
                    }
                findings.warn(message, of: rule.pointer, "remove it, or narrow the other")
            }
        }
    }

    /// Says that everything a key names is hidden; true when so.
    private mutating func lookForHidden(_ source: RuleSource) -> Bool {
        guard let names = source.names, !names.matchesEverything, source.group.action != .hide else { return false }
        let hider: String?
        if let tools, !names.isExact {
            let matching = tools.matching(names).map(\.name)
            hider = matching.allSatisfy { isHidden($0) } ? matching.first.flatMap { self.hider(of: $0) } : nil
        } else {
            hider = ToolName(names.utf8).flatMap { names.isExact ? self.hider(of: $0) : nil }
        }
        guard let hider else { return false }
        findings.warn(
            "\(Wording.quoted(names)) is hidden by \(Wording.quoted(hider)), so this has no effect",
            ofKey: source.pointer, "remove one of the two")
        return true
    }

    /// What the rules of a key stand beside: once for each tool it applies to, as far as they differ.
    private func stages(of source: RuleSource) -> [Stage] {
        guard let names = source.names, !source.isForAll else {
            return [Stage(source.rules(for: ""), after: [], before: [])]
        }
        let called: [ToolName]
        if names.isExact {
            called = ToolName(names.utf8).map { [$0] } ?? []
        } else {
            called = reach(of: source).map(\.name)
        }
        guard !called.isEmpty else {
            let others = sources.all.filter { $0.isForAll }
            return [Stage(source.rules(for: ""), after: others.flatMap { $0.rules(for: "") }, before: [])]
        }
        return called.map { tool in
            let applying = sources.applying(to: tool)
            let own = applying.firstIndex { $0.pointer == source.pointer } ?? 0
            let name = tool.description
            // Of two rules that say the same, the one with the wider key stays; of two patterns, the first.
            let wider = applying.enumerated().filter { position, other in
                position != own && (names.isExact || other.isForAll || !other.isExact && position < own)
            }
            let rest = applying.enumerated().filter { position, _ in
                position != own && !wider.contains { $0.offset == position }
            }
            return Stage(
                source.rules(for: name), after: wider.flatMap { $0.element.rules(for: name) },
                before: rest.flatMap { $0.element.rules(for: name) })
        }
    }
}

/// The rules of one key, and the others that apply to the same tool.
private struct Stage {
    let own: [ToolRule]
    private let all: [ToolRule]

    /// - Parameters:
    ///   - earlier: rules that stay where they say the same.
    ///   - later: rules that go where they say the same.
    init(_ own: [ToolRule], after earlier: [ToolRule], before later: [ToolRule]) {
        self.own = own
        self.all = earlier + own + later
    }

    /// The rule that decides whenever this one would.
    func shade(of rule: ToolRule) -> String? {
        guard all.count <= PolicyToolsBounds.comparedRules else { return nil }
        if let denial = all.first(where: { $0.deniesAll && $0.pointer != rule.pointer }), !isEarlier(rule, denial) {
            return denial.pointer
        }
        return all.first { $0.pointer != rule.pointer && shades($0, rule) }?.pointer
    }

    /// Of two that decide the same, the earlier is the one that stays.
    private func isEarlier(_ rule: ToolRule, _ other: ToolRule) -> Bool {
        guard rule.deniesAll else { return false }
        let position = all.firstIndex { $0.pointer == rule.pointer } ?? 0
        return position < all.firstIndex { $0.pointer == other.pointer } ?? 0
    }

    private func shades(_ other: ToolRule, _ rule: ToolRule) -> Bool {
        switch (other.effect, rule.effect) {
        case (.deny(let wide, _), .deny(let narrow, _)):
            return narrower(narrow, wide, rule, other)
        case (.deny(let wide, _), .approve(let approval)):
            return Implication.from(approval.conditions, to: wide)
        case (.require(let strong, _), .require(let weak, _)):
            return !weak.isEmpty && narrower(strong, weak, rule, other)
        case (.limit(let tight), .limit(let loose)):
            return tight.counts(asOneWith: loose) && tight.max <= loose.max
                && (tight.max < loose.max || !isBefore(rule, other))
        case (_, _):
            return false
        }
    }

    private func narrower(
        _ one: [Condition], _ other: [Condition], _ rule: ToolRule, _ shade: ToolRule
    ) -> Bool {
        guard Implication.from(one, to: other) else { return false }
        return !Implication.from(other, to: one) || !isBefore(rule, shade)
    }

    private func isBefore(_ rule: ToolRule, _ other: ToolRule) -> Bool {
        let position = all.firstIndex { $0.pointer == rule.pointer } ?? 0
        return position < all.firstIndex { $0.pointer == other.pointer } ?? 0
    }
}

extension LimitRule {
    /// Both are charged the same, so that the tighter alone matters.
    func counts(asOneWith other: LimitRule) -> Bool {
        counter.utf8.elementsEqual(other.counter.utf8) && window == other.window
            && (scope ?? .grant) == (other.scope ?? .grant)
            && amount ?? .fixed(PolicyBounds.unit)
                == other.amount ?? .fixed(PolicyBounds.unit)
            && (alignment ?? .sliding) == (other.alignment ?? .sliding)
    }
}
