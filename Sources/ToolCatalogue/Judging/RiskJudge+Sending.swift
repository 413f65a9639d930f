/// What goes out, and to whom: people cannot unread it; programs on a queue are of the house.
extension RiskJudge {
    mutating func judgeSending() {
        raise(.outward, to: .high, for: .outward)
        // `reply`, `send_draft`: the text says what goes out.
        if material.name.lastThings.contains(.draft) { add(.outward, .high, .draft) }
        if material.server.mailShare >= 0.1, !names(WordSet.conduits) || names(WordSet.mails) {
            add(.outward, .high, [.outward, .message, .draft])
        }
        if !names(WordSet.conduits), !material.text.things.isDisjoint(with: .outward) { add(.outward, .high, .outward) }
        if isVerb(in: WordSet.announcing), !names(WordSet.conduits), material.name.words.count > 1 || !isConduitText {
            add(.outward, .high, [.outward, .message, .foreign])
        }
        if WordSet.outsiders.contains(where: { key in
            material.text.words.prefix(material.text.firstSentence).contains { $0.key == key }
        }) {
            add(.outward, .high, .person)
        }
        if material.schema.things.contains(.recipient) { add(.outward, .high, [.outward, .message]) }
    }

    /// `post_message`, `reply_to_thread`, `confirm_send_email`: what people read, whatever the verb.
    mutating func judgeSpeaking() {
        guard !isBetweenPrograms, !names(WordSet.remarks), !names(WordSet.reviews), !isOutline else { return }
        let verbs = ([material.name.head].compactMap(\.self) + material.name.joined).map { material.name.words[$0].key }
        let saysSo = verbs.contains(where: WordSet.saying.contains) || act == .send && material.name.head == nil
        guard saysSo else { return }
        let isAddressed = verbs.contains(KnownWord.send) && sentenceHas(WordSet.addressed)
        let isSaid = names(WordSet.said) || isAddressed || !names(WordSet.handed) && sentenceHas(WordSet.said)
        if verbs.contains(KnownWord.schedule), isNoun(in: WordSet.published) {
            add(.outward, .high, [.foreign, .outward])
        }
        let isNoticed = names(WordSet.notices) || sentenceHas(WordSet.notices) || verbs.contains(KnownWord.notify)
        if isNoticed, material.schema.things.contains(.message) {
            add(.outward, .high, [.outward, .message, .foreign])
        }
        let isPosted = names(WordSet.posts) && material.server.peopleShare >= 0.1
        if isSaid || isPosted { add(.outward, .high, [.outward, .message, .foreign, .draft]) }
    }

    /// What is written where strangers look: on a server of a social network, or where the text names one.
    mutating func judgePosting() {
        if isVerb(in: WordSet.remarking), isNoun(in: WordSet.seen) { add(.outward, .high, [.foreign, .outward]) }
        if sentenceHas(WordSet.sharing), sentenceHas(WordSet.channels), !isBetweenPrograms, act != .touch {
            add(.outward, .high, [.foreign, .outward])
        }
        guard act != .touch, act != .cancel, !isOutline, names(WordSet.posts),
            material.server.peopleShare >= 0.15 || sentenceHas(WordSet.networks)
        else { return }
        add(.outward, .high, [.foreign, .outward])
    }

    /// `Publish a post`, whatever the name calls it; `… and notify the invitee`.
    mutating func judgeTelling() {
        guard act != .touch, !isBetweenPrograms, !isOutline else { return }
        if let lead = material.text.lead,
            WordSet.announcing.contains(material.text.words[lead].key)
                || WordSet.announces.contains(material.text.words[lead].key), names(WordSet.published)
        {
            return add(.outward, .high, textWords: lead..<lead + 1)
        }
        let words = material.text.words
        guard
            let told = words.indices.prefix(material.text.firstSentence).first(where: {
                WordSet.notifying.contains(words[$0].key) || isMailed($0)
            })
        else { return }
        if words[told...].prefix(5).contains(where: {
            WordSet.told.contains($0.key) || WordSet.addressees.contains($0.key)
        }) {
            add(.outward, .high, textWords: told..<told + 1)
        }
    }

    /// `… and mails the visitor`, `… is mailed to the reporter`
    private func isMailed(_ position: Int) -> Bool {
        let words = material.text.words
        guard position > 0, WordSet.mailing.contains(words[position].key) else { return false }
        return words[position - 1].is(KnownWord.and) || WordSet.passive.contains(words[position - 1].key)
    }

    /// A queue, a topic or another agent takes it, not a person.
    var isBetweenPrograms: Bool {
        names(WordSet.programs) || sentenceHas(WordSet.programs) || material.server.queueShare >= 0.15
            || material.name.things.contains(.agent)
    }

    /// A template or a draft goes nowhere yet.
    var isOutline: Bool { material.name.lastThings.contains(.draft) && !isVerb(in: WordSet.sendingVerbs) }

    var isConduitText: Bool {
        material.text.words.prefix(material.text.firstSentence).contains { WordSet.conduits.contains($0.key) }
    }
}
