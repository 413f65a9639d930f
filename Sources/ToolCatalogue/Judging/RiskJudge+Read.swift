/// Reading harms by what comes back.
extension RiskJudge {
    mutating func judgeRead() {
        risk = .low
        guard act != .compute else { return }
        if raise(.secrets, to: .medium, for: .secret), isOpened { risk = .high }
        let returned = material.allThings
        raise(.personalData, to: .medium, for: .message)
        for kinds in [Thing.person, .sensitive] where !returned.isDisjoint(with: kinds) {
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
        if material.server.moneyShare >= 0.2, !names(WordSet.market), returned.contains(.holdings) {
            add(.money, .medium, .holdings)
        }
        noteQuery()
    }

    /// One user's data, or users found by what is known of them; a list of names is less.
    private func isAboutPerson(_ last: Word) -> Bool {
        last.is(KnownWord.user) || last.is(KnownWord.profile) || last.is(KnownWord.users) && isVerb(in: WordSet.finding)
    }

    /// A query in a language returns whatever is there; words to search for do not.
    private mutating func noteQuery() {
        guard act == .look else { return }
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
        guard let last = material.name.words.last, material.name.head != nil, !isVerb(in: WordSet.listing) else {
            return false
        }
        return last.is(KnownWord.value) || last.things.contains(.secret) && material.name.words.count <= 3
    }
}
