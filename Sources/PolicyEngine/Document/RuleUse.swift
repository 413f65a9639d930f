/// What a rule's conditions are for: the same condition is judged with the doubt going the safe way.
public enum RuleUse: String, Sendable, Hashable, CaseIterable {
    case denyIf = "deny_if"
    case require
    case approveIf = "approve_if"
}
