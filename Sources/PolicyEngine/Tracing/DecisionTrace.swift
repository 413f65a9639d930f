/// A decision told step by step: which rule, which path, what it saw, what it wanted.
///
/// Made by ``ToolRules/trace(_:)`` for `policy explain`, the console and the audit of denials. Unlike a decision it
/// judges every rule, also those that could not change the outcome any more.
public struct DecisionTrace: Sendable {
    /// One rule.
    public struct Step: Sendable, Hashable {
        public enum Use: String, Sendable, Hashable {
            case denyIf = "deny_if"
            case require
            case approveIf = "approve_if"
            case limit
        }

        public var rule: RuleID
        public var use: Use
        /// How its conditions together ended; a limit has none and holds.
        public var judgement: Judgement
        /// What the rule did, in words: `denies`, `passes`, `asks`, `does not act`, or what a limit charges.
        public var effect: String
        public var findings: [Finding]
    }

    /// One condition of a rule.
    public struct Finding: Sendable, Hashable {
        /// How many `any`, `all` and `not` it stands in.
        public var depth: Int
        public var subject: Subject
        public var judgement: Judgement

        public enum Subject: Sendable, Hashable {
            /// A comparison: its path, its operator and value (`gt 10000`), and what the path showed.
            case comparison(path: String, wanted: String, saw: String)
            /// `any`, `all` or `not`: what follows with a greater depth is in it.
            case combination(String)
        }
    }

    public let decision: Decision
    public let steps: [Step]

    /// The trace as text for people, one line for each rule and condition, the decision last.
    public var lines: [String] {
        var lines: [String] = []
        for step in steps {
            lines.append("\(Glimpse.shown(step.rule.description)) \(step.effect)")
            for finding in step.findings {
                let indent = String(repeating: "    ", count: finding.depth + 1)
                switch finding.subject {
                case .comparison(let path, let wanted, let saw):
                    lines.append("\(indent)\(path) \(wanted): \(finding.judgement) (saw \(saw))")
                case .combination(let name):
                    lines.append("\(indent)\(name): \(finding.judgement)")
                }
            }
        }
        return lines + [decision.line]
    }
}

extension Decision {
    fileprivate var line: String {
        switch self {
        case .denied(let denial):
            return "denied by \(Glimpse.shown(denial.rule.description)): \(Glimpse.shown(denial.message))"
        case .permitted(let obligations):
            let owed = [
                obligations.approvals.isEmpty ? nil : "\(obligations.approvals.count) approval(s)",
                obligations.charges.isEmpty ? nil : "\(obligations.charges.count) charge(s)",
            ].compactMap { $0 }
            return owed.isEmpty ? "permitted" : "permitted, owing " + owed.joined(separator: " and ")
        }
    }
}
