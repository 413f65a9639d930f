/// Whose calls share a counter.
public enum LimitScope: String, Sendable, Hashable, CaseIterable {
    case grant
    case session
    case principal
    case server
    case organisation
}
