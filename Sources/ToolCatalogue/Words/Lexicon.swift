/// The words that verdicts are read from, with what they mean: built once from ``VerbTable`` and ``ThingTable``.
struct Lexicon: Sendable {
    static let shared = Lexicon()

    private let keys: [UInt128]
    private let meanings: [Meaning]
    private let pairs: [Pair: Stake]

    private struct Pair: Hashable {
        let first: WordKey
        let second: WordKey
    }

    private init() {
        var words: [UInt128: Meaning] = [:]
        for (table, isEnglish) in [(VerbTable.english, true), (VerbTable.others, false)] {
            for (heading, word) in Self.entries(of: table) {
                guard let act = Act(rawValue: heading) else {
                    preconditionFailure("`\(heading)` is a heading of the verb table but no act")
                }
                Self.add(act, word, isEnglish, to: &words)
            }
        }
        for (table, isEnglish) in [(ThingTable.english, true), (ThingTable.others, false)] {
            for (heading, word) in Self.entries(of: table) {
                guard let thing = Thing.named.first(where: { $0.heading == heading })?.thing else {
                    preconditionFailure("`\(heading)` is a heading of the table of things but no thing")
                }
                words[WordKey(word).value, default: .unknown].things.insert(thing)
                if isEnglish { words[WordKey(Inflection.s(word)).value, default: .unknown].things.insert(thing) }
            }
        }
        pairs = Self.addStakes(to: &words)
        for word in Phrase.unspacedWords { words[WordKey(word).value, default: .unknown].isSaid = true }
        (keys, meanings) = Self.laidOut(words)
    }

    /// What two words in a row put at stake together.
    func stakes(of first: Word, then second: Word) -> Stake {
        guard second.meaning.endsPair else { return [] }
        return pairs[Pair(first: first.key, second: second.key)] ?? []
    }

    /// What a word means; ``Meaning/unknown`` where it is in no table.
    @inline(__always)
    func meaning(of key: WordKey) -> Meaning {
        var slot = key.slot & Self.mask
        while keys[slot] != 0 {
            if keys[slot] == key.value { return meanings[slot] }
            slot = (slot + 1) & Self.mask
        }
        return .unknown
    }

    private static func entries(of table: String) -> [(heading: String, word: String)] {
        table.split(separator: "\n").flatMap { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            precondition(parts.count == 2, "a line of a word table is a heading, a colon and words")
            return parts[1].split(separator: " ").map { (String(parts[0]), String($0)) }
        }
    }

    private static func addStakes(to words: inout [UInt128: Meaning]) -> [Pair: Stake] {
        func stake(_ heading: String) -> Stake {
            guard let named = Stake.named.first(where: { $0.heading == heading }) else {
                preconditionFailure("`\(heading)` is a heading of the table of stakes but no stake")
            }
            return named.stake
        }
        for (heading, word) in entries(of: StakeTable.words) {
            for form in [word, Inflection.s(word)] {
                words[WordKey(form).value, default: .unknown].stakes.insert(stake(heading))
            }
        }
        var pairs: [Pair: Stake] = [:]
        for line in StakeTable.pairs.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            precondition(parts.count == 2, "a line of pairs is a heading, a colon and pairs")
            for pair in parts[1].split(separator: ",") {
                let two = pair.split(separator: " ").map(String.init)
                precondition(two.count == 2, "`\(pair)` is no pair of words")
                for second in [two[1], Inflection.s(two[1])] {
                    words[WordKey(second).value, default: .unknown].endsPair = true
                    pairs[Pair(first: WordKey(two[0]), second: WordKey(second)), default: []].insert(stake(parts[0]))
                }
            }
        }
        return pairs
    }

    private static func add(_ act: Act, _ written: String, _ isEnglish: Bool, to words: inout [UInt128: Meaning]) {
        let isSoft = written.hasSuffix("~")
        let word = isSoft ? String(written.dropLast()) : written
        var forms = [(word, false, false)]
        if isEnglish {
            forms += [(Inflection.s(word), false, true), (Inflection.ing(word), true, false)]
            // `Rolls back`, `shutting down`.
            if let particle = WordReader.particles.first(where: { word.hasSuffix($0) && word.count > $0.count + 2 }) {
                let stem = String(word.dropLast(particle.count))
                forms += [(Inflection.s(stem) + particle, false, true), (Inflection.ing(stem) + particle, true, false)]
            }
        }
        for (form, isGerund, isPlural) in forms {
            let key = WordKey(form).value
            var meaning = words[key] ?? .unknown
            if let first = meaning.act {
                if first != act, meaning.other == nil { meaning.other = act }
                // What one line calls a verb and another a noun is both.
                meaning.isSoft = meaning.isSoft || isSoft
            } else {
                meaning.act = act
                meaning.isForeign = !isEnglish
                meaning.isSoft = isSoft
                meaning.isGerund = isGerund
                meaning.isPlural = isPlural
            }
            words[key] = meaning
        }
    }

    private static let mask = 1 << 14 - 1

    private static func laidOut(_ words: [UInt128: Meaning]) -> (keys: [UInt128], meanings: [Meaning]) {
        precondition(words.count < mask / 2, "a table that is full is slow")
        var keys = [UInt128](repeating: 0, count: mask + 1)
        var meanings = [Meaning](repeating: .unknown, count: mask + 1)
        // In order of the keys, so that one program and the next lay it out alike.
        for (key, meaning) in words.sorted(by: { $0.key < $1.key }) {
            var slot = WordKey(value: key).slot & mask
            while keys[slot] != 0 { slot = (slot + 1) & mask }
            keys[slot] = key
            meanings[slot] = meaning
        }
        return (keys, meanings)
    }
}

extension WordKey {
    fileprivate init(value: UInt128) {
        self.init()
        var bytes = value
        var stack: [UInt8] = []
        while bytes != 0 {
            stack.append(UInt8(truncatingIfNeeded: bytes))
            bytes >>= 8
        }
        for byte in stack.reversed() { append(byte) }
    }
}
