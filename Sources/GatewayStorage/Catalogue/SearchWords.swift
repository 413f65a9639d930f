/// The words of a name, or of what somebody typed, as an index compares them: lower-case letters and digits.
///
/// `getUserName` and `get-user_name` have the same three. Digits stay with their letters: `ec2`, `k8s`.
public enum SearchWords {
    /// At most ``StorageBounds/searchWords`` words, each cut at ``StorageBounds/searchWordBytes``.
    public static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        var before: Unicode.Scalar?
        func end() {
            if !word.isEmpty, words.count < StorageBounds.searchWords { words.append(cut(String(word).lowercased())) }
            word = String.UnicodeScalarView()
        }
        let scalars = Array(text.unicodeScalars.prefix(StorageBounds.searchText))
        for (index, scalar) in scalars.enumerated() {
            guard isPart(scalar) else {
                end()
                before = nil
                continue
            }
            let after = index + 1 < scalars.count ? scalars[index + 1] : nil
            if let before, beginsWord(scalar, after: before, before: after) { end() }
            word.append(scalar)
            before = scalar
        }
        end()
        return words.filter { !$0.isEmpty }
    }

    /// All words of a text in one: how it is compared where people leave out what stands between words.
    public static func joined(_ words: [String]) -> String { cut(words.joined()) }

    /// `userName` and `HTTPServer` have two words each.
    private static func beginsWord(
        _ scalar: Unicode.Scalar, after before: Unicode.Scalar, before next: Unicode.Scalar?
    ) -> Bool {
        guard isCapital(scalar) else { return false }
        return !isCapital(before) || next.map(isSmall) == true
    }

    private static func isCapital(_ scalar: Unicode.Scalar) -> Bool { scalar >= "A" && scalar <= "Z" }

    private static func isSmall(_ scalar: Unicode.Scalar) -> Bool { scalar >= "a" && scalar <= "z" }

    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return isCapital(scalar) || isSmall(scalar) || (scalar >= "0" && scalar <= "9") }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }

    /// No longer than a word may be, ending where a scalar does.
    private static func cut(_ word: String) -> String {
        var kept = String.UnicodeScalarView()
        var bytes = 0
        for scalar in word.unicodeScalars {
            bytes += UTF8.width(scalar)
            guard bytes <= StorageBounds.searchWordBytes else { break }
            kept.append(scalar)
        }
        return String(kept)
    }
}
