import PolicyEngine

/// A comparison of a rule, with its place and what it stands in.
struct ComparisonSite: Sendable {
    let pointer: String
    let comparison: Comparison
    /// An odd number of `not` are around it.
    let isNegated: Bool
    /// Every comparison of the rule must hold: none of `any`, `not` is around it.
    let isPlain: Bool

    /// The comparisons of a list of conditions, in order.
    static func all(in conditions: [Condition], at pointer: String) -> [ComparisonSite] {
        all(in: conditions, at: pointer, isNegated: false, isPlain: true)
    }

    private static func all(
        in conditions: [Condition], at pointer: String, isNegated: Bool, isPlain: Bool
    ) -> [ComparisonSite] {
        conditions.enumerated().flatMap { index, condition in
            sites(in: condition, at: "\(pointer)/\(index)", isNegated: isNegated, isPlain: isPlain)
        }
    }

    private static func sites(
        in condition: Condition, at pointer: String, isNegated: Bool, isPlain: Bool
    ) -> [ComparisonSite] {
        switch condition {
        case .comparison(let comparison):
            [ComparisonSite(pointer: pointer, comparison: comparison, isNegated: isNegated, isPlain: isPlain)]
        case .any(let conditions):
            all(in: conditions, at: pointer + "/any", isNegated: isNegated, isPlain: false)
        case .all(let conditions):
            all(in: conditions, at: pointer + "/all", isNegated: isNegated, isPlain: isPlain && !isNegated)
        case .not(let condition):
            sites(in: condition, at: pointer + "/not", isNegated: !isNegated, isPlain: false)
        }
    }
}
