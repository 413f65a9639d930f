import PolicyEngine
import PolicyFiles
import WireJSON

/// Rules that cannot be what their author meant, whatever the tools are.
extension PolicyCheck {
    mutating func lookAtRules(of source: RuleSource) {
        for rule in source.rules(for: source.names?.description ?? "") {
            if let conditions = rule.conditions, let use = rule.use {
                let sites = ComparisonSite.all(in: conditions, at: rule.conditionsPointer)
                lookForContradiction(in: sites, use)
                if use == .require { for site in sites { lookAtAnchors(of: site) } }
            }
            if case .limit(let limit) = rule.effect { look(at: limit, rule.pointer, of: source) }
        }
    }

    private mutating func lookForContradiction(in sites: [ComparisonSite], _ use: RuleUse) {
        guard let (one, other) = Contradiction.first(among: sites) else { return }
        let outcome = use == .require ? "every call is denied" : "this rule never acts"
        let path = Wording.quoted(one.comparison.path)
        findings.warn(
            "no value of \(path) meets this and line \(findings.places.value(at: one.pointer).line) together, so \(outcome)",
            of: other.pointer, "join them with `any`, or correct one of the values")
    }

    /// A `require` is meant to describe a whole value; a pattern that matches somewhere in it lets anything around it in.
    private mutating func lookAtAnchors(of site: ComparisonSite) {
        guard site.comparison.op == .regex, !site.isNegated, !site.comparison.isAnchored,
            let pattern = site.comparison.value.utf8, !Anchors.hold(in: pattern)
        else { return }
        findings.warn(
            "this pattern need only match a part of \(Wording.quoted(site.comparison.path))",
            of: site.pointer + "/value",
            "add `anchored: true`")
    }

    private mutating func look(at limit: LimitRule, _ pointer: String, of source: RuleSource) {
        if limit.max == 0 {
            findings.warn(
                "a limit of 0 denies every call", of: pointer + "/max",
                "write `action: deny` with a `reason`, which the agent can understand")
        }
        if limit.scope == .session, source.pointer.utf8.starts(with: "/tools".utf8) || source.names == nil,
            !hasWiderLimit(beside: source)
        {
            findings.warn(
                "a client opens a new session whenever it likes, and counts from 0", of: pointer + "/scope",
                "put a limit of `scope: grant` beside it")
        }
    }

    /// A limit that a new session does not escape, on every call that the session's limit counts.
    private func hasWiderLimit(beside source: RuleSource) -> Bool {
        let around = sources.all.filter { other in
            other.pointer == source.pointer || other.isForAll
                || source.names.map { $0.isExact && other.names?.matches($0.utf8) ?? false } ?? false
        }
        return around.contains { other in
            other.group.limits.contains { $0.scope != .session }
                || other.group.rateLimit.map { $0.scope != .session }
                    ?? false
        }
    }
}
