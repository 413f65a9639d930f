/// The regular English forms of a word, as they stand in names and at the head of a description.
enum Inflection {
    /// `delete` → `deletes`; `copy` → `copies`. Also a noun's plural.
    static func s(_ word: String) -> String {
        if word.hasSuffix("y"), let before = word.utf8.dropLast().last, !isVowel(before) {
            return word.dropLast() + "ies"
        }
        let hisses = ["s", "x", "z", "ch", "sh"].contains { word.hasSuffix($0) }
        return word + (hisses ? "es" : "s")
    }

    /// `delete` → `deleting`; `run` → `running`.
    static func ing(_ word: String) -> String {
        if word.hasSuffix("e"), !word.hasSuffix("ee") { return word.dropLast() + "ing" }
        return (doublesLast(word) ? word + String(word.suffix(1)) : word) + "ing"
    }

    private static func doublesLast(_ word: String) -> Bool {
        let letters = Array(word.utf8.suffix(3))
        guard letters.count == 3, word.utf8.count <= 4 || ["omit", "efer"].contains(String(word.suffix(4))) else {
            return false
        }
        let last = letters[2]
        return !isVowel(letters[0]) && isVowel(letters[1]) && !isVowel(last) && !Array("wxy".utf8).contains(last)
    }

    private static func isVowel(_ byte: UInt8) -> Bool { Array("aeiou".utf8).contains(byte) }
}
