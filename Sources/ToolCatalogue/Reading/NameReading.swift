/// What a name says: the verb at its head, and the kinds of things in it.
struct NameReading {
    /// The words, without those that all tools of the server share at the beginning.
    private(set) var words: [Word]
    /// The position of the verb that the name is about.
    private(set) var head: Int?
    /// Verbs that a second one was joined to, as in `create_or_update`.
    private(set) var joined: [Int] = []
    /// The kinds of all words but the head.
    private(set) var things: Thing = []

    init(_ name: [UInt8], among server: ServerContext) {
        words = WordReader.words(
            of: name, isName: true, limit: CatalogueBounds.nameWords, bytes: CatalogueBounds.nameBytes)
        words.removeFirst(server.sharedBeginning(of: words))
        head = Self.head(of: words)
        if let head { joined = Self.joined(to: head, in: words) }
        for (position, word) in words.enumerated() where position != head && !joined.contains(position) {
            things.formUnion(word.things)
        }
    }

    var act: Act? { head.flatMap { words[$0].meaning.act } }

    /// Whether the verb is one wherever it stands.
    var isSure: Bool { head.map { words[$0].meaning.isSureVerb } ?? false }

    /// The kinds of the last word, which names what the tool is about.
    var lastThings: Thing { words.count > 1 ? words[words.count - 1].things : [] }

    private static func head(of words: [Word]) -> Int? {
        guard !words.isEmpty else { return nil }
        let first = words.firstIndex { !$0.things.contains(.modifier) || $0.meaning.isSureVerb } ?? 0
        let last = words.count - 1
        if words[first].meaning.isSureVerb { return first }
        if words[first].meaning.isVerb {
            // `label_write`, `order_create`: the noun first, the verb last.
            if last > first, isNounFirst(words[first]), words[last].meaning.isVerb,
                words[last].meaning.isSureVerb || !isNounFirst(words[last])
            {
                return last
            }
            // `order_history`, `log_level`: a state of something.
            if last > first, isNounFirst(words[first]), words[last].things.contains(.state) { return nil }
            if let sure = words.indices.first(where: { $0 > first && words[$0].meaning.isSureVerb }),
                isNounFirst(words[first])
            {
                return sure
            }
            return first
        }
        if let sure = words.indices.first(where: { words[$0].meaning.isSureVerb }) { return sure }
        if words[last].meaning.isVerb { return last }
        // A verb in the middle, unless everything says it is a noun there.
        return words.indices.first { words[$0].meaning.isVerb && !isNounFirst(words[$0]) }
    }

    /// A word that names a thing at least as often as it says what is done.
    private static func isNounFirst(_ word: Word) -> Bool { word.meaning.isSoft && !word.things.isEmpty }

    private static func joined(to head: Int, in words: [Word]) -> [Int] {
        var joined: [Int] = []
        var position = head + 1
        while position < words.count {
            let word = words[position]
            if word.things.contains(.joins), position + 1 < words.count, words[position + 1].meaning.isVerb {
                joined.append(position + 1)
                position += 2
            } else if position == head + 1, word.meaning.isSureVerb, isOpening(words[head]) {
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
        case .write: word.things.contains(.confirm)
        case .look, .compute, .make, .touch, .send, .link, .unlink, .cancel, .destroy, .pay, nil: false
        }
    }
}
