/// The shorthand `rate_limit`: one limit on the number of calls, named after the tool called.
public struct RateLimit: Sendable, Equatable {
    /// In millionths.
    public var max: Int64
    public var window: LimitWindow
    /// The grant's when not said.
    public var scope: LimitScope?

    public init(max: Int64, window: LimitWindow, scope: LimitScope? = nil) {
        self.max = max
        self.window = window
        self.scope = scope
    }

    /// The limit it stands for.
    func limit(on counter: String) -> LimitRule {
        LimitRule(counter: counter, window: window, max: max, scope: scope ?? .grant)
    }
}
