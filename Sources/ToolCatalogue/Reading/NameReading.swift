/// What a name says: the verb at its head, and the kinds of things in it.
struct NameReading {
    /// The words, without those that all tools of the server share at the beginning.
    private(set) var words: [Word]
    /// The position of the verb that the name is about.
    private(set) var head: Int?
    /// A last word that is as often a noun: the verb only where the text says so too, as in `sam_build`.
    private var possibleHead: Int?
    /// Verbs that a second one was joined to, as in `create_or_update`.
    private(set) var joined: [Int] = []
    /// The kinds of all words but the head.
    private(set) var things: Thing = []

    init(_ name: [UInt8], among server: ServerContext) {
        words = WordReader.words(
            of: name, isName: true, limit: CatalogueBounds.nameWords, bytes: CatalogueBounds.nameBytes)
        words.removeFirst(server.sharedBeginning(of: words))
        words = Self.withoutReturns(words)
        head = Self.head(of: words)
        if head == nil, words.count > 1, let last = words.last, Self.isVerb(last) { possibleHead = words.count - 1 }
        if let head { joined = Self.joined(to: head, in: words) }
        for (position, word) in words.enumerated() where position != head && !joined.contains(position) {
            things.formUnion(word.things)
        }
    }

    var act: Act? { head.flatMap { words[$0].meaning.act } }

    /// Whether the verb is one wherever it stands.
    var isSure: Bool { head.map { words[$0].meaning.isSureVerb } ?? false }

    /// Is verbs alone, or words in no table that nothing tells from abbreviations, as in `zrem`.
    var namesNothing: Bool { words.count - (head == nil ? 0 : 1) - joined.count == 0 || head == nil && things.isEmpty }

    /// The last word that is no verb of this name: what the tool is about.
    var object: Int? { words.indices.last { $0 != head && !joined.contains($0) } }

    /// The kinds of ``object``.
    var lastThings: Thing { object.map { words[$0].things } ?? [] }

    /// Two words that together name a credential: `api_key`, `access_token`.
    var namesCredential: Bool {
        words.indices.dropFirst().contains {
            words[$0].things.contains(.perhapsSecret) && words[$0 - 1].things.contains(.credentialHalf)
        }
    }

    /// Takes another verb of the name for its head where the text agrees with that one: `deploy_key_get`.
    ///
    /// Never lets go of a verb that takes away or pays.
    mutating func agree(with text: Act?, isSure: Bool) {
        if let possibleHead, text == nil || text == .manage || text == words[possibleHead].meaning.act {
            return take(possibleHead)
        }
        guard isSure, let text, let head, let act = words[head].meaning.act, act.category != text.category else {
            return
        }
        guard act.category != .destructive, act.category != .financial, joined.isEmpty else { return }
        let agreeing = words.indices.first {
            $0 != head && words[$0].meaning.isSureVerb
                && words[$0].meaning.act?.category == text.category
        }
        if let agreeing { take(agreeing) }
    }

    private mutating func take(_ position: Int) {
        head = position
        possibleHead = nil
        things = []
        for (other, word) in words.enumerated() where other != position { things.formUnion(word.things) }
    }

    private static func head(of words: [Word]) -> Int? {
        let start = words.firstIndex { !$0.things.contains(.modifier) || $0.meaning.isSureVerb } ?? 0
        // Leading words that are no verbs are a product's or an object's name.
        let verb = words.indices.first { $0 >= start && isVerb(words[$0]) } ?? words.indices.first { isVerb(words[$0]) }
        guard let first = verb else { return nil }
        let last = words.count - 1
        if words[first].meaning.isSureVerb || !isNounFirst(words[first]) { return first }
        // `error_log`: the last of several nouns.
        guard last > first else { return last == 0 ? first : nil }
        // `label_write`, `order_create`: the noun first, the verb last.
        if isOneGroup(words[first...]), isVerb(words[last]), words[last].meaning.isSureVerb || !isNounFirst(words[last])
        {
            return last
        }
        if let sure = words.indices.first(where: { $0 > first && words[$0].meaning.isSureVerb }) { return sure }
        // `order_history`, `log_level`: a state of something.
        return words[last].things.contains(.state) ? nil : first
    }

    /// No word ties its words to each other.
    private static func isOneGroup(_ words: ArraySlice<Word>) -> Bool {
        !words.contains { !$0.things.isDisjoint(with: [.joins, .preposition]) }
    }

    /// May be a verb in a name, where -s makes a plural of what may be a noun.
    private static func isVerb(_ word: Word) -> Bool {
        word.meaning.isVerb && !(word.meaning.isPlural && word.meaning.isSoft)
    }

    /// `tax_return`, `create_order_return`: what is sent back or filed, no verb.
    private static func withoutReturns(_ words: [Word]) -> [Word] {
        guard let last = words.last, words.count > 1, last.is(KnownWord.return) else { return words }
        var noun = last.meaning
        noun.act = nil
        return words.dropLast() + [
            Word(key: last.key, start: last.start, end: last.end, meaning: noun, opensClause: last.opensClause)
        ]
    }

    /// A word that names a thing at least as often as it says what is done.
    private static func isNounFirst(_ word: Word) -> Bool {
        word.meaning.isSoft && !word.things.subtracting([.check, .query, .modifier, .weak, .heavy, .started]).isEmpty
    }

    private static func joined(to head: Int, in words: [Word]) -> [Int] {
        var joined: [Int] = []
        var position = head + 1
        while position < words.count {
            let word = words[position]
            if word.things.contains(.joins), position + 1 < words.count, words[position + 1].meaning.isVerb {
                joined.append(position + 1)
                position += 2
            } else if position == head + 1, word.meaning.isSureVerb,
                isOpening(words[head]) || words[head].meaning.act == .unlink && word.meaning.act == .destroy
            {
                joined.append(position)
                position += 1
            } else {
                break
            }
        }
        return joined
    }

    /// A verb that says only that the next one happens: `execute_delete`, `confirm_delete`.
    private static func isOpening(_ word: Word) -> Bool {
        switch word.meaning.act {
        case .run, .start, .manage: true
        case .write: word.things.contains(.confirm) || word.is(KnownWord.schedule)
        case .look, .compute, .make, .touch, .send, .link, .unlink, .cancel, .destroy, .pay, nil: false
        }
    }
}
