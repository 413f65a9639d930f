/// Which of several rules that would say the same is the one reported: an exact key before patterns, the longer literal
/// text first, then document order (policy.md section 3). The outcome never depends on it.
struct RuleRank: Sendable, Comparable {
    private let isPattern: Bool
    private let literalLength: Int
    private let position: Int

    init(of names: NamePattern, at position: Int) {
        self.init(isPattern: !names.isExact, literalLength: names.literalLength, position: position)
    }

    private init(isPattern: Bool, literalLength: Int, position: Int) {
        self.isPattern = isPattern
        self.literalLength = literalLength
        self.position = position
    }

    /// That of `all_tools`.
    static let all = RuleRank(isPattern: true, literalLength: 0, position: -1)

    static func < (left: RuleRank, right: RuleRank) -> Bool {
        if left.isPattern != right.isPattern { return right.isPattern }
        if left.literalLength != right.literalLength { return left.literalLength > right.literalLength }
        return left.position < right.position
    }
}
