/// Running and taking away.
extension RiskJudge {
    mutating func judgeExecute() {
        risk = .high
        if material.things.contains(.practice) || sentenceHas(WordSet.sandboxes) {
            note(.practice, .practice)
            risk = .medium
            return
        }
        let shell = material.schema.freeText.first { $0.thing.contains(.shell) }
        if let words = material.text.says(.anyCommand) {
            let isOpen = !isConfined && (material.allThings.contains(.shell) || shell != nil || source != nil)
            add(.anyCommand, isOpen ? .critical : .high, textWords: words)
        } else if let source, isForSource, !isConfined {
            add(.anyCommand, .critical, argument: source.name, at: source.pointer)
        } else if let shell = shell ?? script, isForShell || shell.thing.contains(.shell) && takesAny, !isConfined {
            add(.anyCommand, .critical, argument: shell.name, at: shell.pointer)
        }
        if let word = ruinous { add(.anyCommand, .critical, textWords: word..<word + 1) }
        raise(.production, to: .critical, for: .production)
        if risk < .critical, isVerb(in: WordSet.rollingOut), let word = productionOfText {
            add(.production, .critical, textWords: word..<word + 1)
        }
    }

    /// `Deploys the project to production`
    private var productionOfText: Int? {
        let words = material.text.words.prefix(material.text.firstSentence)
        return words.indices.dropFirst().first {
            words[$0].things.contains(.production) && words[$0 - 1].is(KnownWord.to)
        }
    }

    /// The first sentence itself calls what is run destructive.
    private var ruinous: Int? {
        let words = material.text.words.prefix(material.text.firstSentence)
        return words.indices.first {
            WordSet.ruinous.contains(words[$0].key)
                && ($0 == 0 || !words[$0 - 1].things.contains(.negation))
        }
    }

    private var isForShell: Bool {
        material.name.things.contains(.shell)
            || names(WordSet.hosts)
            || material.text.things.contains(.shell)
                && material.text.words.prefix(material.text.firstSentence).contains {
                    WordSet.hosts.contains($0.key) || WordSet.terminals.contains($0.key)
                }
    }

    /// `Execute any kubectl command`: no word of a host, but none of a bound either.
    private var takesAny: Bool {
        let words = material.text.words.prefix(material.text.firstSentence)
        return words.indices.contains { position in
            WordSet.anyAtAll.contains(words[position].key)
                && words[position...].prefix(4).contains {
                    $0.things.contains(.shell) || WordSet.sources.contains($0.key)
                }
        }
    }

    /// A program for a shell that the name names.
    private var script: SchemaReading.FreeText? { material.schema.freeText.first { $0.thing.contains(.code) } }

    /// A program, handed in as it is to be run.
    private var source: SchemaReading.FreeText? {
        material.schema.freeText.first { text in
            guard text.thing.contains(.code), text.isNear else { return false }
            let words = WordReader.words(of: Array(text.name.utf8), isName: true, limit: 4, bytes: 32)
            return words.last.map { WordSet.sources.contains($0.key) } ?? false
        }
    }

    /// `run_code`, `execute_script`; `Runs arbitrary R code`
    private var isForSource: Bool {
        isNoun(in: WordSet.sources) || takesAny
            || material.name.words.count == 1 && material.text.things.contains(.code)
            || material.schema.choices.contains { $0.act == .run && $0.isProgram }
    }

    /// Inside a container, a guest or a sandbox, not on the host.
    private var isConfined: Bool {
        if material.text.words.prefix(material.text.firstSentence).contains(where: { WordSet.hosts.contains($0.key) }) {
            return false
        }
        return names(WordSet.confines)
            || material.text.words.prefix(24).contains {
                WordSet.confines.contains($0.key) || $0.things.contains(.practice)
            }
    }

    mutating func judgeDestructive() {
        risk = .high
        defer { noteUndo() }
        if isTentative { return judgeTentative() }
        if !isOfQueues, raise(.accessControl, to: .critical, for: .access) { return }
        if raise(.secrets, to: .critical, for: .secret) { return }
        if takesMembership || isParting { add(.accessControl, .critical, [.member, .person]) }
        let isRevoked =
            verb == KnownWord.revoke
            && (!material.things.isDisjoint(with: [.perhapsSecret, .perhapsMoney])
                || !material.pairsOfText.isDisjoint(with: [.access, .secrets]))
        if material.name.namesCredential || isRevoked { add(.secrets, .critical, .perhapsSecret) }
        if subject.contains(.perhapsAccess) || isNoun(in: WordSet.principals), material.server.accessShare >= 0.1 {
            add(.accessControl, .critical, .perhapsAccess)
        }
        if !isCareful, takesContainer { addContainer() }
        if let object = material.noun ?? material.name.object, !names(WordSet.shares),
            stakes(of: material.name.words, at: object).contains(.access)
        {
            add(.accessControl, .critical, [.access, .perhapsAccess])
        }
        if material.name.things.contains(.perhapsSecret), material.pairsOfText.contains(.secrets) {
            add(.secrets, .critical, .perhapsSecret)
        }
        if material.heedsText, !material.pairsOfText.isDisjoint(with: [.access, .secrets]) {
            add(.accessControl, .critical, [.access, .perhapsAccess])
        }
        if let many = material.schema.choices.first(where: { $0.act == .destroy && $0.isBulk }) {
            add(.bulk, .critical, argument: many.value, at: many.pointer)
        }
        if verb == KnownWord.empty, names(WordSet.trash) || sentenceHas(WordSet.trash) {
            add(.bulk, .critical, [.bulk, .container])
        }
        if names(WordSet.factory), verb == KnownWord.reset { add(.wholeContainer, .critical, [.container, .machine]) }
        if isVerb(in: WordSet.wiping) || material.heedsText && textVerbIs(in: WordSet.wiping),
            material.things.isDisjoint(with: .passing), !isNoun(in: WordSet.single)
        {
            add(.wholeContainer, .critical, [.container, .machine])
        }
        if let words = material.text.says(.withAllInside) { add(.wholeContainer, .critical, textWords: words) }
        if material.name.things.contains(.bulk) && !isOneBatch || reachesMany || purges,
            !material.name.things.contains(.passing)
        {
            add(.bulk, .critical, .bulk)
        }
        if risk == .high, !material.things.isDisjoint(with: .passing), !isServed {
            note(.minor, .passing)
            risk = .medium
        }
    }

    private func textVerbIs(in words: Set<WordKey>) -> Bool {
        guard let lead = material.text.lead else { return false }
        // `Wipes`: as in the table, without its ending.
        return WordSet.wipes.contains(material.text.words[lead].key) || words.contains(material.text.words[lead].key)
    }

    /// `Remove a tree recursively`, `Delete all documents that match`.
    private var reachesMany: Bool {
        if saysCondition { return true }
        guard material.text.act == .destroy, let lead = material.text.lead else { return false }
        let sentence = material.text.words.prefix(material.text.firstSentence)
        // The name says nothing of it.
        let isEvery = lead + 1 < sentence.count && WordSet.every.contains(sentence[lead + 1].key)
        if isEvery, material.heedsText || isNounPlural || material.name.namesNothing || isVerb(in: WordSet.sweeping) {
            return true
        }
        if isNounPlural, sentence.contains(where: { WordSet.aged.contains($0.key) }) { return true }
        if sentence.contains(where: { WordSet.recursive.contains($0.key) }) { return true }
        guard sentence.contains(where: { WordSet.filters.contains($0.key) }) else { return false }
        return sentence.dropFirst(lead + 1).prefix(1).contains { WordSet.every.contains($0.key) }
    }

    /// `delete_by_query`: the name says how the many are found.
    private var saysCondition: Bool {
        let words = material.name.words
        return words.indices.dropFirst().contains {
            words[$0 - 1].things.contains(.preposition) && WordSet.filters.contains(words[$0].key)
        }
    }

    /// `purge_queue`, `Empties a folder`: all that lies in it.
    private var purges: Bool {
        let isPurging =
            isVerb(in: WordSet.purging)
            || material.text.lead.map { WordSet.purging.contains(material.text.words[$0].key) } == true
        return isPurging && (isNoun(in: WordSet.filled) || isNounPlural)
    }

    /// Nobody has seen it yet, or it shows only how something would look.
    private var isTentative: Bool {
        (material.text.act == .destroy || material.text.lead == nil) && material.name.act == .destroy
            && material.core.contains { WordSet.tentative.contains(material.name.words[$0].key) }
            && subject.isDisjoint(with: .bulk)
    }

    private mutating func judgeTentative() {
        note(.minor, .draft)
        risk = .medium
    }

    /// A policy of a broker says how long messages live.
    private var isOfQueues: Bool { isNoun(in: WordSet.policies) && material.server.queueShare >= 0.15 }

    /// `Delete a batch by its id`: one thing.
    private var isOneBatch: Bool {
        let words = material.text.words.prefix(material.text.firstSentence)
        guard isNoun(in: WordSet.batches), let place = words.firstIndex(where: { WordSet.batches.contains($0.key) })
        else { return false }
        // `a batch of operations`: many.
        if place + 1 < words.count, WordSet.ofWhat.contains(words[place + 1].key) { return false }
        return words[..<place].suffix(3).contains { WordSet.articles.contains($0.key) }
    }

    /// `delete_serverless_cache`: a cache that others are served by.
    private var isServed: Bool {
        material.noun.map { stakes(of: material.name.words, at: $0).contains(.infrastructure) } ?? false
    }

    /// `offboard_employee`: all that somebody may do ends.
    private var isParting: Bool {
        isVerb(in: WordSet.partingWith) && (isNoun(in: WordSet.staff) || noun?.things.contains(.person) == true)
    }

    /// `delete_workspace_safely`: the name says that only what is empty or unused goes.
    private var isCareful: Bool { names(WordSet.careful) }

    private mutating func noteUndo() {
        if let words = material.text.says(.noUndo) ?? material.text.says(.forGood) {
            add(.noUndo, .low, textWords: words)
        }
    }
}
