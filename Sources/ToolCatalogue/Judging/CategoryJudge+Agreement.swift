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
        noteName()
        noteText()
        if nameSure, textSure, chosen == text, name.category == .read {
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
            if text == .compute || text == .look {
                let isMarked = material.annotations.destructive == true || material.annotations.readOnly == false
                return keepsWhatItMakes || isMarked && nameSure ? name : text
            }
            return worse(name, text)
        case .write, .touch, .send, .link, .unlink, .cancel, .start:
            switch text {
            case .compute: return keepsWhatItMakes && nameSure ? name : text
            case .look: return nameSure || !textSure ? name : text
            case .run: return nameSure ? name : text
            case .destroy where nameSure && removesOnly: return name
            case .destroy, .pay: return nameSure && !textSure ? name : text
            case .manage, .make, .write, .touch, .send, .link, .unlink, .cancel, .start: return name
            }
        case .run:
            if text == .destroy || text == .pay { return text }
            if nameSure { return text == .compute && !textSure ? name : name }
            return text == .manage ? name : text
        case .destroy:
            return nameSure || text == .cancel ? name : text
        case .pay:
            return nameSure && (material.dealsInMoney || isSpending) ? name : text
        }
    }

    /// The text's only word for it is `remove`, which `untag` and `unprotect` are, too.
    private var removesOnly: Bool {
        material.text.joined.isEmpty && material.text.lead.map { material.text.words[$0].is(KnownWord.remove) } == true
    }

    /// The name says it only looks; the text may know better.
    private func overLook(_ name: Act, _ nameSure: Bool, _ text: Act, _ textSure: Bool) -> Act {
        guard textSure else { return name }
        if !nameSure, text == .run, material.annotations.readOnly != true { return text }
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
        case .run, .start, .make, .manage, .look, .compute: return name
        }
    }

    /// What is made lasts: it has a place to go, or is a thing that servers hold.
    private var keepsWhatItMakes: Bool {
        if !material.schema.things.isDisjoint(with: .saved) { return true }
        return !material.allThings.isDisjoint(with: [.container, .access, .secret, .network, .owes, .draft])
    }
}
