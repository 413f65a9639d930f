/// Whether a tool exists for those whom the policy governs.
///
/// Whether the tool's definition has been accepted is not the policy's matter and is not said here.
public enum Visibility: Sendable, Hashable {
    case visible
    /// Named by `hide` or `action: hide`.
    case hidden(by: RuleID)
    /// No key of `tools` lists it, and `default` is `deny`.
    case unlisted
}
