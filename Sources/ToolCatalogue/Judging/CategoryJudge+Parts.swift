/// What name and text say, each for itself.
extension CategoryJudge {
    var nameAct: Act? {
        guard let act = material.name.act else { return nil }
        if isToggle(material.name.words, [material.name.head].compactMap(\.self) + material.name.joined) {
            return .unlink
        }
        return material.name.joined.reduce(act) { worse($0, material.name.words[$1].meaning.act) }
    }

    var textAct: Act? {
        guard let act = material.text.act else { return nil }
        // `Run a diagnostic review`, `Perform an analysis`: looked at, in many words.
        if act == .run || act == .manage, material.text.things.contains(.check),
            material.text.things.isDisjoint(with: [.query, .code, .shell]), !isIntrusive
        {
            return .look
        }
        if isToggle(material.text.words, [material.text.lead].compactMap(\.self) + material.text.joined) {
            return .unlink
        }
        return material.text.joined.reduce(act) { worse($0, material.text.words[$1].meaning.act) }
    }

    /// `Launch an active scan`: not only looked at.
    private var isIntrusive: Bool {
        material.text.words.prefix(material.text.firstSentence).contains { WordSet.intrusive.contains($0.key) }
    }

    /// `Add or remove`, `Set or clear`: what can be put back at will is not lost.
    private func isToggle(_ words: [Word], _ verbs: [Int]) -> Bool {
        let takes = verbs.filter { words[$0].meaning.act == .destroy }
        return !takes.isEmpty && takes.count < verbs.count && takes.allSatisfy { Self.taking.contains(words[$0].key) }
            && verbs.contains { Self.giving.contains(words[$0].key) }
    }

    static let giving = Set(["add", "set", "assign", "attach", "apply"].map(WordKey.init))
    static let taking = Set(["remove", "clear", "unset"].map(WordKey.init))

    func worse(_ one: Act, _ other: Act?) -> Act {
        guard let other else { return one }
        return other.category.rank > one.category.rank || one == .manage ? other : one
    }

    var lastWord: String { material.word(material.name.words.count - 1) }

    /// `deploy_help`: help about an act, whatever the act.
    var isGuidance: Bool {
        guard material.name.words.last?.things.contains(.guidance) == true, material.name.words.count > 1 else {
            return false
        }
        switch material.name.act {
        case .make, .write, .destroy, .pay, .send: return false
        case .look, .compute, .manage, .touch, .link, .unlink, .cancel, .run, .start, nil: return true
        }
    }

    mutating func settle(_ act: Act, _ category: Category, _ confidence: Double) {
        self.act = act
        self.category = category
        self.confidence = confidence
    }

    mutating func noteName() {
        guard let head = material.name.head else { return }
        let place: Evidence.Place = material.usesTitle ? .title : .name
        for position in [head] + material.name.joined {
            guard let act = material.name.words[position].meaning.act else { continue }
            evidence.append(Evidence(place, material.word(position), .category(act.category)))
        }
    }

    mutating func noteText() {
        guard let lead = material.text.lead else { return }
        for position in [lead] + material.text.joined {
            guard let act = material.text.words[position].meaning.act else { continue }
            evidence.append(Evidence(.description, material.textWord(position), .category(act.category)))
        }
    }
}
