/// A write harms by what hangs on its object: the words of the name, or of the first sentence where the name is dumb.
extension RiskJudge {
    mutating func judgeStakes() {
        guard act != .touch, verb != KnownWord.cancel, !isAboutSmallThing, !isConnecting,
            !(isOfProgram && isNoun(in: WordSet.variables))
        else { return }
        for position in material.name.words.indices where !isAside(position) {
            let stakes = stakes(of: material.name.words, at: position, alone: position != material.name.head)
                .subtracting(isMerelyConfigured ? .configuration : [])
            guard !stakes.isEmpty, stakes != .money || !isVerb(in: WordSet.stopping),
                stakes != .infrastructure || !names(WordSet.boards) && !sentenceHas(WordSet.boards)
            else { continue }
            risk = max(risk, .high)
            evidence.append(
                Evidence(material.usesTitle ? .title : .name, material.word(position), .raises(stakes.concern)))
            return
        }
        judgeTextStakes()
    }

    /// A new name for it, a new one beside it, a switch to and fro.
    private var isMerelyConfigured: Bool {
        verb == KnownWord.rename || isVerb(in: WordSet.switches) || isSpareConfiguration
    }

    /// `create_configuration`: nothing goes by it yet.
    var isSpareConfiguration: Bool {
        isVerb(in: WordSet.making) && isNoun(in: WordSet.configurations)
            || (isVerb(in: WordSet.making) || isVerb(in: WordSet.slight)) && isNoun(in: WordSet.flags)
    }

    func stakes(of words: [Word], at position: Int, alone: Bool = true) -> Stake {
        var stakes = alone ? words[position].stakes : []
        if position > 0 { stakes.formUnion(Lexicon.shared.stakes(of: words[position - 1], then: words[position])) }
        return stakes
    }

    /// The first sentence's object, where the name has no word that says what is acted on; two words that belong
    /// together, and a word for everybody, wherever they stand in it.
    private mutating func judgeTextStakes() {
        let words = material.text.words
        let nameSays = !material.name.namesNothing && !material.name.things.isEmpty
        let start = material.text.lead.map { $0 + 1 } ?? 0
        // Behind the verb, up to the first preposition.
        let end =
            words.indices.prefix(material.text.firstSentence).dropFirst(start)
            .first { words[$0].things.contains(.preposition) && !words[$0].things.contains(.joins) } ?? words.count
        // `Create a detection model`: a model.
        let isLight = end > start && end <= words.count && WordSet.light.contains(words[max(end - 1, 0)].key)
        var isObject = !nameSays && !isLight
        for position in words.indices.prefix(material.text.firstSentence).dropFirst(start).prefix(14) {
            if words[position].things.contains(.preposition) { isObject = false }
            var stakes: Stake = []
            if isObject { stakes = words[position].stakes.subtracting(.configuration) }
            if position > 0 { stakes.formUnion(Lexicon.shared.stakes(of: words[position - 1], then: words[position])) }
            if !words[position].things.isDisjoint(with: [.secret]) { stakes.insert(.secrets) }
            if isObject || nameSays, position <= end, isDirect(position) { stakes.formUnion(direct(words[position])) }
            if WordSet.everybody.contains(words[position].key) { stakes.insert(.outward) }
            guard !stakes.isEmpty else { continue }
            risk = max(risk, .high)
            return evidence.append(Evidence(.description, material.textWord(position), .raises(stakes.concern)))
        }
    }

    /// The last word before a preposition, a comma or the end: `Change the permissions of a file`.
    private func isDirect(_ position: Int) -> Bool {
        let words = material.text.words
        guard material.text.isSure || material.text.lead != nil else { return false }
        guard position + 1 < material.text.firstSentence else { return true }
        return !words[position + 1].things.isDisjoint(with: [.preposition, .joins])
    }

    /// What a change to such a thing puts at stake wherever it stands.
    private func direct(_ word: Word) -> Stake {
        let stakes = word.stakes.intersection([.access, .safeguards, .network])
        return word.things.contains(.access) ? stakes.union(.access) : stakes
    }

    /// A comment on a policy, a draft of an announcement, a dashboard of firewalls: not the thing itself.
    var isAboutSmallThing: Bool {
        let last = material.name.lastThings
        if let object = material.name.object, !stakes(of: material.name.words, at: object).isEmpty { return false }
        if !last.isDisjoint(with: [.minor, .trifle, .draft, .practice]) { return true }
        guard let object = material.name.object else { return false }
        let key = material.name.words[object].key
        return WordSet.about.contains(key) || WordSet.examinations.contains(key)
    }
}
