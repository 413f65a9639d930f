/// Finds what a tool does: one act, from name, text, choices and hints, the worst where they join several.
struct CategoryJudge {
    let material: Material
    private(set) var act: Act?
    private(set) var category: Category = .write
    private(set) var confidence = 0.5
    private(set) var evidence: [Evidence] = []

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
        if isToggle(material.name.words, [material.name.head].compactMap(\.self) + material.name.joined) { return .unlink }
        return material.name.joined.reduce(act) { worse($0, material.name.words[$1].meaning.act) }
    }

    private var textAct: Act? {
        guard let act = material.text.act else { return nil }
        // `Run a diagnostic review`, `Perform an analysis`: looked at, in many words.
        if act == .run || act == .manage, material.text.things.contains(.check),
            material.text.things.isDisjoint(with: [.query, .code, .shell])
        {
            return .look
        }
        if isToggle(material.text.words, [material.text.lead].compactMap(\.self) + material.text.joined) { return .unlink }
        return material.text.joined.reduce(act) { worse($0, material.text.words[$1].meaning.act) }
    }

    /// `Add or remove`, `Set or clear`: what can be put back at will is not lost.
    private func isToggle(_ words: [Word], _ verbs: [Int]) -> Bool {
        let takes = verbs.filter { words[$0].meaning.act == .destroy }
        return !takes.isEmpty && takes.count < verbs.count && takes.allSatisfy { Self.taking.contains(words[$0].key) }
            && verbs.contains { Self.giving.contains(words[$0].key) }
    }

    private static let giving = Set(["add", "set", "assign", "attach", "apply"].map(WordKey.init))
    private static let taking = Set(["remove", "clear", "unset"].map(WordKey.init))

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
        let saysState = !last.union(material.text.things).isDisjoint(with: Self.reported)
        if material.annotations.readOnly == true || saysState {
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

    /// What a name or a text without any verb reports on.
    private static let reported: Thing = [.state, .figure, .guidance, .check, .log, .finding]

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
            return nameSure ? name : text
        case .pay:
            return nameSure && material.dealsInMoney ? name : text
        }
    }

    /// The text's only word for it is `remove`, which `untag` and `unprotect` are, too.
    private var removesOnly: Bool {
        material.text.joined.isEmpty && material.text.lead.map { material.text.words[$0].is(Self.remove) } == true
    }

    /// The name says it only looks; the text may know better.
    private func overLook(_ name: Act, _ nameSure: Bool, _ text: Act, _ textSure: Bool) -> Act {
        guard textSure else { return name }
        if !nameSure, text == .run { return text }
        if let lead = material.text.lead, material.text.words[lead].things.contains(.weak) { return name }
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

    /// `issue_write`, `manage_users`: one tool for all changes to a thing.
    private var isAboutAnything: Bool {
        guard let head = material.name.head else { return true }
        return material.name.act == .manage || material.name.words[head].is(Self.write) && head > 0
    }

    private static let write = WordKey("write")

    private mutating func weighChoices() {
        if isAboutAnything, category != .read, material.schema.choices.isEmpty, let removal = material.text.mentionsRemoval() {
            settle(.destroy, .destructive, 0.6)
            evidence.append(Evidence(.description, material.textWord(removal), .category(.destructive)))
        }
        // Three say that it only looks: the choice is what is looked at, such as a permission to delete.
        if category == .read, material.annotations.readOnly == true, nameAct?.category == .read, textAct?.category == .read {
            return
        }
        let canAdd = material.schema.choices.contains { $0.value == "add" }
        let choices = material.schema.choices.filter { !(canAdd && $0.value == "remove") }
        guard let worst = choices.max(by: { $0.act.category.rank < $1.act.category.rank }) else {
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
            if !material.dealsInMoney, !isBooking {
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
            if !material.allThings.isDisjoint(with: [.job, .program]) || material.actsOnMachines { category = .execute }
        case .run:
            if things.contains(.check), material.schema.freeText.isEmpty {
                settle(.look, .read, min(confidence, 0.7))
            }
        case .make, .write, .send, .link, .cancel, .manage:
            if isLookedAt {
                settle(.look, .read, min(confidence, 0.7))
            } else if startsSomething {
                settle(.run, .execute, min(confidence, 0.7))
                evidence.append(Evidence(.name, lastWord, .category(.execute)))
            }
        case .look, .compute:
            // Worked out, and then kept in a file.
            if act == .compute, material.schema.things.contains(.saved), material.annotations.readOnly != true,
                material.name.head.map({ material.name.words[$0].meaning.other == .make }) == true
            {
                settle(.write, .write, min(confidence, 0.6))
            }
        case .touch: break
        }
        guard category != .financial, category != .destructive, act != .look, act != .compute else { return }
        if things.contains(.money) || things.contains(.owes) && material.dealsInMoney || movesCoins {
            category = .financial
            evidence.append(Evidence(.name, nameOf([.money, .owes]), .category(.financial)))
        }
    }

    /// `create_run`, `build_project`, `assign_agent`: what is made, built or put to work then acts.
    private var startsSomething: Bool {
        guard let head = material.name.head else { return false }
        let verb = material.name.words[head]
        if act == .make || verb.is(Self.submit), material.name.lastThings.contains(.started) { return true }
        if verb.meaning.other == .run, act == .make, !material.allThings.isDisjoint(with: .program) { return true }
        return verb.is(Self.assign) && material.name.things.contains(.agent)
    }

    /// `take_screenshot`, `export_private_key`: what is done to the object is to look at it.
    private var isLookedAt: Bool {
        guard let head = material.name.head else { return false }
        let object = material.name.object.map { material.name.words[$0].meaning.act } ?? nil
        if act == .manage || material.name.words[head].is(Self.take), object == .look { return true }
        return material.name.words[head].is(Self.export)
            && (material.name.things.contains(.secret) || material.name.namesCredential)
    }

    private static let take = WordKey("take")
    private static let export = WordKey("export")

    private var isBooking: Bool { material.things.contains(.bookable) && material.name.head != nil }

    /// `send_eth`, `sign_transaction`, `approve_token`: an act that is harmless with anything but money.
    private var movesCoins: Bool {
        guard let head = material.name.head, !material.name.things.isDisjoint(with: [.perhapsMoney, .perhapsSecret, .owes]) else {
            return false
        }
        let verb = material.name.words[head]
        if act == .send { return material.name.things.contains(.perhapsMoney) && material.schema.amounts > 0 }
        return (verb.is(Self.sign) || verb.is(Self.approve)) && material.dealsInMoney
    }

    private static let sign = WordKey("sign")
    private static let approve = WordKey("approve")
    private static let submit = WordKey("submit")
    private static let assign = WordKey("assign")

    /// `remove_watcher`, `remove_item_from_list`: taken off, not away.
    private var isSmallUntying: Bool {
        guard let head = material.name.head, material.name.words[head].is(Self.remove),
            material.things.isDisjoint(with: [.access, .perhapsAccess, .member, .container])
        else { return false }
        return !material.name.things.isDisjoint(with: [.minor, .preposition]) || material.name.words.contains { $0.is(Self.sub) }
    }

    private static let sub = WordKey("sub")

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
        let readsByNature = material.allThings.contains(.readQuery)
            || material.name.words.contains { $0.is(Self.read) }
        if category == .execute, readsByNature, act == .run, !admitsWrites {
            settle(.look, .read, 0.7)
            return
        }
        if category == .execute, act == .run, material.allThings.contains(.query), material.schema.properties > 0,
            !material.schema.freeText.contains(where: { !$0.thing.isDisjoint(with: [.query, .code, .shell]) })
        {
            // A query made of arguments is the server's own.
            settle(.look, .read, 0.6)
            return
        }
        for text in material.schema.freeText {
            if text.thing.contains(.query), category == .write, material.text.act == .run, material.text.isSure {
                settle(.run, .execute, 0.6)
                evidence.append(Evidence(.schema(text.pointer), text.name, .raises(.anyQuery)))
            }
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
        let claimsOtherwise = material.annotations.readOnly == false || material.annotations.destructive == true
        if category == .execute || category == .write, !claimsOtherwise, let nothing = material.text.says(.changesNothing) {
            settle(.look, .read, 0.6)
            evidence.append(Evidence(.description, material.textWords(nothing), .lowers(.readOnly)))
        }
    }

    /// An argument is a program that is run, not one that is looked at or kept.
    private func takesProgram(_ text: (thing: Thing, name: String, pointer: String)) -> Bool {
        switch act {
        case .run, .manage, .start: true
        case .compute: text.thing.contains(.code) && material.name.head.map { material.name.words[$0].is(Self.evaluate) } == true
        case .look, .make, .write, .touch, .send, .link, .unlink, .cancel, .destroy, .pay, nil:
            material.text.says(.anyCommand) != nil && act != .look
        }
    }

    private static let read = WordKey("read")
    private static let evaluate = WordKey("evaluate")

    // MARK: What the server claims

    private mutating func weighHints() {
        let hints = material.annotations
        if hints.readOnly == true {
            if category == .read {
                confidence = min(confidence + 0.05, 0.98)
                evidence.append(Evidence(.annotation, "readOnlyHint", .category(.read)))
            } else if material.name.isSure || material.text.isSure || evidence.count > 1 {
                confidence -= 0.1
                evidence.append(Evidence(.annotation, "readOnlyHint", .raises(.contradiction)))
            } else {
                settle(.look, .read, 0.55)
                evidence.append(Evidence(.annotation, "readOnlyHint", .category(.read)))
            }
        } else if hints.destructive == true, category == .read {
            confidence -= 0.1
            evidence.append(Evidence(.annotation, "destructiveHint", .raises(.contradiction)))
        } else if hints.readOnly == false, category == .read, material.name.head == nil, !material.text.isSure {
            settle(.write, .write, 0.5)
            evidence.append(Evidence(.annotation, "readOnlyHint", .category(.write)))
        } else if hints.destructive == true, category == .destructive {
            confidence = min(confidence + 0.05, 0.98)
            evidence.append(Evidence(.annotation, "destructiveHint", .category(.destructive)))
        }
    }
}
