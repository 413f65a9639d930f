public import PolicyEngine

/// The rule this project proposes for one tool, and why.
///
/// By risk, then category: Critical is hidden, but for Financial, which a person approves; Destructive, Financial and
/// a High Read or Write need approval; Execute and Write are limited; what is left is allowed.
public struct Recommendation: Sendable, Hashable {
    /// What is proposed.
    public enum Action: String, Sendable, Hashable, CaseIterable {
        /// Not listed to the agent, and denied.
        case hide
        /// A person consents to each call.
        case approval
        /// Allowed, so many calls a minute for each grant.
        case limit
        /// Allowed.
        case allow
    }

    public let action: Action
    /// Calls a minute for each grant; set where `action` is ``Action/limit``.
    public let callsAMinute: Int64?
    /// Why, in one sentence of our own: what an approver or an agent may be shown.
    public let reason: String

    public init(for verdict: Classification) {
        let action = Self.action(verdict.category, verdict.risk)
        self.action = action
        callsAMinute = action == .limit ? (verdict.category == .execute ? 10 : 30) : nil
        reason = Self.reason(verdict)
    }

    /// What stands under the tool's name in `tools`; nil for a tool that is listed under `hide`.
    public var group: RuleGroup? {
        switch action {
        case .hide: nil
        case .approval: RuleGroup(action: .requireApproval, reason: reason)
        case .limit: RuleGroup(rateLimit: callsAMinute.map { RateLimit(max: $0 * 1_000_000, window: .seconds(60)) })
        case .allow: RuleGroup()
        }
    }

    static func action(_ category: Category, _ risk: Risk) -> Action {
        switch (category, risk) {
        case (.financial, _): .approval
        case (_, .critical): .hide
        case (.destructive, _), (.read, .high), (.write, .high): .approval
        case (.execute, _), (.write, _): .limit
        case (.read, .low), (.read, .medium): .allow
        }
    }

    private static func reason(_ verdict: Classification) -> String {
        let concern = verdict.evidence.lazy.compactMap { evidence -> Concern? in
            guard case .raises(let concern) = evidence.claim else { return nil }
            return concern
        }.first
        let level = "\(verdict.risk.rawValue) risk, \(verdict.category.rawValue)."
        return concern.map { "\(level) \($0.sentence(of: verdict.category))." } ?? level
    }
}
