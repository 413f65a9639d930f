/// What a description says: the verb its first sentence begins with, those joined to it, and a few telling phrases.
struct DescriptionReading {
    private(set) var words: [Word]
    /// The position of the first sentence's verb.
    private(set) var lead: Int?
    /// Verbs joined to it: `Create, update or delete …`.
    private(set) var joined: [Int] = []
    /// The kinds of things that the first sentence's verb acts on: the words up to a preposition.
    private(set) var things: Thing = []
    /// The position after the first sentence.
    private(set) var firstSentence: Int
    /// What phrases anywhere in the text say, with where they are.
    private(set) var phrases: [(saying: Phrase.Saying, words: Range<Int>)] = []
    let isCut: Bool

    init(_ text: [UInt8]) {
        words = WordReader.words(
            of: text, isName: false, limit: CatalogueBounds.descriptionWords, bytes: CatalogueBounds.descriptionBytes)
        isCut = text.count > CatalogueBounds.descriptionBytes
        firstSentence = words.count
        for position in words.indices.dropFirst(3) where words[position].opensClause {
            let gap = text[words[position - 1].end..<words[position].start]
            if gap.contains(UInt8(ascii: ".")) || gap.contains(0x82)
                || gap.count(where: { $0 == UInt8(ascii: "\n") }) > 1
            {
                firstSentence = position
                break
            }
        }
        closeFirstVerb()
        lead = (isQuestion(text) ? laterLead(from: firstSentence) : findLead(in: text))
            .flatMap { isEmptyCall($0) ? nil : $0 }
        if let lead {
            joined = findJoined(to: lead, in: text)
            let afterVerbs = (joined.last ?? lead) + 1
            let end = lead < firstSentence ? firstSentence : words.count
            for word in words[afterVerbs..<max(end, afterVerbs)].prefix(6) {
                if word.things.contains(.preposition) { break }
                things.formUnion(word.things)
            }
            // `Passwort … zurücksetzen`, `権限を変更する`: the verb comes last.
            if words[lead].meaning.isForeign { for word in words[..<lead] { things.formUnion(word.things) } }
        } else {
            for word in words[..<firstSentence].prefix(6) { things.formUnion(word.things) }
        }
        phrases = Phrase.found(in: words)
    }

    var act: Act? { lead.flatMap { words[$0].meaning.act } }

    /// The verb is one wherever it stands, or has an object at once: `Set the …`.
    var isSure: Bool {
        guard let lead, lead < firstSentence else { return false }
        if !words[lead].meaning.isSoft || lead == 0 && !joined.isEmpty { return true }
        guard lead + 1 < words.count else { return false }
        let next = words[lead + 1]
        if Self.articles.contains(next.key) { return true }
        // `Transfers funds`, but not `Transfers of funds` or `Orders: …`.
        return lead == 0 && words[0].meaning.isPlural && !next.opensClause && !next.things.contains(.preposition)
            && !next.things.contains(.joins)
    }

    private static let articles = Set(["a", "an", "the", "all", "this", "one", "any", "multiple"].map(WordKey.init))

    /// Whether one of the first words, in whatever place, takes something away.
    func mentionsRemoval() -> Int? {
        words.indices.first { position in
            words[position].meaning.act == .destroy && !words[position].meaning.isSoft
                && !words[position].is(KnownWord.remove)
        }
    }

    func says(_ saying: Phrase.Saying) -> Range<Int>? { phrases.first { $0.saying == saying }?.words }

    private func findLead(in text: [UInt8]) -> Int? {
        var isStart = true
        for position in words.indices.prefix(16) {
            guard position < firstSentence || position < 3 else { break }
            let word = words[position]
            // `see get_voice`: another tool's name.
            if position > 0, isPartOfName(word, in: text) { continue }
            // An article in Spanish and Italian.
            if word.is(KnownWord.del) { continue }
            if word.things.contains(.leadIn), !word.meaning.isSureVerb {
                if word.meaning.act == nil || position + 1 < words.count && words[position + 1].things.contains(.leadIn)
                {
                    continue
                }
                if word.meaning.act == .manage || word.meaning.act == .look { continue }
            }
            // `whoever is on call`: a verb of its own only where a sentence begins.
            if position > 0, WordSet.being.contains(word.key) { continue }
            // `Parcel by number or coordinates`: a plural, not a verb.
            if position > 1, word.meaning.isPlural, words[position - 1].things.contains(.preposition),
                !words[position - 1].is(KnownWord.and), words[..<position].allSatisfy({ $0.meaning.act == nil })
            {
                continue
            }
            // `Repairs nothing.`
            if position + 1 < words.count, WordSet.nothing.contains(words[position + 1].key) { continue }
            // `in order to delete`
            if position + 1 < words.count, word.is(KnownWord.order), words[position + 1].is(KnownWord.to) { continue }
            if word.meaning.isSureVerb { return position }
            if isStart, word.meaning.act != nil, !isHeading(position, in: text) { return position }
            if !word.things.contains(.modifier), !word.isAdverb { isStart = false }
        }
        // `K-means partitioning into clusters. Returns assignments.`
        return laterLead(from: 0)
            // `A tool for listing files.`
            ?? words[..<firstSentence].indices.prefix(24).first {
                words[$0].meaning.isGerund && !words[$0].meaning.isSoft
            }
    }

    /// The first verb that opens a clause from a position on.
    private func laterLead(from start: Int) -> Int? {
        words.indices.prefix(60).dropFirst(start).first {
            words[$0].opensClause && (words[$0].meaning.isSureVerb || words[$0].meaning.isPlural)
                && !($0 + 1 < words.count && WordSet.nothing.contains(words[$0 + 1].key))
        }
    }

    /// A sentence behind the first says what the tool does, and it does more than look.
    var actsLater: Bool {
        guard let lead, lead >= firstSentence, let act = words[lead].meaning.act else { return false }
        return act.category != .read && !words[lead].meaning.isSoft
    }

    /// `Rolls the state back`: one verb around its object.
    private mutating func closeFirstVerb() {
        // `Take a name off the list` is no start of a flight.
        guard let first = words.first, !first.meaning.isSureVerb, !WordSet.takes.contains(first.key) else { return }
        for position in words.indices.prefix(min(firstSentence, 9)).dropFirst(2)
        where WordSet.closing.contains(words[position].key) {
            var key = first.key
            key.append(words[position].key)
            let meaning = Lexicon.shared.meaning(of: key)
            guard meaning.act != nil else { return }
            words[0] = Word(
                key: key, start: first.start, end: first.end, meaning: meaning, opensClause: first.opensClause)
            return
        }
    }

    private func isPartOfName(_ word: Word, in text: [UInt8]) -> Bool {
        word.end < text.count && text[word.end] == UInt8(ascii: "_")
            || word.start > 0 && text[word.start - 1] == UInt8(ascii: "_")
    }

    /// Only says that something else is called: `Invoke the create_user operation.`
    private func isEmptyCall(_ lead: Int) -> Bool {
        guard words[lead].meaning.act == .run else { return false }
        return words[(lead + 1)...].prefix(5).contains { Self.calls.contains($0.key) }
    }

    static let calls = Set(
        ["operation", "operations", "api", "endpoint", "request", "method"].map(WordKey.init))

    /// A word before a colon at once is a heading, not a sentence.
    private func isHeading(_ position: Int, in text: [UInt8]) -> Bool {
        let end = words[position].end
        return end < text.count && text[end] == UInt8(ascii: ":")
    }

    private func findJoined(to lead: Int, in text: [UInt8]) -> [Int] {
        var joined: [Int] = []
        var position = lead + 1
        while position < words.count, position < lead + 12 {
            let gap = text[words[position - 1].end..<words[position].start]
            if words[position].things.contains(.joins) {
                position += 1
                guard position < words.count, words[position].meaning.isVerb else { break }
            } else {
                guard gap.contains(UInt8(ascii: ",")) || gap.contains(UInt8(ascii: "/")) else { break }
                guard words[position].meaning.isVerb else { break }
            }
            joined.append(position)
            position += 1
        }
        return joined + worseVerbs(after: position)
    }

    /// `Approve a claim and pay it out`, `Stops the server and deletes its data`: a verb that does worse, behind the
    /// first one's object.
    private func worseVerbs(after position: Int) -> [Int] {
        let clause = words.indices.prefix(min(firstSentence, position + 14)).dropFirst(position)
            .prefix { !Self.relatives.contains(words[$0].key) }
        return clause.filter { place in
            guard Self.and.contains(words[place - 1].key), let act = words[place].meaning.act else { return false }
            guard [.destroy, .pay, .run].contains(act), words[place].meaning.isVerb else { return false }
            // `INSERT, UPDATE or DELETE query` names what is run.
            if act != .run, words[place - 1].is(KnownWord.or) { return false }
            guard words[place].meaning.isSoft else { return place + 1 < firstSentence }
            return place + 1 < firstSentence && Self.pronouns.contains(words[place + 1].key)
        }
    }

    private static let and = Set(["and", "then", "or"].map(WordKey.init))
    private static let relatives = Set(["that", "which", "who", "where", "how", "whether"].map(WordKey.init))
    private static let pronouns = Set(
        ["it", "them", "the", "a", "an", "all", "its", "their", "this"].map(WordKey.init))
}
