/// Changing harms by what is changed, and by who else feels it.
extension RiskJudge {
    mutating func judgeWrite() {
        risk = act == .touch || act == .write && material.things.contains(.trifle) ? .low : .medium
        if act == .send { judgeSending() }
        if material.things.contains(.practice) { return note(.practice, .practice) }
        raise(.accessControl, to: .high, for: .access)
        raise(.secrets, to: .high, for: .secret)
        judgeStakes()
        judgeWriteAmongMoney()
        if isOperators {
            risk = .high
            evidence.append(Evidence(.siblings, "", .raises(.infrastructure)))
        }
        if reachesMachines { add(.infrastructure, .high, [.machine, .perhapsMachine]) }
        // Signing somebody else out.
        if act == .touch, isVerb(in: WordSet.signingOut), names(WordSet.actors) {
            add(.accessControl, .high, [.perhapsAccess])
        }
        if isVerb(in: WordSet.switching), names(WordSet.actors) { add(.accessControl, .high, [.perhapsAccess]) }
        if mintsCredential { add(.secrets, .high, [.perhapsSecret, .secret]) }
        if grantsMembership { add(.accessControl, .high, .member) }
        raise(.network, to: .high, for: .network)
        raise(.safeguards, to: .high, for: .safeguard)
        if material.actsOnMachines, verb != KnownWord.cancel, !isAboutSmallThing {
            add(.infrastructure, .high, [.machine, .perhapsMachine])
        }
        raise(.production, to: .high, for: .production)
        if act == .make, !isOutline { raise(.outward, to: .high, for: .outward) }
        raise(.outward, to: .high, for: .site)
        if act == .write || act == .manage || act == .make || act == .link { judgeStanding() }
        if isWeighty { add(.weighty, .high, [.heavy, .mainline, .queued]) }
        if let lasting = material.text.says(.noUndo), act != .touch { add(.noUndo, .high, textWords: lasting) }
        if act != .touch, let words = material.text.says(.forAdmins) { add(.accessControl, .high, textWords: words) }
        if act != .touch, let words = material.text.says(.costs) { add(.money, .high, textWords: words) }
        if isDark { add(.unreadable, .high, [.money, .perhapsMoney, .access, .secret, .machine, .network, .shell]) }
        if let overwrites = material.text.says(.overwrites), act != .make {
            add(.overwrites, .high, textWords: overwrites)
        }
        if act != .touch, let secret = material.schema.freeText.first(where: \.isPassword) {
            add(.secrets, .high, argument: secret.name, at: secret.pointer)
        }
        if let shell = material.schema.freeText.first(where: { $0.thing.contains(.shell) }) {
            add(.anyCommand, .high, argument: shell.name, at: shell.pointer)
        }
    }

    /// Nobody says what it does, but something dear is named, or the server itself calls it destructive.
    private var isDark: Bool {
        guard material.name.head == nil, material.text.lead == nil else { return false }
        return material.annotations.destructive == true
            || !material.allThings.isDisjoint(
                with: [.money, .perhapsMoney, .access, .secret, .machine, .network, .shell, .production])
    }

    /// Among an operator's tools, a change to what no table calls ordinary.
    private var isOperators: Bool {
        guard risk < .high, material.server.controlShare >= 0.35, !isVerb(in: WordSet.slight), act != .touch,
            act != .send, act != .cancel,
            let object = material.name.object, material.name.head != nil
        else { return false }
        let last = material.name.words[object]
        return last.things.isDisjoint(with: [.minor, .trifle, .draft, .foreign, .practice, .message, .person])
            && !WordSet.entries.contains(last.key) && !WordSet.ordinary.contains(last.key)
            && !WordSet.about.contains(last.key)
    }

    /// On a server that deals in machines, something of a machine that the first sentence names is changed.
    private var reachesMachines: Bool {
        guard act == .write || act == .manage || act == .link, material.server.machineShare >= 0.1, !isAboutSmallThing
        else { return false }
        return material.text.words.prefix(material.text.firstSentence).contains { $0.things.contains(.machine) }
    }

    /// `generate_token`, `issue_certificate`: what comes out opens doors.
    private var mintsCredential: Bool {
        guard isVerb(in: WordSet.minting), let object = material.name.object else { return false }
        return material.name.words[object].things.contains(.perhapsSecret) && material.server.moneyShare < 0.2
    }

    private mutating func judgeSending() {
        raise(.outward, to: .high, for: .outward)
        // `reply`, `send_draft`: the text says what goes out.
        if material.name.lastThings.contains(.draft) { add(.outward, .high, .draft) }
        if material.server.mailShare >= 0.1, !names(WordSet.conduits) || names(WordSet.mails) {
            add(.outward, .high, [.outward, .message, .draft])
        }
        if !names(WordSet.conduits), !material.text.things.isDisjoint(with: .outward) { add(.outward, .high, .outward) }
        if isVerb(in: WordSet.announcing), !names(WordSet.conduits), material.name.words.count > 1 || !isConduitText {
            add(.outward, .high, [.outward, .message, .foreign])
        }
        if WordSet.outsiders.contains(where: { key in
            material.text.words.prefix(material.text.firstSentence).contains { $0.key == key }
        }) {
            add(.outward, .high, .person)
        }
        if material.schema.things.contains(.recipient) { add(.outward, .high, [.outward, .message]) }
    }

    /// A template or a draft goes nowhere yet.
    private var isOutline: Bool { material.name.lastThings.contains(.draft) }

    private var isConduitText: Bool {
        material.text.words.prefix(material.text.firstSentence).contains { WordSet.conduits.contains($0.key) }
    }

    /// What stays in force after the call: settings, identities, instruments of payment, limits.
    private mutating func judgeStanding() {
        if verb != KnownWord.rename { raise(.configuration, to: .high, for: .settings) }
        if isIdentity { add(.accessControl, .high, [.perhapsAccess, .perhapsSecret]) }
        guard material.dealsInMoney else { return }
        if names(WordSet.instruments) { add(.money, .high, [.perhapsMoney, .money, .recipient]) }
        if names(WordSet.limits) { add(.safeguards, .high, [.safeguard, .access]) }
    }

    /// An account, a team or a key that can act is made or changed.
    private var isIdentity: Bool {
        guard let object = material.name.object else { return false }
        let last = material.name.words[object]
        if material.server.accessShare >= 0.1, WordSet.actors.contains(last.key) { return true }
        return last.is(KnownWord.user) || last.is(KnownWord.team) || last.is(KnownWord.account)
            || material.name.namesCredential || last.is(KnownWord.wallet)
            || last.things.contains(.perhapsSecret) && act == .make
    }

    /// A verb that weighs more than others, or code that goes where others build on it.
    private var isWeighty: Bool {
        guard let head = material.name.head else { return false }
        let verbs = [head] + material.name.joined
        if !material.name.lastThings.isDisjoint(with: [.passing, .trifle]) { return false }
        if verbs.contains(where: { material.name.words[$0].things.contains(.heavy) }) { return !isConduit }
        if act != .touch, act != .send, act != .make, material.text.isSure, let lead = material.text.lead,
            ([lead] + material.text.joined).contains(where: {
                material.text.words[$0].things.contains(.heavy) && !material.text.words[$0].things.contains(.foreign)
            })
        {
            return !isConduit
        }
        if material.name.words[0].is(KnownWord.force) { return true }
        if material.name.lastThings.contains(.queued), act == .make || act == .start { return true }
        if material.text.isSure, let lead = material.text.lead,
            ([lead] + material.text.joined).contains(where: { material.text.words[$0].is(KnownWord.merge) }),
            material.name.words.contains(where: { $0.is(KnownWord.merge) }), names(WordSet.requests)
        {
            return true
        }
        return material.name.words[head].is(KnownWord.merge) && material.name.things.contains(.mainline)
    }

    /// Published to a queue: read by programs.
    private var isConduit: Bool { names(WordSet.conduits) || material.name.words.count == 1 && isConduitText }

    /// Adding a person to what gives rights.
    private var grantsMembership: Bool {
        (act == .link || act == .write || act == .send) && isVerb(in: WordSet.membership)
            && material.name.things.contains(.member)
    }
}
