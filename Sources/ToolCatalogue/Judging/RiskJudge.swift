/// Finds how much harm one wrong call can do, from the act, what it acts on, and what the text admits.
struct RiskJudge {
    let material: Material
    let act: Act
    let category: Category
    var risk: Risk
    var evidence: [Evidence] = []
    /// The kinds of what is acted on, without what is only said of it.
    var subject: Thing = []

    init(_ material: Material, act: Act, category: Category) {
        self.material = material
        self.act = act
        self.category = category
        risk = .medium
        subject = category == .read ? material.things : Self.subject(of: material, isAside)
        switch category {
        case .read: judgeRead()
        case .write: judgeWrite()
        case .execute: judgeExecute()
        case .destructive: judgeDestructive()
        case .financial: judgeFinancial()
        }
        noteConfirmation()
        if category != .read || act != .compute, let words = material.text.says(.unasked) {
            add(.safeguards, category == .destructive ? .critical : .high, textWords: words)
        }
    }

    /// The verb at the head of the name.
    var verb: WordKey? { material.name.head.map { material.name.words[$0].key } }

    func isVerb(in words: Set<WordKey>) -> Bool { verb.map(words.contains) ?? false }

    /// Whether the name has one of these words beside its verb.
    func names(_ words: Set<WordKey>) -> Bool {
        material.name.words.indices.contains { $0 != material.name.head && words.contains(material.name.words[$0].key) }
    }

    /// Raises the risk where what is acted on is such a thing.
    @discardableResult
    mutating func raise(_ concern: Concern, to floor: Risk, for things: Thing) -> Bool {
        guard !subject.isDisjoint(with: things) else { return false }
        add(concern, floor, things)
        return true
    }

    /// Raises the risk, and notes the word of such a kind that speaks for it.
    mutating func add(_ concern: Concern, _ floor: Risk, _ things: Thing) {
        risk = max(risk, floor)
        note(concern, things)
    }

    /// Notes the first word of name or first sentence that is of one of these kinds.
    mutating func note(_ concern: Concern, _ things: Thing) {
        let isRaising = concern != .minor && concern != .practice
        let claim: Evidence.Claim = isRaising ? .raises(concern) : .lowers(concern)
        for (position, word) in material.name.words.enumerated()
        where !word.things.isDisjoint(with: things) && !isAside(position) {
            return evidence.append(Evidence(material.usesTitle ? .title : .name, material.word(position), claim))
        }
        for (position, word) in material.text.words.prefix(material.text.firstSentence).enumerated()
        where !word.things.isDisjoint(with: things) {
            return evidence.append(Evidence(.description, material.textWord(position), claim))
        }
        // What the rule found is not of these kinds: what the name is about speaks for it.
        if let position = material.name.object ?? material.name.head {
            evidence.append(Evidence(material.usesTitle ? .title : .name, material.word(position), claim))
        }
    }

    /// Raises the risk for what stands in the text.
    mutating func add(_ concern: Concern, _ floor: Risk, textWords words: Range<Int>) {
        risk = max(risk, floor)
        evidence.append(Evidence(.description, material.textWords(words), .raises(concern)))
    }

    /// Raises the risk for an argument.
    mutating func add(_ concern: Concern, _ floor: Risk, argument name: String, at pointer: String) {
        risk = max(risk, floor)
        evidence.append(Evidence(.schema(pointer), name, .raises(concern)))
    }

    private mutating func noteConfirmation() {
        guard let confirmation = material.schema.confirmation, category != .read else { return }
        add(.selfConfirmed, .low, argument: confirmation.name, at: confirmation.pointer)
    }
}
