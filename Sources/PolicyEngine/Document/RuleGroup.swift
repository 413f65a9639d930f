/// The rules that one key of `tools`, or `all_tools`, holds: long forms and shorthands.
public struct RuleGroup: Sendable, Equatable {
    /// The shorthand `action`.
    public enum Action: String, Sendable, Hashable, CaseIterable {
        /// The same as no rule.
        case allow
        /// The same as a `deny_if` with no conditions.
        case deny
        /// The same as an element of `hide`.
        case hide
        /// The same as an `approve_if` with no conditions.
        case requireApproval = "require_approval"
    }

    public var require: [ConditionRule]
    public var denyIf: [ConditionRule]
    public var approveIf: [ApprovalRule]
    public var limits: [LimitRule]
    public var action: Action?
    /// The message of `action` and of `rate_limit`.
    public var reason: String?
    public var rateLimit: RateLimit?

    public init(
        require: [ConditionRule] = [],
        denyIf: [ConditionRule] = [],
        approveIf: [ApprovalRule] = [],
        limits: [LimitRule] = [],
        action: Action? = nil,
        reason: String? = nil,
        rateLimit: RateLimit? = nil
    ) {
        self.require = require
        self.denyIf = denyIf
        self.approveIf = approveIf
        self.limits = limits
        self.action = action
        self.reason = reason
        self.rateLimit = rateLimit
    }
}
