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
        if let last = material.name.words.last, last.is(KnownWord.user) || last.is(KnownWord.profile), act == .look {
            _ = add(.personalData, .medium, .perhapsAccess)
        }
        if material.name.namesCredential {
            _ = add(.secrets, .medium, .perhapsSecret)
            if isOpened || act == .look && material.name.act == .write { risk = .high }
        }
        if material.server.moneyShare >= 0.2 { raise(.money, to: .medium, for: .holdings) }
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
        case .write where material.things.contains(.trifle): risk = .low
        case .send:
            raise(.outward, to: .high, for: .outward)
            if material.schema.things.contains(.recipient) { _ = add(.outward, .high, [.outward, .message]) }
        case .unlink, .link, .cancel, .make, .write, .manage, .start, .run, .look, .compute, .destroy, .pay: break
        }
        if material.things.contains(.practice) { return }
        raise(.accessControl, to: .high, for: .access)
        raise(.secrets, to: .high, for: .secret)
        if grantsMembership { _ = add(.accessControl, .high, .member) }
        raise(.network, to: .high, for: .network)
        raise(.safeguards, to: .high, for: .safeguard)
        if material.actsOnMachines { _ = add(.infrastructure, .high, [.machine, .perhapsMachine]) }
        raise(.production, to: .high, for: .production)
        if act == .make { raise(.outward, to: .high, for: .outward) }
        raise(.outward, to: .high, for: .site)
        if act == .write || act == .manage || act == .make || act == .link {
            raise(.configuration, to: .high, for: .settings)
            if isIdentity { _ = add(.accessControl, .high, [.perhapsAccess, .perhapsSecret]) }
        }
        if isHeavy { _ = add(.production, .high, [.heavy, .mainline]) }
        if let overwrites = material.text.says(.overwrites), act != .make {
            risk = max(risk, .high)
            evidence.append(Evidence(.description, material.textWords(overwrites), .raises(.overwrites)))
        }
        if material.schema.freeText.contains(where: { $0.thing.contains(.shell) }) {
            _ = add(.anyCommand, .high, .shell)
        }
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
            if material.allThings.contains(.shell), !isConfined { risk = .critical }
        } else if material.name.things.contains(.shell), !isConfined,
            let shell = material.schema.freeText.first(where: { $0.thing.contains(.shell) })
        {
            evidence.append(Evidence(.schema(shell.pointer), shell.name, .raises(.anyCommand)))
            risk = .critical
        }
        raise(.production, to: .critical, for: .production)
    }

    private mutating func judgeDestructive() {
        risk = .high
        if raise(.accessControl, to: .critical, for: .access) || raise(.secrets, to: .critical, for: .secret) {
            return noteUndo()
        }
        if material.name.namesCredential || isRevoked { _ = add(.secrets, .critical, .perhapsSecret) }
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
        let isBill = !material.name.things.isDisjoint(with: .paper) && act != .pay
        let signs = material.name.head.map { Self.signing.contains(material.name.words[$0].key) } == true
        let leaves =
            act == .pay || !isBill && (act == .send || act == .run || signs)
            || !material.name.things.isDisjoint(with: .moneyLeaves) && isPlaced
        if leaves {
            risk = .critical
            note(.moneyLeaves, [.moneyLeaves, .money, .owes])
        } else {
            note(.money, [.money, .owes, .perhapsMoney])
        }
    }

    /// Inside a container, a guest or a sandbox, not on the host.
    private var isConfined: Bool {
        material.allThings.contains(.machine)
            || material.text.words.prefix(24).contains { !$0.things.isDisjoint(with: [.machine, .practice]) }
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
        guard let last = material.name.words.last, let head = material.name.head else { return false }
        guard !Self.listing.contains(material.name.words[head].key) else { return false }
        return last.is(KnownWord.value) || last.things.contains(.secret) && material.name.words.count <= 3
    }

    private static let listing = Set(["list", "search", "find", "count", "scan", "check"].map(WordKey.init))

    /// An account, a team or a key that can act is made or changed.
    private var isIdentity: Bool {
        guard let object = material.name.object else { return false }
        let last = material.name.words[object]
        return last.is(KnownWord.user) || last.is(KnownWord.team) || last.is(KnownWord.account)
            || material.name.namesCredential || last.is(KnownWord.wallet)
            || last.things.contains(.perhapsSecret) && act == .make
    }

    /// A verb that weighs more than others, or code that goes where others build on it.
    private var isHeavy: Bool {
        guard let head = material.name.head else { return false }
        let verbs = [head] + material.name.joined
        if verbs.contains(where: { material.name.words[$0].things.contains(.heavy) }) { return true }
        if material.name.words[0].is(KnownWord.force) { return true }
        if material.name.lastThings.contains(.queued), act == .make || act == .start { return true }
        return material.name.words[head].is(KnownWord.merge) && material.name.things.contains(.mainline)
    }

    /// `revoke_token`
    private var isRevoked: Bool {
        material.name.things.contains(.perhapsSecret)
            && material.name.head.map { material.name.words[$0].is(KnownWord.revoke) } == true
    }

    /// A new order, transfer or refund, not a change to one.
    private var isPlaced: Bool {
        guard act != .cancel, let head = material.name.head else { return false }
        let verb = material.name.words[head]
        return act == .make || Self.placing.contains(verb.key)
    }

    private static let signing = Set(["sign", "approve"].map(WordKey.init))
    private static let placing = Set(
        ["place", "submit", "open", "close", "issue", "add", "request", "post", "put", "confirm", "approve"].map(
            WordKey.init))

    /// Adding a person to what gives rights.
    private var grantsMembership: Bool {
        guard act == .link || act == .write || act == .send, let head = material.name.head else { return false }
        return material.name.things.contains(.member)
            && [KnownWord.add, KnownWord.invite, KnownWord.grant, KnownWord.create].contains(
                material.name.words[head].key)
    }

    /// The argument is a query in a language, not words to search for.
    private func isRawQuery(_ text: (thing: Thing, name: String, pointer: String)) -> Bool {
        !["query", "search_query", "searchQuery", "q"].contains(text.name) || material.name.lastThings.contains(.query)
    }
}
