public import PolicyEngine
public import WireJSON

/// A call and what a policy must say of it.
public struct GoldenCase: Sendable {
    /// What is called, read or used.
    public enum Target: Sendable, Equatable {
        case tool(ToolName)
        /// By its URI.
        case resource(String)
        case prompt(String)
    }

    /// What must come of the call.
    public enum Expectation: Sendable, Equatable {
        /// The target exists for those whom the policy governs; nothing is said of calls.
        case visible
        case hidden
        case unlisted
        /// The call may pass, owing exactly these.
        case allow(charges: [ExpectedCharge]?, approvals: [RuleID]?)
        /// The call may not pass; a rule or message that is `nil` may be any.
        case deny(rule: RuleID?, message: String?)
    }

    /// A charge, as far as a case names it.
    public struct ExpectedCharge: Sendable, Equatable {
        public var counter: String
        /// In millionths; one when the case says none.
        public var amount: Int64
        /// In millionths.
        public var max: Int64?
        public var window: LimitWindow?
    }

    public var name: String
    /// Where the case is written.
    public var file: String
    public var line: Int
    public var target: Target
    /// Of a resource, an object with its `uri`.
    public var arguments: JSON?
    /// The accepted definition's `inputSchema`.
    public var inputSchema: JSON?
    public var context: PolicyContext
    public var expectation: Expectation
}
