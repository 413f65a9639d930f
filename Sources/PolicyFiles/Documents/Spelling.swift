/// Guesses what a misspelt word was meant to be.
public enum Spelling {
    /// Words longer than this are not guessed at, so that no document can make guessing slow.
    private static let longest = 64

    /// `did you mean …?` with the nearest of the words, if one is near.
    public static func suggestion(_ word: String, among words: [String]) -> String? {
        nearest(to: word, among: words).map { "did you mean `\($0)`?" }
    }

    /// The word with the fewest typing mistakes between it and what was written; nil when none is near.
    static func nearest(to word: String, among words: [String]) -> String? {
        let typed = Array(word.lowercased().unicodeScalars)
        guard typed.count <= longest else { return nil }
        let near = words.map { (steps: distance(typed, Array($0.unicodeScalars)), word: $0) }
            .filter { $0.steps <= max(1, min(typed.count, $0.word.unicodeScalars.count) / 3) }
        return near.min { ($0.steps, $0.word) < ($1.steps, $1.word) }?.word
    }

    /// Insertions, removals, replacements and swaps of neighbours from one word to the other (optimal string
    /// alignment).
    private static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
        guard other.count <= longest else { return .max }
        var before: [Int] = []
        var last = Array(0...other.count)
        for (row, left) in one.enumerated() {
            var next = [row + 1]
            for (column, right) in other.enumerated() {
                var steps = min(last[column + 1] + 1, next[column] + 1, last[column] + (left == right ? 0 : 1))
                if row > 0, column > 0, left == other[column - 1], one[row - 1] == right {
                    steps = min(steps, before[column - 1] + 1)
                }
                next.append(steps)
            }
            before = last
            last = next
        }
        return last[other.count]
    }
}
