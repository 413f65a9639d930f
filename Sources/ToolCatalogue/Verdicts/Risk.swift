/// How much harm one wrong call can do. The raw text is the word that policies and pages use.
public enum Risk: String, Sendable, Hashable, CaseIterable, Comparable {
    case low = "Low"
    case medium = "Medium"
    case high = "High"
    case critical = "Critical"

    /// From 0, Low, to 3, Critical.
    public var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        case .critical: 3
        }
    }

    public static func < (one: Risk, other: Risk) -> Bool { one.rank < other.rank }

    /// One step up, at most to Critical.
    var raised: Risk { Risk.allCases[min(rank + 1, 3)] }

    /// One step down, at most to Low.
    var lowered: Risk { Risk.allCases[max(rank - 1, 0)] }
}
