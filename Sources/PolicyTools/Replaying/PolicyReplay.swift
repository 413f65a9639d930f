public import PolicyEngine
import WireJSON

/// Judges recorded calls under another policy, in the order in which they were made.
///
/// Only what the record tells is taken for known. A call whose arguments were not captured is decided where no rule that
/// applies looks at them, or where another denies it anyway; otherwise it is undecidable, and so is whatever hangs on a
/// limit that an undecidable call may have charged.
public struct PolicyReplay: Sendable {
    private let document: PolicyDocument
    private let sources: RuleSources
    private let full: Policy
    /// Without the rules that ask what no record tells.
    private let contextual: Policy
    /// Without those that look at arguments either.
    private let argumentless: Policy
    private let tools: ToolDefinitions?
    private var histories: [CounterName: ChargeHistory] = [:]

    private struct CounterName: Hashable {
        let counter: [UInt8]
        let scope: [UInt8]
        let window: LimitWindow
        let alignment: LimitAlignment
    }

    /// - Parameter tools: the definitions that were in force; without them a call that leaves out an argument a rule
    ///   looks at is undecidable, for it may have a default.
    public init(_ document: PolicyDocument, tools: ToolDefinitions? = nil) throws(PolicyError) {
        self.document = document
        self.sources = RuleSources(document)
        self.tools = tools
        self.full = try Policy(compiling: document, id: "replay", version: 1)
        self.contextual = try Policy(
            compiling: document.without(UnknownFacts(arguments: false)), id: "replay", version: 1)
        self.argumentless = try Policy(
            compiling: document.without(UnknownFacts(arguments: true)), id: "replay", version: 1)
    }

    /// Judges the next call.
    public mutating func judge(_ call: RecordedCall) -> ReplayVerdict {
        switch full.visibility(of: call.tool) {
        case .visible: break
        case .hidden(let rule): return .notVisible(rule)
        case .unlisted: return .notVisible(.defaultDeny)
        }
        let facts: UnknownFacts
        let policy: Policy
        let arguments: JSON?
        switch call.arguments {
        case .notCaptured:
            (facts, policy, arguments) = (UnknownFacts(arguments: true), argumentless, nil)
        case .known(let known):
            let isDefined = tools?[call.tool] != nil
            let had = isDefined ? nil : known?.members.map { $0.key.string } ?? []
            facts = UnknownFacts(arguments: false, absentMayHaveDefault: had)
            (policy, arguments) = (contextual, known)
        }
        let unknown = unknown(of: call, facts)
        let schema = tools?[call.tool]?.inputSchema
        let rules: ToolRules
        if let unknown, case .known = call.arguments {
            // Which rules remain depends on the arguments that this call had.
            guard let own = try? Policy(compiling: document.about(call.tool).without(facts), id: "replay", version: 1)
            else {
                return .undecidable(unknown)
            }
            rules = own.rules(for: call.tool, inputSchema: schema)
        } else {
            rules = policy.rules(for: call.tool, inputSchema: schema)
        }
        let context = PolicyContext(
            tool: call.tool, serverName: call.server, grantLabel: call.grant, principalID: call.principal,
            time: call.time)
        switch rules.decide(PolicyRequest(arguments: arguments, context: context)) {
        case .denied(let denial):
            return .denied(denial.rule, message: denial.message)
        case .permitted(let owed):
            if let unknown {
                chargeAll(of: call, owed.charges)
                return .undecidable(unknown)
            }
            return pay(owed, for: call)
        }
    }

    /// What a rule needs that is not known of this call; `nil` when every rule can be judged.
    private func unknown(of call: RecordedCall, _ facts: UnknownFacts) -> String? {
        for source in sources.applying(to: call.tool) {
            for rule in source.rules(for: call.tool.description) {
                if let fact = facts.needed(by: rule) { return fact }
            }
        }
        return nil
    }

    private mutating func pay(_ owed: Obligations, for call: RecordedCall) -> ReplayVerdict {
        let isUTC = document.timezone.map { $0.name == "UTC" } ?? true
        var verdict = ReplayVerdict.allowed
        for charge in owed.charges {
            switch histories[name(of: charge, call), default: ChargeHistory()].fit(charge, at: call.time, isUTC: isUTC)
            {
            case .exceeds: return .limited(charge.rule)
            case .unknown:
                verdict = .undecidable(
                    "whether \(Wording.quoted(charge.rule)) has room hangs on calls not decided here")
            case .fits: break
            }
        }
        if case .allowed = verdict, let approval = owed.approvals.first { verdict = .held(approval.rule) }
        // Whether a person would have consented is not known either.
        for charge in owed.charges {
            histories[name(of: charge, call), default: ChargeHistory()].add(
                charge.amount, at: call.time, isCertain: verdict == .allowed, within: charge.window)
        }
        return verdict
    }

    /// An undecidable call may have charged every counter it could.
    private mutating func chargeAll(of call: RecordedCall, _ charges: [Charge]) {
        for charge in charges {
            histories[name(of: charge, call), default: ChargeHistory()].add(
                charge.amount, at: call.time, isCertain: false, within: charge.window)
        }
        for source in sources.applying(to: call.tool) {
            for case .limit(let limit) in source.rules(for: call.tool.description).map(\.effect) {
                guard case .argument = limit.amount else { continue }
                let charge = Charge(
                    counter: limit.counter, window: limit.window, max: limit.max, amount: 0,
                    scope: limit.scope ?? .grant,
                    alignment: limit.alignment ?? (limit.window == .month ? .calendar : .sliding),
                    rule: RuleID(pointer: source.pointer))
                histories[name(of: charge, call), default: ChargeHistory()].add(
                    nil, at: call.time, isCertain: false, within: limit.window)
            }
        }
    }

    private func name(of charge: Charge, _ call: RecordedCall) -> CounterName {
        let scope =
            switch charge.scope {
            case .grant: call.grant
            case .session: call.session ?? call.grant
            case .principal: call.principal ?? call.grant
            case .server: call.server
            case .organisation: ""
            }
        return CounterName(
            counter: Array(charge.counter.utf8), scope: Array(scope.utf8), window: charge.window,
            alignment: charge.alignment)
    }
}
