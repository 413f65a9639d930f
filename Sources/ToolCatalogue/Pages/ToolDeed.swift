/// What a tool's name says it does, as an English clause: `adds a user to a group`.
///
/// Words of the name are the server's; verbs, articles and order are ours. A verb that the name alone does not show, as in
/// `deploy_key_get`, is taken from the verdict's evidence.
struct ToolDeed {
    private let words: [Word]
    private let bytes: [UInt8]
    private let verbs: [Int]
    /// The verdict is a read by the name's nouns alone: `broker_status`.
    private let onlyReports: Bool

    init(_ name: String, _ verdict: Classification, among server: ServerContext) {
        bytes = Array(name.utf8)
        let reading = NameReading(bytes, among: server)
        words = reading.words
        let told = verdict.evidence.lazy.compactMap { evidence -> String? in
            guard case .category = evidence.claim, evidence.place == .name else { return nil }
            return evidence.found
        }.first
        onlyReports = reading.head == nil && told != nil && verdict.category == .read
        let bytes = bytes
        let byEvidence = told.flatMap { told in
            reading.words.firstIndex { $0.meaning.act != nil && $0.text(in: bytes).utf8.elementsEqual(told.utf8) }
        }
        if let head = reading.head, byEvidence == nil || byEvidence == head {
            verbs = [head] + reading.joined
        } else {
            verbs = byEvidence.map { [$0] } ?? []
        }
    }

    /// `detaches a user policy`; nil where the name has no verb that anybody could read.
    var clause: String? {
        let heads = verbs.filter { words[$0].end - words[$0].start > 1 }
        if heads.isEmpty, onlyReports { return "returns " + phrases(from: 0).joined(separator: " ") }
        guard !heads.isEmpty else { return nil }
        let isBulk = words.first.map { WordSet.inBulk.contains($0.key) } == true && !verbs.contains(0)
        var parts = [heads.map(present).joined(separator: " or ")]
        for phrase in phrases(from: isBulk ? 1 : 0) where !phrase.isEmpty { parts.append(phrase) }
        return parts.joined(separator: " ") + (isBulk ? " in bulk" : "")
    }

    private func present(_ position: Int) -> String {
        let verb = text(position)
        return words[position].meaning.isPlural ? verb : Inflection.s(verb)
    }

    /// `a user`, `to a group`.
    private func phrases(from start: Int) -> [String] {
        var phrases: [(preposition: String?, words: [Int])] = [(nil, [])]
        for position in words.indices.dropFirst(start) where !verbs.contains(position) {
            if WordSet.joining.contains(words[position].key), verbs.contains(position + 1) { continue }
            if WordSet.binding.contains(words[position].key) {
                phrases.append((text(position), []))
            } else {
                phrases[phrases.count - 1].words.append(position)
            }
        }
        return phrases.map { phrase in
            let nouns = withoutEchoes(phrase.words)
            guard let last = nouns.last else { return phrase.preposition ?? "" }
            let noun = nouns.map(text).joined(separator: " ")
            if isListed, phrase.preposition == nil, isCountable(last), !isQuantity(nouns[0]) {
                return Inflection.s(noun)
            }
            let takesArticle = phrase.preposition != "by" && isCountable(last) && !isQuantity(nouns[0])
            let full = takesArticle ? Self.article(noun) + noun : noun
            return [phrase.preposition, full].compactMap(\.self).joined(separator: " ")
        }
    }

    /// `label_list`: more than one.
    private var isListed: Bool { verbs.first.map { words[$0].is(KnownWord.list) } ?? false }

    /// `fileshares_fileshare` says one thing twice.
    private func withoutEchoes(_ positions: [Int]) -> [Int] {
        positions.enumerated().filter { place, position in
            guard place + 1 < positions.count else { return true }
            let (one, next) = (text(position), text(positions[place + 1]))
            return one != next && one != Inflection.s(next)
        }.map(\.element)
    }

    /// A known noun in the singular, of which there can be several.
    private func isCountable(_ position: Int) -> Bool {
        let word = words[position]
        let noun = text(position)
        let isPlural = noun.hasSuffix("s") && !["ss", "us", "is"].contains { noun.hasSuffix($0) }
        guard !isPlural, !WordSet.uncountable.contains(word.key) else { return false }
        return !word.things.isEmpty || !word.stakes.isEmpty || WordSet.ordinary.contains(word.key)
    }

    private func isQuantity(_ position: Int) -> Bool {
        !words[position].things.isDisjoint(with: .bulk) || WordSet.possessive.contains(words[position].key)
    }

    /// In small letters; an abbreviation keeps its capitals.
    private func text(_ position: Int) -> String {
        let text = words[position].text(in: bytes)
        let isAbbreviation =
            text.utf8.count > 1 && text.utf8.count < 6 && text.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
        return isAbbreviation && bytes.contains { $0 >= 0x61 && $0 <= 0x7A } ? text : text.lowercased()
    }

    /// By how the first letter sounds: `an AHO workflow`, `a user`, `an SSH key`.
    private static func article(_ noun: String) -> String {
        let first = noun.prefix { $0 != " " }
        let isSpelled = first.utf8.count > 1 && first.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
        if isSpelled { return "AEFHILMNORSX".contains(noun.prefix(1)) ? "an " : "a " }
        if ["use", "uni", "uri", "url", "uuid", "one", "eu"].contains(where: { noun.hasPrefix($0) }) { return "a " }
        return "aeiou".contains(noun.prefix(1)) ? "an " : "a "
    }
}
