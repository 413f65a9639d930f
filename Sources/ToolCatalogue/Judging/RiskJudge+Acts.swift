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
            let isOpen = !isConfined && (material.allThings.contains(.shell) || shell != nil)
            add(.anyCommand, isOpen ? .critical : .high, textWords: words)
        } else if let shell = shell ?? script, isForShell || shell.thing.contains(.shell) && takesAny, !isConfined {
            add(.anyCommand, .critical, argument: shell.name, at: shell.pointer)
        }
        raise(.production, to: .critical, for: .production)
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
                && words[position...].prefix(4).contains { $0.things.contains(.shell) }
        }
    }

    /// A program for a shell that the name names.
    private var script: SchemaReading.FreeText? { material.schema.freeText.first { $0.thing.contains(.code) } }

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
        if raise(.accessControl, to: .critical, for: .access) || raise(.secrets, to: .critical, for: .secret) { return }
        let isRevoked =
            verb == KnownWord.revoke && !material.name.things.isDisjoint(with: [.perhapsSecret, .perhapsMoney])
        if material.name.namesCredential || isRevoked { add(.secrets, .critical, .perhapsSecret) }
        if material.things.contains(.perhapsAccess), material.server.accessShare >= 0.1 {
            add(.accessControl, .critical, .perhapsAccess)
        }
        if !isCareful { raise(.wholeContainer, to: .critical, for: .container) }
        if let object = material.name.object, !names(WordSet.shares),
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
            material.things.isDisjoint(with: .passing)
        {
            add(.wholeContainer, .critical, [.container, .machine])
        }
        if let words = material.text.says(.withAllInside) { add(.wholeContainer, .critical, textWords: words) }
        if material.name.things.contains(.bulk) || reachesMany, !material.name.things.contains(.passing) {
            add(.bulk, .critical, .bulk)
        }
        if risk == .high, !material.things.isDisjoint(with: .passing) {
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
        guard material.text.act == .destroy, let lead = material.text.lead else { return false }
        let sentence = material.text.words.prefix(material.text.firstSentence)
        // The name says nothing of it.
        if material.heedsText, lead + 1 < sentence.count, WordSet.every.contains(sentence[lead + 1].key) { return true }
        if sentence.contains(where: { WordSet.recursive.contains($0.key) }) { return true }
        guard sentence.contains(where: { WordSet.filters.contains($0.key) }) else { return false }
        return sentence.dropFirst(lead + 1).prefix(1).contains { WordSet.every.contains($0.key) }
    }

    /// `delete_workspace_safely`: the name says that only what is empty or unused goes.
    private var isCareful: Bool { names(WordSet.careful) }

    private mutating func noteUndo() {
        if let words = material.text.says(.noUndo) ?? material.text.says(.forGood) {
            add(.noUndo, .low, textWords: words)
        }
    }
}
