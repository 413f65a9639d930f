/// Finds what a tool does: one act, from name, text, choices and hints, the worst where they join several.
struct CategoryJudge {
    let material: Material
    private(set) var act: Act?
    private(set) var category: Category = .write
    private(set) var confidence = 0.5
    private(set) var evidence: [Evidence] = []
    /// The verdict rests on a verb that may also be a noun.
    private var isDoubtful = false

    init(_ material: Material) {
        self.material = material
        decide()
    }

    private mutating func decide() {
        let (name, text) = (nameAct, textAct)
        if isGuidance {
            settle(.look, .read, 0.9)
            evidence.append(Evidence(.name, lastWord, .lowers(.helpText)))
            return
        }
        switch (name, text) {
        case (nil, nil): withoutVerbs()
        case (let name?, nil):
            settle(name, category(of: name), material.name.isSure ? 0.75 : 0.6)
            noteName()
        case (nil, let text?):
            settle(text, category(of: text), material.text.isSure ? 0.75 : 0.6)
            noteText()
        case (let name?, let text?): reconcile(name, text)
        }
        weighChoices()
        weighObject()
        weighQueries()
        weighHints()
    }

    // MARK: What each part says

    private var nameAct: Act? {
        guard let act = material.name.act else { return nil }
        return material.name.joined.reduce(act) { worse($0, material.name.words[$1].meaning.act) }
    }

    private var textAct: Act? {
        guard let act = material.text.act else { return nil }
        return material.text.joined.reduce(act) { worse($0, material.text.words[$1].meaning.act) }
    }

    private func worse(_ one: Act, _ other: Act?) -> Act {
        guard let other else { return one }
        return other.category.rank > one.category.rank || one == .manage ? other : one
    }

    private var lastWord: String { material.word(material.name.words.count - 1) }

    /// `deploy_help`: help about an act, whatever the act.
    private var isGuidance: Bool {
        guard material.name.words.last?.things.contains(.guidance) == true, material.name.words.count > 1 else {
            return false
        }
        switch material.name.act {
        case .make, .write, .destroy, .pay, .send: return false
        case .look, .compute, .manage, .touch, .link, .unlink, .cancel, .run, .start, nil: return true
        }
    }

    private func category(of act: Act) -> Category { act.category }

    private mutating func settle(_ act: Act, _ category: Category, _ confidence: Double) {
        self.act = act
        self.category = category
        self.confidence = confidence
    }

    private mutating func noteName() {
        guard let head = material.name.head else { return }
        let place: Evidence.Place = material.usesTitle ? .title : .name
        for position in [head] + material.name.joined {
            guard let act = material.name.words[position].meaning.act else { continue }
            evidence.append(Evidence(place, material.word(position), .category(act.category)))
        }
    }

    private mutating func noteText() {
        guard let lead = material.text.lead else { return }
        for position in [lead] + material.text.joined {
            guard let act = material.text.words[position].meaning.act else { continue }
            evidence.append(Evidence(.description, material.textWord(position), .category(act.category)))
        }
    }

    // MARK: Nothing says it

    private mutating func withoutVerbs() {
        let last = material.name.words.last?.things ?? []
        if material.annotations.readOnly == true || !last.isDisjoint(with: [.state, .figure, .guidance, .check]) {
            settle(.look, .read, 0.5)
            if let word = material.name.words.indices.last {
                evidence.append(Evidence(.name, material.word(word), .category(.read)))
            }
        } else {
            // Unknown is never harmless.
            settle(.manage, .write, 0.25)
            evidence.append(Evidence(.name, "", .raises(.unreadable)))
        }
    }

    // MARK: Name and text

    private mutating func reconcile(_ name: Act, _ text: Act) {
        let (nameSure, textSure) = (material.name.isSure, material.text.isSure)
        if name.category == text.category {
            settle(name == .manage ? text : name, name.category, nameSure || textSure ? 0.92 : 0.8)
            noteName()
            noteText()
            return
        }
        let chosen = choose(name, nameSure, text, textSure)
        settle(chosen, category(of: chosen), nameSure && textSure ? 0.6 : 0.75)
        noteName()
        noteText()
        if nameSure, textSure, chosen == text, name.category == .read {
            evidence.append(Evidence(.description, textVerb, .raises(.contradiction)))
        }
    }

    private var textVerb: String { material.text.lead.map { material.textWord($0) } ?? "" }

    /// Which of two acts of different categories holds.
    private func choose(_ name: Act, _ nameSure: Bool, _ text: Act, _ textSure: Bool) -> Act {
        switch name {
        case .manage:
            return text
        case .look, .compute:
            return overLook(name, nameSure, text, textSure)
        case .make:
            // Made, or only worked out: the text knows.
            if text == .compute || text == .look { return keepsWhatItMakes ? name : text }
            return worse(name, text)
        case .write, .touch, .send, .link, .unlink, .cancel, .start:
            switch text {
            case .compute: return keepsWhatItMakes && nameSure ? name : text
            case .look: return nameSure ? name : text
            case .run: return nameSure ? name : text
            case .destroy, .pay: return nameSure && !textSure ? name : text
            case .manage, .make, .write, .touch, .send, .link, .unlink, .cancel, .start: return name
            }
        case .run:
            if text == .destroy || text == .pay { return text }
            if nameSure { return text == .compute && !textSure ? name : name }
            return text == .manage ? name : text
        case .destroy:
            return nameSure ? name : text
        case .pay:
            return nameSure && material.dealsInMoney ? name : text
        }
    }

    /// The name says it only looks; the text may know better.
    private func overLook(_ name: Act, _ nameSure: Bool, _ text: Act, _ textSure: Bool) -> Act {
        if !nameSure { return text == .manage ? name : text }
        guard textSure else { return name }
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

    // MARK: The worst of what can be chosen

    private mutating func weighChoices() {
        guard let worst = material.schema.choices.max(by: { $0.act.category.rank < $1.act.category.rank }) else {
            return
        }
        let rank = worst.act.category.rank
        if rank > category.rank, worst.isSure || act == .manage, !(worst.act == .pay && !material.dealsInMoney) {
            settle(worst.act, worst.act.category, max(confidence - 0.1, 0.4))
            evidence.append(Evidence(.schema(worst.pointer), worst.value, .category(category)))
        } else if act == .manage {
            settle(worst.act, worst.act.category, 0.7)
            evidence.append(Evidence(.schema(worst.pointer), worst.value, .category(category)))
        }
    }

    // MARK: The object decides

    private mutating func weighObject() {
        guard let act else { return }
        let things = material.things
        switch act {
        case .pay:
            if !material.dealsInMoney {
                isDoubtful = true
                settle(.write, .write, min(confidence, 0.55))
            }
        case .unlink:
            if things.contains(.access) || things.contains(.perhapsAccess) && material.server.accessShare >= 0.2 {
                category = .destructive
            }
        case .destroy:
            if isSmallUntying {
                settle(.unlink, .write, min(confidence, 0.6))
            }
        case .start:
            if !material.allThings.isDisjoint(with: [.machine, .job]) { category = .execute }
        case .run:
            if things.contains(.check), material.schema.freeText.isEmpty {
                settle(.look, .read, min(confidence, 0.7))
            }
        case .make, .write, .send, .cancel, .link, .manage, .touch, .look, .compute: break
        }
        guard category != .financial, category != .destructive, act != .look, act != .compute else { return }
        if things.contains(.money) || things.contains(.owes) && material.dealsInMoney {
            category = .financial
            evidence.append(Evidence(.name, nameOf([.money, .owes]), .category(.financial)))
        }
    }

    /// `remove_watcher`, `remove_item_from_list`: taken off, not away.
    private var isSmallUntying: Bool {
        guard let head = material.name.head, material.name.words[head].is(Self.remove),
            material.things.isDisjoint(with: [.access, .perhapsAccess, .member, .container])
        else { return false }
        return material.name.things.contains(.minor)
    }

    private static let remove = WordKey("remove")

    private func nameOf(_ things: Thing) -> String {
        let position = material.name.words.indices.last {
            !material.name.words[$0].things.isDisjoint(with: things) && $0 != material.name.head
        }
        return position.map { material.word($0) } ?? ""
    }

    // MARK: Text that is run

    private mutating func weighQueries() {
        let readOnly = material.text.says(.readOnly) ?? material.text.says(.changesNothing)
        let admitsWrites = material.text.says(.notReadOnly) != nil
        for text in material.schema.freeText {
            if text.thing.contains(.query), category == .execute, readOnly != nil, !admitsWrites {
                settle(.look, .read, 0.7)
                if let readOnly {
                    evidence.append(Evidence(.description, material.textWords(readOnly), .lowers(.readOnly)))
                }
                return
            }
            if !text.thing.isDisjoint(with: [.shell, .code]), category.rank < Category.execute.rank, takesProgram(text) {
                settle(.run, .execute, min(confidence, 0.7))
                evidence.append(Evidence(.schema(text.pointer), text.name, .raises(.anyCommand)))
                return
            }
        }
        if category == .execute || category == .write, let nothing = material.text.says(.changesNothing) {
            settle(.look, .read, 0.6)
            evidence.append(Evidence(.description, material.textWords(nothing), .lowers(.readOnly)))
        }
    }

    /// An argument is a program that is run, not one that is looked at or kept.
    private func takesProgram(_ text: (thing: Thing, name: String, pointer: String)) -> Bool {
        switch act {
        case .run, .manage: true
        case .compute: text.thing.contains(.code) && material.name.head.map { material.name.words[$0].is(Self.evaluate) } == true
        case .look, .make, .write, .touch, .send, .link, .unlink, .cancel, .start, .destroy, .pay, nil:
            material.text.says(.anyCommand) != nil && act != .look
        }
    }

    private static let evaluate = WordKey("evaluate")

    // MARK: What the server claims

    private mutating func weighHints() {
        let hints = material.annotations
        if hints.readOnly == true {
            if category == .read {
                confidence = min(confidence + 0.05, 0.98)
                evidence.append(Evidence(.annotation, "readOnlyHint", .category(.read)))
            } else if material.name.isSure || material.text.isSure {
                confidence -= 0.1
                evidence.append(Evidence(.annotation, "readOnlyHint", .raises(.contradiction)))
            } else {
                settle(.look, .read, 0.55)
                evidence.append(Evidence(.annotation, "readOnlyHint", .category(.read)))
            }
        } else if hints.destructive == true, category == .read {
            confidence -= 0.1
            evidence.append(Evidence(.annotation, "destructiveHint", .raises(.contradiction)))
        } else if hints.readOnly == false, category == .read, hints.destructive != false, !material.name.isSure {
            settle(.write, .write, 0.5)
            evidence.append(Evidence(.annotation, "readOnlyHint", .category(.write)))
        } else if hints.destructive == true, category == .destructive {
            confidence = min(confidence + 0.05, 0.98)
            evidence.append(Evidence(.annotation, "destructiveHint", .category(.destructive)))
        }
    }
}
