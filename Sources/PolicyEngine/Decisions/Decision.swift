/// What the policy says about one call.
public enum Decision: Sendable, Hashable {
    /// The call may not pass.
    case denied(Denial)
    /// The call may pass once everything it owes is paid.
    case permitted(Obligations)
}
