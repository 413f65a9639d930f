public import WireJSON

/// One call, as the policy judges it.
public struct PolicyRequest: Sendable {
    /// The call's `arguments` as received; `nil` when the call has none, which is judged like `{}`.
    public var arguments: JSON?
    public var context: PolicyContext

    public init(arguments: JSON?, context: PolicyContext) {
        self.arguments = arguments
        self.context = context
    }
}
