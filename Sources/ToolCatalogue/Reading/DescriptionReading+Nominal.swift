/// A text that only names what comes back: a noun phrase, or a question.
extension DescriptionReading {
    enum Opening {
        /// `The 20 newest orders`, `Pages that point at this one`: several, or what is there.
        case several
        /// `A template for letters`, `Difference between two files`: one.
        case one
        /// `Which tables nobody reads`, `Can this ticket still be voided?`
        case question
    }

    /// What the first sentence opens with where it is no clause, with the words that say so.
    func nominal(in text: [UInt8]) -> (opening: Opening, words: Range<Int>)? {
        guard let first = words.first else { return nil }
        if isQuestion(text) { return (.question, 0..<1) }
        if words.count > 2, WordSet.telling.contains(first.key), WordSet.asking.contains(words[1].key) {
            return (.question, 0..<2)
        }
        if first.meaning.isSureVerb || isActNoun(text) { return nil }
        let end = min(firstSentence, words.count)
        if isPassive(before: end) { return nil }
        if WordSet.quantities.contains(first.key) {
            return end > 1 && !isClause(from: 1, in: text) ? (.several, 0..<2) : nil
        }
        let start = words.indices.prefix(4).first { !WordSet.articles.contains(words[$0].key) } ?? 0
        guard start < end else { return nil }
        let isArticled = start > 0
        let describes = WordSet.describing.contains(words[start].key) || isParticiple(words[start])
        if let heading = heading(in: text) { return (.several, heading..<heading + 1) }
        guard isArticled || describes || isNounAlone(start, in: text) else { return nil }
        // `The server deletes …`: a verb that the reader did not take for the lead would still be one.
        if isClause(from: start, in: text) { return nil }
        let noun = headNoun(from: start, in: text)
        if words[noun].meaning.isSureVerb { return nil }
        return (isSeveral(noun, in: text) ? .several : .one, noun..<noun + 1)
    }

    /// `All pages are deleted`; what stands behind `that` or `which` only describes.
    private func isPassive(before end: Int) -> Bool {
        for position in words.indices.prefix(end).dropFirst() {
            if WordSet.relatives.contains(words[position].key) { return false }
            guard WordSet.passive.contains(words[position].key) else { continue }
            let behind = words[(position + 1)...].prefix(3)
            if behind.contains(where: { isParticiple($0) || WordSet.undergone.contains($0.key) }) { return true }
        }
        return false
    }

    /// `Pages vanish`: a plural with a word behind it that is no plural describes nothing.
    private func isClause(from start: Int, in text: [UInt8]) -> Bool {
        let noun = headNoun(from: start, in: text)
        return (start..<noun).contains { position in
            endsInS(words[position], text) && !WordSet.uncountable.contains(words[position].key)
                && !endsInS(words[position + 1], text) && !isParticiple(words[position + 1])
                && ![0x75, 0x69].contains(text[words[position].end - 2] | 0x20)
        }
    }

    /// `Configuration: place, units and time zone`: a few words before a colon, and no verb behind it.
    private func heading(in text: [UInt8]) -> Int? {
        let last = words.indices.prefix(4).first { text[words[$0].end...].first == UInt8(ascii: ":") }
        guard let last, last > 0, last + 2 < words.count, words[...last].allSatisfy({ !$0.meaning.isSureVerb }),
            text[words[last + 1].end..<words[last + 2].start].contains(UInt8(ascii: ","))
        else { return nil }
        return words[(last + 1)...].prefix(6).contains(where: \.meaning.isSureVerb) ? nil : last
    }

    /// `Which …`, `Who …`, and what ends in a question mark; no command behind a comma.
    func isQuestion(_ text: [UInt8]) -> Bool {
        guard let first = words.first, words.count > 2 else { return false }
        let end = min(firstSentence, words.count)
        if WordSet.asking.contains(first.key) {
            return !(1..<end).contains { isCommandAfterComma($0, in: text) }
        }
        // `When the contracts will run out`, but not `When called deletes …`
        if WordSet.moments.contains(first.key),
            (1..<end).allSatisfy({ !words[$0].meaning.isSureVerb || WordSet.modal.contains(words[$0 - 1].key) }),
            (1..<end).contains(where: { WordSet.modal.contains(words[$0].key) })
        {
            return true
        }
        guard WordSet.asked.contains(first.key) else { return false }
        return end < words.count
            ? text[words[end - 1].end..<words[end].start].contains(UInt8(ascii: "?"))
            : text[words[end - 1].end...].first == UInt8(ascii: "?")
    }

    private func isCommandAfterComma(_ position: Int, in text: [UInt8]) -> Bool {
        words[position].meaning.isSureVerb
            && (words[position].opensClause
                || text[words[position - 1].end..<words[position].start].contains(UInt8(ascii: ",")))
    }

    /// A noun that something follows which no verb would be followed by: `Stock per warehouse`, `Names, teams and …`.
    private func isNounAlone(_ position: Int, in text: [UInt8]) -> Bool {
        let word = words[position]
        guard !word.meaning.isSureVerb, !WordSet.prose.contains(word.key), position + 1 < words.count else {
            return false
        }
        let next = words[position + 1]
        let gap = text[word.end..<next.start]
        if gap.contains(UInt8(ascii: ",")) || gap.contains(UInt8(ascii: "(")) || gap.contains(UInt8(ascii: "/")) {
            return !next.meaning.isSureVerb
        }
        if position + 1 >= firstSentence { return !word.meaning.isVerb }
        if WordSet.ofWhat.contains(next.key) { return true }
        if next.things.contains(.joins) {
            // `Enters or leaves the mode`: two verbs.
            return word.meaning.act == nil && position + 2 < words.count && words[position + 2].meaning.act == nil
        }
        let isPlural = endsInS(word, text)
        if isPlural, next.things.contains(.preposition) || isParticiple(next) {
            return !WordSet.away.contains(next.key)
        }
        // `Room id and …`: two nouns.
        guard word.meaning.act == nil, !word.things.isSubset(of: Self.unnamed), position + 2 < words.count else {
            return false
        }
        return WordSet.ofWhat.contains(words[position + 2].key) || words[position + 2].things.contains(.joins)
    }

    /// The last word before a preposition, a mark or a relative clause.
    private func headNoun(from start: Int, in text: [UInt8]) -> Int {
        var position = start
        let end = min(firstSentence, words.count)
        while position + 1 < end, position < start + 6 {
            let next = words[position + 1]
            guard next.start == words[position].end + 1, text[words[position].end] == 0x20 else { break }
            if next.things.contains(.preposition) || WordSet.ofWhat.contains(next.key) || isParticiple(next) { break }
            position += 1
        }
        return position
    }

    /// `Deletion of a user`, `A bank transfer to …`: what is done, as a noun.
    private func isActNoun(_ text: [UInt8]) -> Bool {
        words.prefix(min(firstSentence, 6)).prefix { !$0.things.contains(.preposition) }
            .contains { WordSet.actNouns.contains($0.key) }
    }

    /// Ends in -ed: never a command.
    private func isParticiple(_ word: Word) -> Bool {
        word.key.count > 4 && word.key.count < 16 && word.key.value & 0xFFFF == 0x6564 && word.meaning.act == nil
    }

    private static let unnamed: Thing = [
        .leadIn, .modifier, .preposition, .joins, .negation, .weak, .heavy, .check, .confirm, .action,
    ]

    /// A plural, what has none, or the first of a list.
    private func isSeveral(_ position: Int, in text: [UInt8]) -> Bool {
        let word = words[position]
        if endsInS(word, text) || WordSet.uncountable.contains(word.key) { return true }
        guard position + 1 < min(firstSentence, words.count) else { return false }
        let next = words[position + 1]
        return WordSet.joining.contains(next.key) || text[word.end..<next.start].contains(UInt8(ascii: ","))
    }

    private func endsInS(_ word: Word, _ text: [UInt8]) -> Bool {
        word.end - word.start > 3 && text[word.end - 1] | 0x20 == UInt8(ascii: "s")
            && text[word.end - 2] | 0x20 != UInt8(ascii: "s")
    }
}
