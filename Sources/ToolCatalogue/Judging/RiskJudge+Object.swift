/// The thing itself decides over what is only said of it: a template for mails is no mail, a column of a cluster's
/// report is no cluster.
extension RiskJudge {
    /// A word before the thing itself, where that is something light: `policy` in `policy_comment`.
    func isAside(_ position: Int) -> Bool {
        guard category != .read, let noun = material.noun, position < noun,
            material.core.contains(position)
        else { return false }
        let last = material.name.words[noun]
        guard last.stakes.isEmpty, Lexicon.shared.stakes(of: material.name.words[noun - 1], then: last).isEmpty else {
            return false
        }
        if WordSet.standings.contains(last.key) {
            return WordSet.troubles.contains(material.name.words[noun - 1].key)
                || material.name.words[noun - 1].things.contains(.finding)
        }
        return WordSet.light.contains(last.key) || !last.things.isDisjoint(with: [.trifle, .draft, .minor])
    }

    /// The kinds of what is acted on, without what is said aside.
    static func subject(of material: Material, _ isAside: (Int) -> Bool) -> Thing {
        if material.name.namesNothing { return material.things }
        var things: Thing = material.heedsText ? material.text.things : []
        for (position, word) in material.name.words.enumerated()
        where position != material.name.head && !material.name.joined.contains(position) && !isAside(position) {
            things.formUnion(word.things)
        }
        return things
    }

    /// The word for what is acted on.
    var noun: Word? { material.noun.map { material.name.words[$0] } }

    func isNoun(in words: Set<WordKey>) -> Bool { noun.map { words.contains($0.key) } ?? false }

    /// A word for many: `studies`, `baselines`.
    var isNounPlural: Bool {
        guard let noun, noun.key.count > 3, noun.key.value & 0xFF == 0x73 else { return false }
        return ![0x7373, 0x7573, 0x6973].contains(noun.key.value & 0xFFFF)
    }

    /// What is taken away holds other things: a database, not a row of one; a stack of machines, not of cards.
    var takesContainer: Bool {
        if material.name.namesNothing || material.heedsText, material.text.things.contains(.container) {
            return !isUnsteadyInText
        }
        guard let noun else { return false }
        if unregisters || sentenceHas(WordSet.trash) && sentenceHas(WordSet.moved) { return false }
        // `Delete an issue board`: the issues stay.
        if WordSet.boards.contains(noun.key), sentenceHas(WordSet.viewed) { return false }
        if WordSet.holders.contains(noun.key) { return !material.name.isWithin(material.core) }
        if !noun.things.contains(.container) {
            guard WordSet.gathering.contains(noun.key) || WordSet.contents.contains(noun.key) else { return false }
            return coreHas(.container) || names(WordSet.resources)
        }
        if names(WordSet.drawn) { return false }
        if WordSet.named.contains(noun.key), names(WordSet.given) { return false }
        guard WordSet.unsteady.contains(noun.key) else {
            return !(material.name.isWithin(material.core) && (verb == KnownWord.remove || verb == KnownWord.detach))
        }
        let isPart = material.name.isWithin(material.core) || textSaysPart(of: noun)
        return !names(WordSet.boards) && !sentenceHas(WordSet.boards) && !(isPart && !machineBeside(noun))
    }

    /// `Delete a node from the scene`
    private var isUnsteadyInText: Bool {
        let words = material.text.words.prefix(material.text.firstSentence)
        guard let last = words.first(where: { $0.things.contains(.container) }), WordSet.unsteady.contains(last.key)
        else { return false }
        return sentenceHas(WordSet.boards) || textSaysPart(of: last) && !machineBeside(last)
    }

    /// Raises for a container, and names the word for it.
    mutating func addContainer() {
        risk = max(risk, .critical)
        guard !material.name.namesNothing, let noun = material.noun else {
            return note(.wholeContainer, .container)
        }
        evidence.append(
            Evidence(material.usesTitle ? .title : .name, material.word(noun), .raises(.wholeContainer)))
    }

    private var unregisters: Bool {
        isVerb(in: WordSet.unlisting)
            || material.text.lead.map { WordSet.unlisting.contains(material.text.words[$0].key) } == true
    }

    private func coreHas(_ things: Thing) -> Bool {
        material.core.contains { !material.name.words[$0].things.isDisjoint(with: things) }
    }

    /// `a node from the scene`, `an instance in a study`
    private func textSaysPart(of word: Word) -> Bool {
        let words = material.text.words.prefix(material.text.firstSentence)
        return words.indices.dropLast().contains {
            words[$0].key == word.key && WordSet.inside.contains(words[$0 + 1].key)
        }
    }

    private func machineBeside(_ word: Word) -> Bool {
        let words = material.text.words.prefix(material.text.firstSentence)
        return words.contains {
            $0.key != word.key && $0.things.contains(.machine) && !WordSet.unsteady.contains($0.key)
        }
            || material.name.words.contains {
                $0.key != word.key && $0.things.contains(.machine) && !WordSet.unsteady.contains($0.key)
            }
    }

    /// `remove_user_from_group`: out of what gives rights.
    var takesMembership: Bool {
        guard material.name.isWithin(material.core) && coreHas(.member) || isNoun(in: WordSet.belonging) else {
            return false
        }
        return names(WordSet.bodies) && !names(WordSet.circles)
    }

    /// `remote_add` with a private key: it is kept.
    var keepsKey: Bool { isVerb(in: WordSet.keeping) }

    /// A connection is opened with a password; the password stays what it was.
    var isConnecting: Bool {
        guard isVerb(in: WordSet.connecting) else { return false }
        return verb == KnownWord.connect && material.name.isWithin(material.core) || names(WordSet.connections)
    }

    /// `Restore a file from the trash`: put back where it was.
    var isFromTrash: Bool { names(WordSet.trash) || sentenceHas(WordSet.trash) }

    /// Part of a window, a page or a drawing, where a word for machines means another thing.
    var isOnScreen: Bool { names(WordSet.onScreen) || sentenceHas(WordSet.onScreen) }
}
