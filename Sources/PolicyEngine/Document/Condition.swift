/// Something that holds for a call, does not hold, or cannot be judged.
public indirect enum Condition: Sendable, Equatable {
    case comparison(Comparison)
    case any([Condition])
    case all([Condition])
    case not(Condition)

    /// The comparisons in it, in order.
    public var comparisons: [Comparison] {
        switch self {
        case .comparison(let comparison): [comparison]
        case .any(let conditions), .all(let conditions): conditions.flatMap(\.comparisons)
        case .not(let condition): condition.comparisons
        }
    }
}
