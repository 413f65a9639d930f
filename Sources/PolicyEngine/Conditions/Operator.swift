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
    case pathWithin = "path_within"
    case hostIn = "host_in"
    case ipIn = "ip_in"
}
