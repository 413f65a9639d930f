/// What an answer holds, told from what it is only about: an e-mail is somebody's, a template of e-mails is not.
extension RiskJudge {
    /// Raises a read for what it returns.
    ///
    /// - Parameter asHead: The word must be what is returned; else what is returned may also be said of it, as in
    ///   `customer_orders`, but not a figure or a form of it, as in `customer_count`.
    mutating func addHeld(_ concern: Concern, _ things: Thing, asHead: Bool) {
        let words = material.name.words
        for position in words.indices where isNoun(position) && !words[position].things.isDisjoint(with: things) {
            let next = words.indices.contains(position + 1) && isNoun(position + 1) ? words[position + 1] : nil
            if listsOnly, words[position].is(KnownWord.attachments) { continue }
            if words[position].things.contains(.foreign), names(WordSet.wired) {
                continue
            }
            if position > 0, WordSet.printed.contains(words[position - 1].key) { continue }
            if asHead, words[..<position].contains(where: { $0.things.contains(.preposition) }) { break }
            guard passes(next, asHead: asHead) else { continue }
            return addName(concern, position)
        }
        guard let position = heldInText(things, asHead: asHead) else { return }
        risk = max(risk, .medium)
        evidence.append(Evidence(.description, material.textWord(position), .raises(concern)))
    }

    mutating func addName(_ concern: Concern, _ position: Int) {
        risk = max(risk, .medium)
        evidence.append(
            Evidence(material.usesTitle ? .title : .name, material.word(position), .raises(concern)))
    }

    /// What was looked at is kept in a file.
    mutating func judgeKept() {
        risk = .medium
        raise(.secrets, to: .high, for: .secret)
        if let overwrites = material.text.says(.overwrites) { add(.overwrites, .high, textWords: overwrites) }
    }

    /// The word of the name that says what is returned: the last before a preposition, or, where that one only says
    /// how much is told (`user_info`), the one before it.
    var heldObject: Int? {
        let words = material.name.words
        let end = words.indices.first { $0 > 0 && words[$0].things.contains(.preposition) } ?? words.count
        let nouns = words.indices.prefix(end).filter(isNoun)
        return nouns.last { !WordSet.transparent.contains(words[$0].key) } ?? nouns.last
    }

    /// The first such word that the first sentence's verb acts on.
    private func heldInText(_ things: Thing, asHead: Bool) -> Int? {
        let text = material.text
        let start = text.lead.map { (text.joined.last ?? $0) + 1 } ?? 0
        let end = start < text.firstSentence ? text.firstSentence : text.words.count
        guard start < end, !text.things.isDisjoint(with: things) else { return nil }
        for position in (start..<end).prefix(6) {
            let word = text.words[position]
            if word.things.contains(.preposition), !word.things.contains(.joins) { return nil }
            if listsOnly, word.is(KnownWord.attachments) { continue }
            if word.things.contains(.foreign), names(WordSet.wired) { continue }
            if position > start, WordSet.printed.contains(text.words[position - 1].key) { continue }
            guard !word.things.isDisjoint(with: things) else { continue }
            let isNextInPhrase = position + 1 < end && isAdjoining(word, text.words[position + 1])
            if passes(isNextInPhrase ? text.words[position + 1] : nil, asHead: asHead) { return position }
        }
        return nil
    }

    /// A list tells of attachments that they are there.
    private var listsOnly: Bool {
        isVerb(in: WordSet.listing)
            || material.text.lead.map { WordSet.lists.contains(material.text.words[$0].key) } == true
    }

    private func isNoun(_ position: Int) -> Bool {
        position != material.name.head && !material.name.joined.contains(position)
    }

    /// Only a space between them: the first says what kind of the second is meant.
    private func isAdjoining(_ first: Word, _ second: Word) -> Bool {
        first.end + 1 == second.start && material.definition.description[first.end] == 0x20
    }

    /// What follows a word lets it be what is returned.
    private func passes(_ next: Word?, asHead: Bool) -> Bool {
        guard let next else { return true }
        if WordSet.transparent.contains(next.key) || !next.things.isDisjoint(with: [.preposition, .joins]) {
            return true
        }
        if asHead { return false }
        if WordSet.worked.contains(next.key) { return false }
        return next.things.isDisjoint(with: [.figure, .state, .draft, .settings, .guidance])
            && !WordSet.about.contains(next.key)
    }
}
