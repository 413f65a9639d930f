/// What a verb costs, makes or throws away with one object and not with another.
extension CategoryJudge {
    var isBooking: Bool {
        material.things.contains(.bookable) && material.name.head != nil
            && !material.name.words.contains { WordSet.visits.contains($0.key) }
    }

    /// Trimming a list or a stream throws away what is outside the range.
    var trimsAway: Bool {
        let words = material.text.words.prefix(material.text.firstSentence)
        return act != .destroy && category == .write && words.contains { $0.is(KnownWord.trim) }
            && words.contains { WordSet.series.contains($0.key) }
    }

    /// `Execute an INSERT, UPDATE or DELETE query`: what is run changes.
    var saysItChanges: Bool {
        material.text.words.prefix(material.text.firstSentence).contains { word in
            switch word.meaning.act {
            case .write, .destroy, .make: !word.meaning.isSoft
            default: WordSet.changes.contains(word.key)
            }
        }
    }

    var isPaidBooking: Bool { material.name.words.contains { WordSet.stays.contains($0.key) } }

    /// Name or text has a verb that always costs: no word of money is needed beside it.
    var isSpending: Bool {
        let verbs = [material.name.head].compactMap(\.self) + material.name.joined
        if verbs.contains(where: { WordSet.spending.contains(material.name.words[$0].key) }) { return true }
        guard let lead = material.text.lead, material.text.isSure else { return false }
        if material.text.words[lead].meaning.isForeign, material.text.act == .pay { return true }
        return ([lead] + material.text.joined).contains { WordSet.spending.contains(material.text.words[$0].key) }
    }

    /// `generate_token` makes something that opens a door; `generate_password` may only think one up.
    func makesCredential(_ verb: Word) -> Bool {
        guard act == .compute || act == .look, WordSet.minting.contains(verb.key), !material.schema.isInline,
            let object = material.name.object, material.annotations.readOnly != true
        else { return false }
        let last = material.name.words[object]
        return last.things.contains(.perhapsSecret) || last.stakes.contains(.secrets) || last.stakes.contains(.access)
            || !Lexicon.shared.stakes(of: material.name.words[max(object - 1, 0)], then: last).isEmpty
            || material.name.words.contains { $0.stakes.contains(.access) && !$0.things.contains(.person) }
    }
}
