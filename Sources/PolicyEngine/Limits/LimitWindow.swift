/// The span of time a limit counts over, whatever its spelling: `minute`, `60` and `"60s"` are one window.
public enum LimitWindow: Sendable, Hashable {
    case seconds(Int64)
    /// A calendar month; never slides.
    case month
}
