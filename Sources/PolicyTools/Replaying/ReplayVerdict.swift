public import PolicyEngine

/// What another policy says of a recorded call.
public enum ReplayVerdict: Sendable, Hashable {
    case allowed
    /// A person would be asked.
    case held(RuleID)
    case denied(RuleID, message: String)
    /// The limit would be used up.
    case limited(RuleID)
    /// The tool would not exist for the agent.
    case notVisible(RuleID)
    /// It cannot be told, and why; never counted as allowed.
    case undecidable(String)

    /// The word in reports, and the keys of their counts.
    public var word: String {
        switch self {
        case .allowed: "allowed"
        case .held: "held"
        case .denied: "denied"
        case .limited: "limited"
        case .notVisible: "not_visible"
        case .undecidable: "undecidable"
        }
    }

    /// In the order of reports.
    public static let words = ["allowed", "held", "denied", "limited", "not_visible", "undecidable"]

    var detail: String {
        switch self {
        case .allowed: ""
        case .held(let rule), .limited(let rule), .notVisible(let rule): rule.description
        case .denied(let rule, let message): "\(rule) \(message)"
        case .undecidable(let why): why
        }
    }
}
