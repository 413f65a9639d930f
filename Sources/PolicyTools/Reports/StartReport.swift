import PolicyEngine

/// What `policy init` says beside the policy.
public enum StartReport {
    /// One line for each tool: what the policy says of it, and why.
    public static func text(_ start: PolicyStarter.Start) -> String {
        let widest = start.reasons.map { Wording.shown($0.tool.description).count }.max() ?? 0
        var lines = start.reasons.map { tool, appraisal in
            let name = Wording.shown(tool.description)
            let pad = String(repeating: " ", count: widest - name.count)
            return "\(name)\(pad)  \(word(appraisal.advice)): \(Wording.safe(appraisal.evidence))"
        }
        for tool in start.unlisted {
            lines.append("\(Wording.shown(tool.description))  not listed, and so denied: `*` in a name is a pattern")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func word(_ advice: ToolAppraisal.Advice) -> String {
        switch advice {
        case .allow: "allowed"
        case .limit(let max, let window): "\(max) calls in \(window) seconds"
        case .requireApproval: "a person is asked"
        case .deny: "denied"
        case .hide: "hidden"
        }
    }
}
