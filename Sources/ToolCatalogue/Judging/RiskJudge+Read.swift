/// Reading harms by what comes back.
extension RiskJudge {
    mutating func judgeRead() {
        risk = .low
        guard act != .compute else { return }
        if raise(.secrets, to: .medium, for: .secret), isOpened { risk = .high }
        let returned = material.allThings
        raise(.personalData, to: .medium, for: .message)
        // A balance sheet is published.
        let isPublished = sentenceHas(WordSet.sheets)
        let isCounted = isVerb(in: WordSet.counting) || names(WordSet.counting)
        for kinds in [Thing.person, .sensitive] where !isPublished && !isCounted && !returned.isDisjoint(with: kinds) {
            add(.personalData, .medium, kinds)
        }
        if names(WordSet.history), names(WordSet.channels) { add(.personalData, .medium, .foreign) }
        if act == .look, let last = material.name.words.last, isAboutPerson(last) {
            add(.personalData, .medium, .perhapsAccess)
        }
        if material.name.namesCredential {
            add(.secrets, .medium, .perhapsSecret)
            if isOpened || material.name.act == .write { risk = .high }
        }
        if !isVerb(in: WordSet.listing), isVerb(in: WordSet.revealing), let object = material.name.object,
            stakes(of: material.name.words, at: object).contains(.secrets), !material.name.lastThings.contains(.state)
        {
            add(.secrets, .high, [.secret, .perhapsSecret])
        }
        if material.name.words.indices.contains(where: { stakes(of: material.name.words, at: $0).contains(.records) }) {
            add(.personalData, .medium, .person)
        }
        if textNamesCredential { add(.secrets, .medium, .perhapsSecret) }
        if isVerb(in: WordSet.unlocking) { add(.secrets, .medium, [.secret, .perhapsSecret]) }
        if isVerb(in: WordSet.taking) {
            if returned.contains(.container) { add(.bulk, .medium, .container) }
            let sentence = material.text.words.prefix(material.text.firstSentence)
            if sentence.contains(where: { $0.things.contains(.person) }) { add(.personalData, .medium, .person) }
        }
        if names(WordSet.cameras), names(WordSet.pictures) || sentenceHas(WordSet.pictures), act == .look {
            add(.personalData, .medium, [.sensitive, .person])
        }
        if names(WordSet.places),
            !returned.isDisjoint(with: .person) || names(WordSet.carriers) || sentenceHas(WordSet.carriers)
        {
            add(.personalData, .medium, [.person, .container])
        }
        judgeReadAmongMoney()
        noteQuery()
    }

    /// `get_anon_key`, and the text says that it is an API key.
    private var textNamesCredential: Bool {
        guard material.name.lastThings.contains(.perhapsSecret), !isVerb(in: WordSet.listing) else { return false }
        let words = material.text.words.prefix(material.text.firstSentence)
        return zip(words, words.dropFirst()).contains {
            $0.things.contains(.credentialHalf) && $1.things.contains(.perhapsSecret)
        }
    }

    func sentenceHas(_ words: Set<WordKey>) -> Bool {
        material.text.words.prefix(material.text.firstSentence).contains { words.contains($0.key) }
    }

    /// One user's data, or users found by what is known of them; a list of names is less.
    private func isAboutPerson(_ last: Word) -> Bool {
        last.is(KnownWord.user) || last.is(KnownWord.member) || last.is(KnownWord.profile)
            || last.is(KnownWord.users) && isVerb(in: WordSet.finding)
    }

    /// A query in a language returns whatever is there; words to search for do not.
    private mutating func noteQuery() {
        guard act == .look, !isVerb(in: WordSet.checkingText) else { return }
        let isInLanguage = material.text.words.prefix(16).contains { WordSet.queryLanguages.contains($0.key) }
        for text in material.schema.freeText where text.thing.contains(.query) && !text.thing.contains(.web) {
            let words = WordReader.words(of: Array(text.name.utf8), isName: true, limit: 4, bytes: 32)
            let namesLanguage = words.contains { WordSet.queryLanguages.contains($0.key) }
            guard namesLanguage || isInLanguage || material.name.lastThings.contains(.query) else { continue }
            return add(.anyQuery, .medium, argument: text.name, at: text.pointer)
        }
    }

    /// One secret is asked for by name, and comes back readable.
    private var isOpened: Bool {
        guard let object = material.name.object, material.name.head != nil, !isVerb(in: WordSet.listing) else {
            return false
        }
        let last = material.name.words[object]
        return WordSet.values.contains(last.key) || last.things.contains(.secret) && material.name.words.count <= 3
    }
}
