public import PolicyEngine

/// The tools that a pattern of a policy names.
public struct PatternReach: Sendable, Hashable {
    /// What the document says of them.
    public enum Use: String, Sendable, Hashable {
        case hides
        case lists
    }

    public var pattern: String
    /// Where it stands, as a JSON Pointer.
    public var pointer: String
    public var use: Use
    /// In the server's order.
    public var tools: [ToolName]
}
