/// How many slips of a finger lie between two texts: a letter too many, too few, another, or two neighbours exchanged
/// (optimal string alignment).
public enum EditDistance {
    /// The distance, where it is not more than `reach`; only what can still lead there is worked out.
    public static func between(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>, within reach: Int) -> Int? {
        let (one, other) = (Array(one), Array(other))
        guard abs(one.count - other.count) <= reach else { return nil }
        let far = reach + 1
        var twoBack = Array(repeating: far, count: other.count + 1)
        var oneBack = (0...other.count).map { min($0, far) }
        var row = oneBack
        for i in 1..<(one.count + 1) {
            row[0] = min(i, far)
            var least = row[0]
            for j in 1..<(other.count + 1) {
                guard abs(i - j) <= reach else {
                    row[j] = far
                    continue
                }
                let isSame = one[i - 1] == other[j - 1]
                var best = min(oneBack[j] + 1, row[j - 1] + 1, oneBack[j - 1] + (isSame ? 0 : 1))
                if i > 1, j > 1, one[i - 1] == other[j - 2], one[i - 2] == other[j - 1] {
                    best = min(best, twoBack[j - 2] + 1)
                }
                row[j] = min(best, far)
                least = min(least, row[j])
            }
            guard least <= reach else { return nil }
            (twoBack, oneBack, row) = (oneBack, row, twoBack)
        }
        return oneBack[other.count] <= reach ? oneBack[other.count] : nil
    }
}
