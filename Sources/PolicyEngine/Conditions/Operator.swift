/// How a condition compares what its path shows with its value.
public enum Operator: String, Sendable, Hashable, CaseIterable {
    case equal = "eq"
    case notEqual = "neq"
    case less = "lt"
    case lessOrEqual = "lte"
    case greater = "gt"
    case greaterOrEqual = "gte"
    case isIn = "in"
    case isNotIn = "not_in"
    case exists
    case contains
    case regex

    /// Operators of the language that this version does not judge yet.
    public static let awaited = ["path_within", "host_in", "ip_in"]
}
