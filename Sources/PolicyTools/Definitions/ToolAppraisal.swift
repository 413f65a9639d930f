/// What a tool does and how dangerous that is, as far as policies are concerned.
///
/// The catalogue says it best; whoever has none uses ``careful(_:)``. Everything here takes an ``Appraiser``, so that one
/// can be put in the other's place.
public struct ToolAppraisal: Sendable, Hashable {
    public enum Category: String, Sendable, Hashable, CaseIterable {
        case read
        case write
        case execute
        case destructive
        case financial
    }

    /// What a starting policy should say of the tool.
    public enum Advice: Sendable, Hashable {
        /// The same as `{}`.
        case allow
        /// A `rate_limit`; the window in seconds.
        case limit(max: Int, window: Int64)
        case requireApproval
        case deny
        case hide
    }

    public var category: Category
    public var advice: Advice
    /// What speaks for it, in words of our own: `its name says delete`.
    public var evidence: String

    public init(category: Category, advice: Advice, evidence: String) {
        self.category = category
        self.advice = advice
        self.evidence = evidence
    }

    /// What cannot be undone, or moves money.
    var isGrave: Bool { category == .destructive || category == .financial }
}

/// Says what a tool does. Must be quick: it is asked for every tool.
public typealias Appraiser = @Sendable (ToolDefinition) -> ToolAppraisal
