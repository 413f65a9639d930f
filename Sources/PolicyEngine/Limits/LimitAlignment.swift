/// How a window lies in time.
public enum LimitAlignment: String, Sendable, Hashable, CaseIterable {
    /// Never more than the maximum in any span as long as the window.
    case sliding
    /// Starts anew at the boundaries of the clock and the calendar.
    case calendar
}
