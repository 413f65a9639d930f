/// Which of name and text holds where they differ.
extension CategoryJudge {
    mutating func reconcile(_ name: Act, _ text: Act) {
        // Two verbs joined are verbs.
        let nameSure = material.name.isSure || !material.name.joined.isEmpty
        let textSure = material.text.isSure
        if name.category == text.category {
            settle(name == .manage ? text : name, name.category, nameSure || textSure ? 0.92 : 0.8)
            noteName()
            noteText()
            return
        }
        let chosen = choose(name, nameSure, text, textSure)
        settle(chosen, chosen.category, nameSure && textSure ? 0.6 : 0.75)
        isByText = chosen == text
        noteName()
        noteText()
        let isGrave = chosen.category.rank >= Category.destructive.rank
        if nameSure || isGrave, textSure, chosen == text, name.category == .read, name != .manage {
            evidence.append(Evidence(.description, textVerb, .raises(.contradiction)))
        }
    }

    var textVerb: String { material.text.lead.map { material.textWord($0) } ?? "" }

    /// Which of two acts of different categories holds.
    private func choose(_ name: Act, _ nameSure: Bool, _ text: Act, _ textSure: Bool) -> Act {
        switch name {
        case .manage:
            return text
        case .look, .compute:
            return overLook(name, nameSure, text, textSure)
        case .make:
            // Made, or only worked out: the text knows.
            if text == .compute || text == .look, textSure || !nameSure {
                let isMarked = material.annotations.destructive == true || material.annotations.readOnly == false
                return keepsWhatItMakes || isMarked && nameSure ? name : text
            }
            return worse(name, text)
        case .write, .touch, .send, .link, .unlink, .cancel, .start:
            switch text {
            case .compute:
                return nameSure && (keepsWhatItMakes || !textSure) || !textSure || isOnContainer ? name : text
            case .look:
                if asksPeople { return name }
                if name == .touch, textSure, material.name.lastThings.contains(.state) { return text }
                return nameSure || !textSure ? name : text
            case .run:
                // `write_cypher`: a query that writes is run.
                if textSure, !material.name.things.isDisjoint(with: [.query, .code, .shell]) { return text }
                // `schedule_run: Triggers a run`: the noun comes first.
                if !nameSure, material.name.words.count > 1, material.name.words.last?.meaning.act == .run {
                    return text
                }
                return nameSure || textRepeatsName || !textSure && name == .write ? name : text
            case .destroy where nameSure && removesOnly: return name
            case .destroy, .pay: return nameSure && !textSure ? name : text
            case .manage, .make, .write, .touch, .send, .link, .unlink, .cancel, .start: return name
            }
        case .run:
            if text == .destroy || text == .pay { return text }
            // `run_flow: Starts a flow`
            let startsIt = text.category == .write && material.name.words.count > 1
            return nameSure || startsIt || text == .manage || resumesRun ? name : text
        case .destroy:
            return nameSure || text == .cancel || movesToTrash ? name : text
        case .pay:
            return nameSure && (material.dealsInMoney || isSpending) ? name : text
        }
    }

    /// `vacuum_database: Optimize the database`: what is kept elsewhere is worked on.
    private var isOnContainer: Bool { material.name.lastThings.contains(.container) && !material.schema.isInline }

    /// `request_signature`, and the text asks people to sign: no answer comes back from the call.
    private var asksPeople: Bool {
        material.text.lead.map { WordSet.addressing.contains(material.text.words[$0].key) } ?? false
    }

    /// `Run the selected update operation`: the text runs what the name says.
    private var textRepeatsName: Bool {
        guard let head = material.name.head, let lead = material.text.lead else { return false }
        let key = material.name.words[head].key
        return material.text.words.prefix(material.text.firstSentence).dropFirst(lead + 1).contains { $0.key == key }
    }

    /// `Move a file to the trash`: the text's way of saying what the name says.
    private var movesToTrash: Bool {
        material.text.words.prefix(material.text.firstSentence).contains { WordSet.trash.contains($0.key) }
    }

    /// The text's only word for it is `remove`, which `untag` and `unprotect` are, too.
    private var removesOnly: Bool {
        material.text.joined.isEmpty && material.text.lead.map { material.text.words[$0].is(KnownWord.remove) } == true
    }

    /// The name says it only looks; the text may know better.
    private func overLook(_ name: Act, _ nameSure: Bool, _ text: Act, _ textSure: Bool) -> Act {
        guard textSure else { return name }
        // `decode_calldata: Turns input into names`
        if name == .compute, let lead = material.text.lead, WordSet.transforms.contains(material.text.words[lead].key) {
            return name
        }
        // `query_metric_formula: Execute formulas`
        let isMeasured = material.name.words.last.map { WordSet.measured.contains($0.key) } == true
        if !nameSure, text == .run, material.annotations.readOnly != true, !isMeasured { return text }
        if let lead = material.text.lead, material.text.words[lead].things.contains(.weak) { return name }
        // `generate_password_ticket`, and the text creates a link that opens an account.
        if name == .compute, text == .make, keepsWhatItMakes, material.annotations.readOnly != true,
            !material.schema.isInline
        {
            return text
        }
        switch text {
        case .destroy, .pay: return text
        case .write, .send, .link, .unlink, .touch, .cancel:
            return material.annotations.readOnly == true ? name : text
        case .make: return keepsWhatItMakes && material.annotations.readOnly != true ? text : name
        case .run, .start, .manage, .look, .compute: return name
        }
    }

    /// What is made lasts: it has a place to go, or is a thing that servers hold.
    private var keepsWhatItMakes: Bool {
        if !material.schema.things.isDisjoint(with: .saved) || !material.pairsOfText.isEmpty { return true }
        return !material.allThings.isDisjoint(with: [
            .container, .access, .secret, .perhapsSecret, .network, .owes, .draft,
        ])
    }
}
