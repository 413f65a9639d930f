/// One element of `limits`: calls are counted, or an amount of theirs is summed, against a maximum in a window.
public struct LimitRule: Sendable, Equatable {
    /// How much one call charges.
    public enum Amount: Sendable, Equatable {
        /// In millionths.
        case fixed(Int64)
        /// The number that an argument holds.
        case argument(PolicyPath)
    }

    public var counter: String
    public var window: LimitWindow
    /// In millionths.
    public var max: Int64
    /// The grant's when not said.
    public var scope: LimitScope?
    /// One when not said.
    public var amount: Amount?
    /// Sliding when not said, but for months, which have no other than calendar windows.
    public var alignment: LimitAlignment?
    /// What the agent is told when the limit is exhausted.
    public var onDeny: String?

    public init(
        counter: String,
        window: LimitWindow,
        max: Int64,
        scope: LimitScope? = nil,
        amount: Amount? = nil,
        alignment: LimitAlignment? = nil,
        onDeny: String? = nil
    ) {
        self.counter = counter
        self.window = window
        self.max = max
        self.scope = scope
        self.amount = amount
        self.alignment = alignment
        self.onDeny = onDeny
    }
}
