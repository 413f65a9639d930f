/// Cuts text into words: at spaces and marks, before capitals inside a word, and, where a script has no spaces, into
/// the longest words the lexicon knows.
enum WordReader {
    /// The words of a text, at most `limit`, reading at most `bytes` of it.
    ///
    /// - Parameter isName: Whether capitals inside a word begin a new one, as in `getUserName`.
    static func words(of text: [UInt8], isName: Bool, limit: Int, bytes: Int) -> [Word] {
        let lexicon = Lexicon.shared
        var words: [Word] = []
        words.reserveCapacity(min(limit, 16))
        let end = min(text.count, bytes)
        var i = 0
        var opens = true
        let text = text.span
        while i < end, words.count < limit {
            let byte = text[i]
            if isLetter(byte) || byte >= 0x80 && !isIdeograph(text, i, end) && isLetterLead(text, i, end) {
                let word = readWord(text, &i, end, isName: isName, opens: opens, lexicon)
                if let whole = joined(words.last, with: word, lexicon) {
                    words[words.count - 1] = whole
                } else {
                    words.append(word)
                }
                opens = false
            } else if byte >= 0x80, isIdeograph(text, i, end) {
                if let word = readIdeographs(text, &i, end, opens: opens, lexicon) {
                    words.append(word)
                    opens = false
                }
            } else {
                if byte >= 0xE3, isWideStop(text, i, end) { opens = true }
                // A dash ends a clause, a hyphen does not.
                if isClauseEnd(byte), byte != UInt8(ascii: "-") || i > 0 && text[i - 1] <= 0x20 { opens = true }
                i += 1
            }
        }
        return words
    }

    /// `roll back`, `shut_down`, `tear-down`: one verb in two words.
    private static func joined(_ first: Word?, with second: Word, _ lexicon: Lexicon) -> Word? {
        guard second.key.count <= 4, let first, first.end + 1 == second.start, particleKeys.contains(second.key) else {
            return nil
        }
        var key = first.key
        key.append(second.key)
        let meaning = lexicon.meaning(of: key)
        guard meaning.act != nil else { return nil }
        return Word(
            key: key, start: first.start, end: second.end, meaning: meaning, opensClause: first.opensClause)
    }

    /// Second halves of verbs of two words.
    static let particles = ["back", "down", "up", "off", "out", "over", "in", "away", "anew"]
    private static let particleKeys = particles.map(WordKey.init)

    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

    @inline(__always)
    private static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

    @inline(__always)
    private static func isClauseEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: ";")
            || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "]") || byte == UInt8(ascii: ")")
    }

    /// `。`, `！`, `：`, `；`, `？`: three bytes each.
    private static func isWideStop(_ text: borrowing Span<UInt8>, _ i: Int, _ end: Int) -> Bool {
        guard i + 2 < end else { return false }
        if text[i] == 0xE3 { return text[i + 1] == 0x80 && text[i + 2] == 0x82 }
        return text[i] == 0xEF && text[i + 1] == 0xBC && [0x81, 0x9A, 0x9B, 0x9F].contains(text[i + 2])
    }

    /// Latin-1 to Cyrillic: two bytes, from U+00C0 on.
    private static func isLetterLead(_ text: borrowing Span<UInt8>, _ i: Int, _ end: Int) -> Bool {
        text[i] >= 0xC3 && text[i] <= 0xD4 && i + 1 < end
    }

    /// Han, kana, hangul: three bytes, U+3040 to U+D7A3.
    private static func isIdeograph(_ text: borrowing Span<UInt8>, _ i: Int, _ end: Int) -> Bool {
        guard text[i] >= 0xE3, text[i] <= 0xED, i + 2 < end else { return false }
        return text[i] > 0xE3 || text[i + 1] >= 0x81
    }

    private static func readWord(
        _ text: borrowing Span<UInt8>, _ i: inout Int, _ end: Int, isName: Bool, opens: Bool, _ lexicon: Lexicon
    ) -> Word {
        let start = i
        var key = WordKey()
        while i < end {
            let byte = text[i]
            if isLetter(byte) {
                if isName, i > start, isUpper(byte), beginsWord(text, i, end) { break }
                key.append(byte | 0x20)
                i += 1
            } else if byte >= 0x80, isLetterLead(text, i, end) {
                appendLowered(text[i], text[i + 1], to: &key)
                i += 2
            } else if byte == UInt8(ascii: "'"), i + 1 < end, isLetter(text[i + 1]) {
                key.append(byte)
                i += 1
            } else {
                break
            }
        }
        return Word(key: key, start: start, end: i, meaning: lexicon.meaning(of: key), opensClause: opens)
    }

    /// Whether a capital begins a word: after a small letter, or before one where capitals run (`HTTPServer`).
    private static func beginsWord(_ text: borrowing Span<UInt8>, _ i: Int, _ end: Int) -> Bool {
        if !isUpper(text[i - 1]) { return true }
        return i + 1 < end && isLetter(text[i + 1]) && !isUpper(text[i + 1])
            // A plural of an abbreviation, as in `listVMs`.
            && !(text[i + 1] == UInt8(ascii: "s") && (i + 2 >= end || !isLetter(text[i + 2]) || isUpper(text[i + 2])))
    }

    private static func appendLowered(_ lead: UInt8, _ follow: UInt8, to key: inout WordKey) {
        switch (lead, follow) {
        case (0xC3, 0x80...0x9E) where follow != 0x97:
            key.append(lead)
            key.append(follow + 0x20)
        case (0xD0, 0x90...0x9F):
            key.append(lead)
            key.append(follow + 0x20)
        case (0xD0, 0xA0...0xAF):
            key.append(0xD1)
            key.append(follow - 0x20)
        default:
            key.append(lead)
            key.append(follow)
        }
    }

    /// The longest known word of up to four characters; none is known: one character is passed.
    private static func readIdeographs(
        _ text: borrowing Span<UInt8>, _ i: inout Int, _ end: Int, opens: Bool, _ lexicon: Lexicon
    ) -> Word? {
        let start = i
        var count = 0
        while count < 4, start + 3 * count < end, isIdeograph(text, start + 3 * count, end) { count += 1 }
        while count > 0 {
            var key = WordKey()
            for k in start..<start + 3 * count { key.append(text[k]) }
            let meaning = lexicon.meaning(of: key)
            if meaning != .unknown {
                i = start + 3 * count
                return Word(key: key, start: start, end: i, meaning: meaning, opensClause: opens)
            }
            count -= 1
        }
        i = start + 3
        return nil
    }
}
