/// Reading what is known of people.
extension RiskJudge {
    mutating func judgeReadOfPeople() {
        let words = material.name.words
        if names(WordSet.history), names(WordSet.channels) { add(.personalData, .medium, .foreign) }
        if act == .look, let object = heldObject, isAboutPerson(words[object]), !names(WordSet.oneself) {
            addName(.personalData, object)
        }
        // Whoever holds a policy is a person; a holder of shares is an institution.
        if let holder = words.indices.dropFirst().last(where: {
            words[$0].is(KnownWord.holder) && WordSet.heldByPeople.contains(words[$0 - 1].key)
        }) {
            addName(.personalData, holder)
        }
        if let object = heldObject, WordSet.mails.contains(words[object].key) { addName(.personalData, object) }
        // Whom somebody meets, and when.
        if names(WordSet.calendars), let object = heldObject, WordSet.meetings.contains(words[object].key) {
            addName(.personalData, object)
        }
        if names(WordSet.signingIn), let place = words.indices.last(where: { WordSet.happened.contains(words[$0].key) })
        {
            addName(.personalData, place)
        }
        // Who is signed in, and from where.
        if let object = heldObject, WordSet.sessions.contains(words[object].key), names(WordSet.actors) {
            addName(.personalData, object)
        }
        if let variable = words.indices.last(where: { WordSet.variables.contains(words[$0].key) }),
            names(WordSet.surroundings), variable == heldObject
        {
            addName(.secrets, variable)
        }
        if material.server.careShare >= 0.1, act == .look,
            let place = words.indices.last(where: { WordSet.examined.contains(words[$0].key) }),
            heldObject.map({ $0 == place || WordSet.ofImages.contains(words[$0].key) }) ?? true
        {
            addName(.personalData, place)
        }
        if let log = words.indices.dropFirst().first(where: {
            WordSet.logs.contains(words[$0].key) && WordSet.loggedBy.contains(words[$0 - 1].key)
        }) {
            addName(.personalData, log)
        }
        // What went over a wire, or was printed by whatever ran.
        if let place = words.indices.first(where: { WordSet.captured.contains(words[$0].key) }),
            place != material.name.head
        {
            addName(.personalData, place)
        }
    }

    /// One user's data, or users found by what is known of them; a list of names is less.
    private func isAboutPerson(_ object: Word) -> Bool {
        if object.is(KnownWord.users) { return isVerb(in: WordSet.finding) }
        return object.is(KnownWord.user) || object.is(KnownWord.member) || object.is(KnownWord.profile)
    }

    /// What lies on a public chain everybody can see.
    var isOnChain: Bool {
        names(WordSet.onChain) && material.server.tradeShare + material.server.chainShare >= 0.1
            && !sentenceHas(WordSet.possessive)
    }
}
