import PolicyEngine
import WireJSON

/// What a record does not tell, and a rule may ask.
struct UnknownFacts: Sendable {
    /// The values of the arguments are not known.
    var arguments: Bool
    /// Argument names that the call had; what it had not may have a default that nobody has told.
    var absentMayHaveDefault: [String]?

    /// A fact that the rule needs and the record has not, in words; `nil` when the rule can be judged.
    func needed(by rule: ToolRule) -> String? {
        if case .limit(let limit) = rule.effect {
            guard case .argument(let path) = limit.amount else { return nil }
            return needed(by: path)
        }
        for site in ComparisonSite.all(in: rule.conditions ?? [], at: "") {
            if let fact = needed(by: site.comparison.path) { return fact }
        }
        return nil
    }

    private func needed(by path: PolicyPath) -> String? {
        switch path.root {
        case .arguments(let steps):
            if arguments { return "the values of its arguments were not captured" }
            guard let had = absentMayHaveDefault, case .key(let key) = steps.first else { return nil }
            let isThere = had.contains { $0.utf8.elementsEqual(key) }
            return isThere
                ? nil : "whether \(Wording.quoted(path)) has a default is not known; give the tools' definitions"
        case .context(let field):
            switch field {
            case .toolName, .serverName, .grantLabel, .principalID, .timeHour, .timeWeekday: return nil
            case .toolCategory, .toolRisk, .grantTag, .principalEmail:
                return "\(Wording.quoted(path)) is not in the audit"
            }
        }
    }
}

extension PolicyDocument {
    /// The document without the rules about tools that need a fact that is not known: it never denies more.
    func without(_ facts: UnknownFacts) -> PolicyDocument {
        var document = self
        document.allTools = allTools.map { $0.without(facts, at: "/all_tools") }
        document.tools.entries = tools.entries.map {
            RuleSection.Entry($0.names, $0.group.without(facts, at: ""))
        }
        return document
    }

    /// The document with the keys that apply to one tool only.
    func about(_ tool: ToolName) -> PolicyDocument {
        var document = self
        document.tools.entries = tools.entries.filter { $0.names.matches(tool) }
        return document
    }
}

extension RuleGroup {
    fileprivate func without(_ facts: UnknownFacts, at pointer: String) -> RuleGroup {
        var group = self
        func isKnown(_ effect: ToolRule.Effect) -> Bool {
            facts.needed(by: ToolRule(pointer: pointer, effect: effect)) == nil
        }
        // A rule keeps its place in its list, so that it keeps its id: what cannot be judged becomes what never acts.
        group.denyIf = denyIf.map { isKnown(.deny($0.conditions, message: nil)) ? $0 : Self.neverActs }
        group.approveIf = approveIf.map { isKnown(.approve($0)) ? $0 : ApprovalRule(conditions: Self.never) }
        group.require = require.map {
            isKnown(.require($0.conditions, message: nil)) ? $0 : ConditionRule(conditions: [])
        }
        group.limits = limits.map { limit in
            guard !isKnown(.limit(limit)) else { return limit }
            var free = limit
            free.amount = .fixed(0)
            return free
        }
        return group
    }

    private static let never: [Condition] = [.any([])]
    private static let neverActs = ConditionRule(conditions: never)
}
