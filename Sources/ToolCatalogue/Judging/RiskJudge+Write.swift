/// Changing harms by what is changed, and by who else feels it.
extension RiskJudge {
    mutating func judgeWrite() {
        if act == .look || act == .compute { return judgeKept() }
        let isMark = act == .touch && !names(WordSet.troubles) && !names(WordSet.watchers) || isPassing
        risk = isMark || act == .write && material.things.contains(.trifle) ? .low : .medium
        if act == .send { judgeSending() }
        // `use_role` for what follows is a right that is taken.
        if isChosenForNow, subject.isDisjoint(with: [.access, .perhapsAccess, .secret, .safeguard, .production]) {
            return note(.minor, .passing)
        }
        judgeSpeaking()
        judgePosting()
        judgeTelling()
        if material.things.contains(.practice) { return note(.practice, .practice) }
        if !isConnecting {
            raise(.accessControl, to: .high, for: .access)
            raise(.secrets, to: .high, for: .secret)
        }
        judgeStakes()
        judgeWriteAmongMoney()
        judgeCompany()
        if reachesMachines { add(.infrastructure, .high, [.machine, .perhapsMachine]) }
        // Signing somebody else out.
        if act == .touch, isVerb(in: WordSet.signingOut), names(WordSet.actors) || material.name.things.contains(.bulk)
        {
            add(.accessControl, .high, [.perhapsAccess])
        }
        if verb == KnownWord.login, names(WordSet.inTheNameOf) {
            add(.accessControl, .high, [.perhapsAccess, .access])
        }
        if isVerb(in: WordSet.switching), names(WordSet.actors) { add(.accessControl, .high, [.perhapsAccess]) }
        if mintsCredential { add(.secrets, .high, [.perhapsSecret, .secret]) }
        if grantsMembership || grantsUse { add(.accessControl, .high, .member) }
        if !isRemark {
            raise(.network, to: .high, for: .network)
            if !isCopy { raise(.safeguards, to: .high, for: .safeguard) }
        }
        if material.actsOnMachines, verb != KnownWord.cancel, !isVerb(in: WordSet.tagging), !isAboutSmallThing,
            !isOnScreen, !isOnBoard
        {
            add(.infrastructure, .high, [.machine, .perhapsMachine])
        }
        raise(.production, to: .high, for: .production)
        if act == .make, !isOutline, !isAboutSmallThing { raise(.outward, to: .high, for: .outward) }
        raise(.outward, to: .high, for: .site)
        if act == .write || act == .manage || act == .make || act == .link { judgeStanding() }
        if isWeighty { add(.weighty, .high, [.heavy, .mainline, .queued]) }
        if let lasting = material.text.says(.noUndo), act != .touch { add(.noUndo, .high, textWords: lasting) }
        if act != .touch, let words = material.text.says(.forAdmins) { add(.accessControl, .high, textWords: words) }
        if let words = material.text.says(.shownSecret) { add(.secrets, .high, textWords: words) }
        if act != .touch, let words = material.text.says(.grants) { add(.accessControl, .high, textWords: words) }
        if act == .manage, isNoun(in: WordSet.installed) { add(.weighty, .high, [.program]) }
        if act != .touch, let words = material.text.says(.costs) { add(.money, .high, textWords: words) }
        if isDark { add(.unreadable, .high, [.money, .perhapsMoney, .access, .secret, .machine, .network, .shell]) }
        if isVerb(in: WordSet.stopping), act != .touch, names(WordSet.serving), !isAboutSmallThing {
            add(.infrastructure, .high, [.machine, .perhapsMachine, .program, .site, .container])
        }
        if verb == KnownWord.schedule, names(WordSet.putOff) { add(.weighty, .high, [.heavy, .program, .machine]) }
        if let confirmation = material.schema.confirmation, material.schema.confirmsCost {
            add(.money, .high, argument: confirmation.name, at: confirmation.pointer)
        }
        if let danger = material.text.says(.danger), act != .touch, !isVerb(in: WordSet.making) {
            add(.weighty, .high, textWords: danger)
        }
        if let overwrites = material.text.says(.overwrites), act != .make, material.text.says(.keepsRest) == nil {
            add(.overwrites, .high, textWords: overwrites)
        }
        if act != .touch, !isConnecting, let secret = material.schema.freeText.first(where: \.isPassword) {
            add(.secrets, .high, argument: secret.name, at: secret.pointer)
        }
        if act != .touch, material.name.things.contains(.bulk), namesRecords {
            add(.bulk, .high, .bulk)
        }
        if isVerb(in: WordSet.muting), names(WordSet.watchers) { add(.safeguards, .high, .safeguard) }
        if isVerb(in: WordSet.stopping), let served = servedOfText { add(.infrastructure, .high, textWords: served) }
        if let running { add(.weighty, .high, textWords: running..<running + 1) }
        if act == .manage, material.name.head != nil, isNoun(in: WordSet.underWay) { add(.weighty, .high, .job) }
        if let opener = material.schema.opensToAll, act != .touch {
            add(.outward, .high, argument: opener.name, at: opener.pointer)
        }
        if isVerb(in: WordSet.ordering), let size = material.schema.ordersSize, !isNoun(in: WordSet.ordinary),
            !isOnBoard
        {
            add(.infrastructure, .high, argument: size.name, at: size.pointer)
        }
        if isVerb(in: WordSet.ordering), !isNoun(in: WordSet.ordinary), sentenceHas(WordSet.skus),
            sentenceHas(WordSet.placed), material.server.moneyShare < 0.2
        {
            add(.infrastructure, .high, [.machine, .perhapsMachine, .container])
        }
        if let shell = material.schema.freeText.first(where: { $0.thing.contains(.shell) && $0.isNear }) {
            add(.anyCommand, .high, argument: shell.name, at: shell.pointer)
        }
    }

    /// Somebody's record, or what somebody may do.
    private var namesRecords: Bool {
        material.name.words.indices.contains {
            !stakes(of: material.name.words, at: $0).isDisjoint(with: [.records, .access])
        }
    }

    /// The first sentence executes something, whatever the name says.
    private var running: Int? {
        let words = material.text.words.prefix(material.text.firstSentence)
        guard act != .touch, let position = words.firstIndex(where: { WordSet.executed.contains($0.key) }) else {
            return nil
        }
        // `Execute the create_user operation`: the name says which.
        let isCall = words.dropFirst(position + 1).prefix(5).contains { DescriptionReading.calls.contains($0.key) }
        return isCall || isSandboxed ? nil : position
    }

    /// `Stops a notebook instance`
    private var servedOfText: Range<Int>? {
        guard let lead = material.text.lead, !isAboutSmallThing else { return nil }
        let words = material.text.words
        let object = words.indices.prefix(material.text.firstSentence).dropFirst(lead + 1).prefix(5)
            .prefix { !words[$0].things.contains(.preposition) }
        guard let last = object.last, WordSet.serving.contains(words[last].key) else { return nil }
        return last..<last + 1
    }

    private var isSandboxed: Bool { subject.contains(.practice) || sentenceHas(WordSet.sandboxes) }

    private var isOnBoard: Bool { names(WordSet.boards) || sentenceHas(WordSet.boards) }

    /// On a server that deals in machines, something of a machine that the first sentence names is changed.
    private var reachesMachines: Bool {
        guard act == .write || act == .manage || act == .link, material.server.machineShare >= 0.1, !isAboutSmallThing
        else { return false }
        return material.text.words.prefix(material.text.firstSentence).contains { $0.things.contains(.machine) }
    }

    /// `create_backup`, `backup_database`: one more copy; who sets up when copies are made is another.
    var isCopy: Bool {
        guard act == .make || act == .write || act == .manage, names(WordSet.copies) || isVerb(in: WordSet.copies)
        else {
            return false
        }
        return material.name.words.count { $0.things.contains(.safeguard) } == 1 && !names(WordSet.standingRules)
    }

    /// Something said about a thing.
    private var isRemark: Bool {
        material.name.object.map { WordSet.remarks.contains(material.name.words[$0].key) } ?? false
    }

    /// `generate_token`, `issue_certificate`: what comes out opens doors.
    private var mintsCredential: Bool {
        guard isVerb(in: WordSet.minting), let object = material.name.object else { return false }
        let last = material.name.words[object]
        return last.things.contains(.perhapsSecret) && !WordSet.surroundings.contains(last.key)
            && material.server.moneyShare < 0.2
    }

    /// What stays in force after the call: settings, identities, instruments of payment, limits.
    private mutating func judgeStanding() {
        if verb != KnownWord.rename, !isOfProgram, !isSpareConfiguration, !isPlainVariable {
            raise(.configuration, to: .high, for: .settings)
        }
        if isIdentity { add(.accessControl, .high, [.perhapsAccess, .perhapsSecret]) }
        guard material.dealsInMoney else { return }
        if names(WordSet.instruments) { add(.money, .high, [.perhapsMoney, .money, .recipient]) }
        if names(WordSet.limits) { add(.safeguards, .high, [.safeguard, .access]) }
    }

    /// A variable of a program that is looked into, not one that programs are set up by.
    var isOfProgram: Bool { names(WordSet.programming) && !names(WordSet.surroundings) }

    /// A variable that programs are not set up by as far as anybody says.
    private var isPlainVariable: Bool {
        names(WordSet.variables) && !names(WordSet.injected) && !sentenceHas(WordSet.injected)
    }

    /// An account, a team or a key that can act is made or changed.
    private var isIdentity: Bool {
        guard let object = material.name.object else { return false }
        let last = material.name.words[object]
        if material.server.accessShare >= 0.1, WordSet.principals.contains(last.key) { return true }
        return last.is(KnownWord.user) || last.is(KnownWord.team) || last.is(KnownWord.account)
            || material.name.namesCredential || last.is(KnownWord.wallet)
            || last.things.contains(.perhapsSecret) && act == .make && !WordSet.surroundings.contains(last.key)
    }

    /// `assign_license`, and the text says to whom: from now on somebody may use it.
    private var grantsUse: Bool {
        isVerb(in: WordSet.allotting) && isNoun(in: WordSet.allotted)
            && (names(WordSet.staff) || sentenceHas(WordSet.staff))
    }

    /// Adding a person to what gives rights.
    private var grantsMembership: Bool {
        (act == .link || act == .write || act == .send) && isVerb(in: WordSet.membership)
            && material.name.things.contains(.member) && !names(WordSet.circles)
    }
}
