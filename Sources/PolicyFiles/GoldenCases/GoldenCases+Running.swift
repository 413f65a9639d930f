public import PolicyEngine
import WireJSON

extension GoldenCases {
    /// Decides every case by the policy.
    public func run(_ policy: Policy) -> [CaseResult] {
        cases.map { $0.run(policy) }
    }
}

extension GoldenCase {
    /// Decides the case by a policy and compares.
    public func run(_ policy: Policy) -> CaseResult {
        let (visibility, rules) = target.judged(by: policy, inputSchema)
        let request = PolicyRequest(arguments: arguments, context: context)
        let differences = differences(visibility, rules.decide(request))
        return CaseResult(
            name: name, file: file, line: line, differences: differences,
            trace: differences.isEmpty ? [] : rules.trace(request).lines)
    }

    private func differences(_ visibility: Visibility, _ decision: Decision) -> [String] {
        switch (expectation, visibility) {
        case (.visible, .visible), (.hidden, .hidden), (.unlisted, .unlisted): return []
        case (.visible, _), (.hidden, _), (.unlisted, _):
            return ["expected the \(target.kind) to be \(expectation.word), it is \(visibility.word)"]
        case (.allow, .hidden), (.allow, .unlisted), (.deny, .hidden), (.deny, .unlisted):
            return ["expected the call to be judged, the \(target.kind) is \(visibility.word)"]
        case (.allow, .visible), (.deny, .visible):
            return differences(decision)
        }
    }

    private func differences(_ decision: Decision) -> [String] {
        switch (expectation, decision) {
        case (.deny(let rule, let message), .denied(let denial)):
            var differences: [String] = []
            if let rule, rule != denial.rule { differences.append("expected \(rule) to deny, \(denial.rule) did") }
            if let message, !message.utf8.elementsEqual(denial.message.utf8) {
                differences.append("expected the message `\(message)`, it is `\(denial.message)`")
            }
            return differences
        case (.allow(let charges, let approvals), .permitted(let obligations)):
            var differences: [String] = []
            if let charges, !Self.agree(charges, obligations.charges) {
                let charged = obligations.charges.map { "\($0.counter) \(Self.units($0.amount))" }
                differences.append("expected other charges than [\(charged.joined(separator: ", "))]")
            }
            if let approvals, approvals != obligations.approvals.map(\.rule) {
                differences.append(
                    "expected \(approvals) to ask for approval, \(obligations.approvals.map(\.rule)) did")
            }
            return differences
        case (.deny, .permitted):
            return ["expected the call to be denied, it is permitted"]
        case (.allow, .denied(let denial)):
            return ["expected the call to be permitted, \(denial.rule) denies it: \(denial.message)"]
        case (.visible, _), (.hidden, _), (.unlisted, _):
            return []
        }
    }

    /// Charges have no order; what a case does not name may be anything.
    private static func agree(_ expected: [ExpectedCharge], _ charges: [Charge]) -> Bool {
        guard expected.count == charges.count else { return false }
        var rest = charges
        for expected in expected {
            guard let found = rest.firstIndex(where: { expected.describes($0) }) else { return false }
            rest.remove(at: found)
        }
        return true
    }

    private static func units(_ millionths: Int64) -> String {
        ExactDecimal("\(millionths)e-6")?.normalised ?? ""
    }
}

extension GoldenCase.Target {
    /// What the policy says of it, and the rules that apply.
    fileprivate func judged(by policy: Policy, _ schema: JSON?) -> (Visibility, ToolRules) {
        switch self {
        case .tool(let name): (policy.visibility(of: name), policy.rules(for: name, inputSchema: schema))
        case .resource(let uri): (policy.visibility(ofResource: uri), policy.rules(forResource: uri))
        case .prompt(let name): (policy.visibility(ofPrompt: name), policy.rules(forPrompt: name, inputSchema: schema))
        }
    }

    fileprivate var kind: String {
        switch self {
        case .tool: "tool"
        case .resource: "resource"
        case .prompt: "prompt"
        }
    }
}

extension GoldenCase.ExpectedCharge {
    fileprivate func describes(_ charge: Charge) -> Bool {
        counter.utf8.elementsEqual(charge.counter.utf8) && amount == charge.amount
            && max.map { $0 == charge.max } ?? true && window.map { $0 == charge.window } ?? true
    }
}

extension GoldenCase.Expectation {
    fileprivate var word: String {
        switch self {
        case .visible: "visible"
        case .hidden: "hidden"
        case .unlisted: "unlisted"
        case .allow: "allowed"
        case .deny: "denied"
        }
    }
}

extension Visibility {
    fileprivate var word: String {
        switch self {
        case .visible: "visible"
        case .hidden: "hidden"
        case .unlisted: "unlisted"
        }
    }
}
