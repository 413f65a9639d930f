/// Reading harms by what comes back.
extension RiskJudge {
    mutating func judgeRead() {
        risk = .low
        if let words = material.text.says(.shownSecret) { add(.secrets, .high, textWords: words) }
        guard act != .compute else { return }
        if raise(.secrets, to: .medium, for: .secret), isOpened { risk = .high }
        let returned = material.allThings
        // A balance sheet is published.
        let isPublished = sentenceHas(WordSet.sheets)
        let isCounted = isVerb(in: WordSet.counting) || names(WordSet.counting)
        if !isPublished, !isCounted {
            if !isOnChain { addHeld(.personalData, .sensitive, asHead: true) }
            if !isBetweenPrograms { addHeld(.personalData, .message, asHead: true) }
            addHeld(.personalData, .person, asHead: false)
        }
        judgeReadOfPeople()
        if material.name.namesCredential, !listsOpenKeys {
            add(.secrets, .medium, .perhapsSecret)
            if isOpened || material.name.act == .write { risk = .high }
        }
        if !isVerb(in: WordSet.listing), isVerb(in: WordSet.revealing), let object = material.name.object,
            stakes(of: material.name.words, at: object).contains(.secrets), !material.name.lastThings.contains(.state)
        {
            add(.secrets, .high, [.secret, .perhapsSecret])
        }
        if act == .look, let words = material.text.says(.mayBeSecret) { add(.secrets, .medium, textWords: words) }
        if material.name.words.indices.contains(where: { stakes(of: material.name.words, at: $0).contains(.records) }),
            material.name.words.last.map({ WordSet.worked.contains($0.key) }) != true
        {
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
        if !isOnChain { judgeReadAmongMoney() }
        noteQuery()
    }

    /// `list_ssh_keys`: the halves that are handed out.
    private var listsOpenKeys: Bool {
        (isVerb(in: WordSet.listing)
            || material.text.lead.map { WordSet.lists.contains(material.text.words[$0].key) } == true)
            && names(WordSet.openKeys)
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

    /// A query in a language returns whatever is there; words to search for do not, nor do figures of machines.
    private mutating func noteQuery() {
        guard act == .look, !isVerb(in: WordSet.checkingText) else { return }
        let sentence = material.text.words.prefix(16)
        guard !names(WordSet.metricLanguages), !sentence.contains(where: { WordSet.metricLanguages.contains($0.key) })
        else { return }
        let language =
            sentence.firstIndex { WordSet.queryLanguages.contains($0.key) }
            ?? sentence.firstIndex { $0.is(KnownWord.insights) }
        let isSearch = isVerb(in: WordSet.finding)
        let isOfRows = !isSearch && sentence.contains { WordSet.queried.contains($0.key) }
        let isQuery = !isSearch && material.name.lastThings.contains(.query)
        for text in material.schema.freeText where text.thing.contains(.query) && !text.thing.contains(.web) {
            let words = WordReader.words(of: Array(text.name.utf8), isName: true, limit: 4, bytes: 32)
            let namesLanguage = words.contains { WordSet.queryLanguages.contains($0.key) }
            guard words.last?.is(KnownWord.id) != true, namesLanguage || language != nil || isOfRows || isQuery else {
                continue
            }
            return add(.anyQuery, .medium, argument: text.name, at: text.pointer)
        }
        if language == nil, sentenceHas(WordSet.aggregating), sentenceHas(WordSet.pipelines),
            let place = sentence.firstIndex(where: { WordSet.pipelines.contains($0.key) })
        {
            return add(.anyQuery, .medium, textWords: place..<place + 1)
        }
        // The server does not say what its tool takes.
        guard let language, material.schema.properties == 0, material.text.act == .run else { return }
        add(.anyQuery, .medium, textWords: language..<language + 1)
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
