/// Changing harms by what is changed, and by who else feels it.
extension RiskJudge {
    mutating func judgeWrite() {
        risk = act == .touch || act == .write && material.things.contains(.trifle) ? .low : .medium
        if act == .send { judgeSending() }
        if material.things.contains(.practice) { return note(.practice, .practice) }
        raise(.accessControl, to: .high, for: .access)
        raise(.secrets, to: .high, for: .secret)
        if grantsMembership { add(.accessControl, .high, .member) }
        raise(.network, to: .high, for: .network)
        raise(.safeguards, to: .high, for: .safeguard)
        if material.actsOnMachines { add(.infrastructure, .high, [.machine, .perhapsMachine]) }
        raise(.production, to: .high, for: .production)
        if act == .make { raise(.outward, to: .high, for: .outward) }
        raise(.outward, to: .high, for: .site)
        if act == .write || act == .manage || act == .make || act == .link { judgeStanding() }
        if isWeighty { add(.weighty, .high, [.heavy, .mainline, .queued]) }
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

    private mutating func judgeSending() {
        raise(.outward, to: .high, for: .outward)
        if material.schema.things.contains(.recipient) { add(.outward, .high, [.outward, .message]) }
    }

    /// What stays in force after the call: settings, identities, instruments of payment, limits.
    private mutating func judgeStanding() {
        raise(.configuration, to: .high, for: .settings)
        if isIdentity { add(.accessControl, .high, [.perhapsAccess, .perhapsSecret]) }
        guard material.dealsInMoney else { return }
        if names(WordSet.instruments) { add(.money, .high, [.perhapsMoney, .money, .recipient]) }
        if names(WordSet.limits) { add(.safeguards, .high, [.safeguard, .access]) }
    }

    /// An account, a team or a key that can act is made or changed.
    private var isIdentity: Bool {
        guard let object = material.name.object else { return false }
        let last = material.name.words[object]
        return last.is(KnownWord.user) || last.is(KnownWord.team) || last.is(KnownWord.account)
            || material.name.namesCredential || last.is(KnownWord.wallet)
            || last.things.contains(.perhapsSecret) && act == .make
    }

    /// A verb that weighs more than others, or code that goes where others build on it.
    private var isWeighty: Bool {
        guard let head = material.name.head else { return false }
        let verbs = [head] + material.name.joined
        if verbs.contains(where: { material.name.words[$0].things.contains(.heavy) }) { return true }
        if material.name.words[0].is(KnownWord.force) { return true }
        if material.name.lastThings.contains(.queued), act == .make || act == .start { return true }
        return material.name.words[head].is(KnownWord.merge) && material.name.things.contains(.mainline)
    }

    /// Adding a person to what gives rights.
    private var grantsMembership: Bool {
        (act == .link || act == .write || act == .send) && isVerb(in: WordSet.membership)
            && material.name.things.contains(.member)
    }
}
