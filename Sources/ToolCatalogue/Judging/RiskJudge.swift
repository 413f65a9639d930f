/// Finds how much harm one wrong call can do, from the act, what it acts on, and what the text admits.
struct RiskJudge {
    let material: Material
    let act: Act
    let category: Category
    private(set) var risk: Risk
    private(set) var evidence: [Evidence] = []

    init(_ material: Material, act: Act, category: Category) {
        self.material = material
        self.act = act
        self.category = category
        risk = .medium
        switch category {
        case .read: judgeRead()
        case .write: judgeWrite()
        case .execute: judgeExecute()
        case .destructive: judgeDestructive()
        case .financial: judgeFinancial()
        }
        noteConfirmation()
    }

    // MARK: By category

    private mutating func judgeRead() {
        risk = .low
        guard act != .compute else { return }
        if raise(.secrets, to: .medium, for: .secret) {
            if isOpened { risk = .high }
        }
        raise(.personalData, to: .medium, for: [.person, .message])
        raise(.personalData, to: .medium, for: .sensitive)
        if material.name.things.contains(.log), act == .look { note(.secrets, .log) }
        let queries = material.schema.freeText.first { $0.thing.contains(.query) && !$0.thing.contains(.web) }
        if let queries, act == .look, isRawQuery(queries) {
            risk = max(risk, .medium)
            evidence.append(Evidence(.schema(queries.pointer), queries.name, .raises(.anyQuery)))
        }
    }

    private mutating func judgeWrite() {
        risk = .medium
        switch act {
        case .touch: risk = .low
        case .send: raise(.outward, to: .high, for: .outward)
        case .unlink, .link, .cancel, .make, .write, .manage, .start, .run, .look, .compute, .destroy, .pay: break
        }
        if material.things.contains(.practice) { return }
        raise(.accessControl, to: .high, for: .access)
        raise(.secrets, to: .high, for: .secret)
        if grantsMembership { _ = add(.accessControl, .high, .member) }
        raise(.network, to: .high, for: .network)
        raise(.safeguards, to: .high, for: .safeguard)
        raise(.infrastructure, to: .high, for: .machine)
        raise(.production, to: .high, for: .production)
        if act != .touch, act != .send { raise(.outward, to: .high, for: .outward) }
        if let overwrites = material.text.says(.overwrites), act != .make {
            risk = max(risk, .high)
            evidence.append(Evidence(.description, material.textWords(overwrites), .raises(.overwrites)))
        }
        if material.schema.freeText.contains(where: { $0.thing.contains(.shell) }) { _ = add(.anyCommand, .high, .shell) }
    }

    private mutating func judgeExecute() {
        risk = .high
        if material.things.contains(.practice) {
            note(.practice, .practice)
            risk = .medium
            return
        }
        if let words = material.text.says(.anyCommand) {
            evidence.append(Evidence(.description, material.textWords(words), .raises(.anyCommand)))
            if material.allThings.contains(.shell) { risk = .critical }
        }
        raise(.production, to: .critical, for: .production)
    }

    private mutating func judgeDestructive() {
        risk = .high
        if raise(.accessControl, to: .critical, for: .access) || raise(.secrets, to: .critical, for: .secret) {
            return noteUndo()
        }
        if material.name.things.isSuperset(of: [.perhapsAccess, .perhapsSecret]) {
            _ = add(.secrets, .critical, .perhapsSecret)
        }
        if material.things.contains(.perhapsAccess), material.server.accessShare >= 0.2 {
            _ = add(.accessControl, .critical, .perhapsAccess)
        }
        raise(.wholeContainer, to: .critical, for: .container)
        if material.name.things.contains(.bulk), !material.name.things.contains(.passing) {
            _ = add(.bulk, .critical, .bulk)
        }
        if risk == .high, !material.things.isDisjoint(with: .passing) {
            note(.minor, .passing)
            risk = .medium
        }
        noteUndo()
    }

    private mutating func judgeFinancial() {
        risk = .high
        let leaves = act == .pay || !material.name.things.isDisjoint(with: .moneyLeaves) && act != .cancel
        if leaves {
            risk = .critical
            note(.moneyLeaves, [.moneyLeaves, .money, .owes])
        } else {
            note(.money, [.money, .owes, .perhapsMoney])
        }
    }

    // MARK: Finding and noting

    /// Raises the risk where name or first sentence names such a thing.
    @discardableResult
    private mutating func raise(_ concern: Concern, to floor: Risk, for things: Thing) -> Bool {
        guard !material.things.isDisjoint(with: things) else { return false }
        return add(concern, floor, things)
    }

    private mutating func add(_ concern: Concern, _ floor: Risk, _ things: Thing) -> Bool {
        risk = max(risk, floor)
        note(concern, things)
        return true
    }

    private mutating func note(_ concern: Concern, _ things: Thing) {
        let isRaising = concern != .minor && concern != .practice
        let claim: Evidence.Claim = isRaising ? .raises(concern) : .lowers(concern)
        for (position, word) in material.name.words.enumerated() where !word.things.isDisjoint(with: things) {
            evidence.append(Evidence(material.usesTitle ? .title : .name, material.word(position), claim))
            return
        }
        for (position, word) in material.text.words.prefix(material.text.firstSentence).enumerated()
        where !word.things.isDisjoint(with: things) {
            evidence.append(Evidence(.description, material.textWord(position), claim))
            return
        }
    }

    private mutating func noteUndo() {
        guard let words = material.text.says(.noUndo) else { return }
        evidence.append(Evidence(.description, material.textWords(words), .raises(.noUndo)))
    }

    private mutating func noteConfirmation() {
        guard let confirmation = material.schema.confirmation, category != .read else { return }
        evidence.append(Evidence(.schema(confirmation.pointer), confirmation.name, .raises(.selfConfirmed)))
    }

    /// One secret is asked for by name, and comes back readable.
    private var isOpened: Bool {
        guard let last = material.name.words.last else { return false }
        return last.is(Self.value) || last.things.contains(.secret) && material.name.words.count <= 3
    }

    private static let value = WordKey("value")

    /// Adding a person to what gives rights.
    private var grantsMembership: Bool {
        guard act == .link || act == .write || act == .send, let head = material.name.head else { return false }
        return material.name.things.contains(.member)
            && [WordKey("add"), WordKey("invite"), WordKey("grant"), WordKey("create")].contains(
                material.name.words[head].key)
    }

    /// The argument is a query in a language, not words to search for.
    private func isRawQuery(_ text: (thing: Thing, name: String, pointer: String)) -> Bool {
        text.name.utf8.elementsEqual("sql".utf8) || material.allThings.contains(.query)
    }
}
