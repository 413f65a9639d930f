/// The same verb does another thing to another object.
extension CategoryJudge {
    mutating func weighObject() {
        guard act != nil else { return }
        let things = material.things
        if let other = otherAct { settle(other, other.category, min(confidence, 0.75)) }
        guard let act = self.act else { return }
        switch act {
        case .pay:
            let bothPay = nameAct == .pay && textAct == .pay && material.schema.amounts > 0
            if handsOver {
                settle(.write, .write, min(confidence, 0.7))
            } else if !isSpending, !movesTokens, !bothPay, !material.dealsInMoney, !isBooking,
                !material.allThings.contains(.perhapsMoney)
            {
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
            let isScaled = material.name.head.map { material.name.words[$0].is(KnownWord.scale) } == true
            if !isScaled,
                !material.allThings.isDisjoint(with: [.job, .program]) || material.actsOnMachines || namesHost
            {
                category = .execute
            }
        case .run:
            if things.contains(.check), !saysItChanges,
                !material.name.words.contains(where: { WordSet.probing.contains($0.key) }),
                !material.schema.takesText([.shell, .code, .query, .web])
            {
                settle(.look, .read, min(confidence, 0.7))
            }
        case .make, .write, .send, .link, .cancel, .manage:
            if isPureTransformation {
                settle(.compute, .read, min(confidence, 0.6))
            } else if isLookedAt {
                settle(.look, .read, min(confidence, 0.7))
            } else if startsSomething {
                settle(.run, .execute, min(confidence, 0.7))
                evidence.append(Evidence(.name, lastWord, .category(.execute)))
            }
        case .look, .compute:
            if material.name.words.contains(where: { WordSet.probing.contains($0.key) }), !material.isOfHelp,
                material.text.lead.map({ WordSet.referring.contains(material.text.words[$0].key) }) != true
            {
                settle(.run, .execute, min(confidence, 0.6))
            }
            if let place = material.schema.place, material.annotations.readOnly != true {
                settle(act, .write, min(confidence, 0.6))
                evidence.append(Evidence(.schema(place.pointer), place.name, .category(.write)))
                return
            }
            // Worked out, and then kept in a file.
            if act == .compute, material.schema.things.contains(.saved), material.annotations.readOnly != true,
                material.name.head.map({ material.name.words[$0].meaning.other == .make }) == true
            {
                settle(.write, .write, min(confidence, 0.6))
            }
        case .touch: break
        }
        guard category != .financial, category != .destructive, act != .look, act != .compute else { return }
        if act == .cancel, isPaidBooking {
            category = .financial
            evidence.append(Evidence(.name, lastWord, .category(.financial)))
        }
        if things.contains(.money) && !isAboutMoney
            || things.contains(.owes) && material.dealsInMoney && !material.allThings.contains(.query) || movesCoins
        {
            category = .financial
            evidence.append(Evidence(.name, nameOf([.money, .owes]), .category(.financial)))
        }
    }

    /// `shutdown_computer`.
    private var namesHost: Bool { material.name.words.contains { WordSet.hosts.contains($0.key) } }

    /// `transfer_project`: from one hand to another, but no money.
    private var handsOver: Bool {
        guard let head = material.name.head, material.name.words[head].things.contains(.heavy) else { return false }
        return material.name.words.contains { WordSet.handedOver.contains($0.key) }
            && material.name.things.isDisjoint(with: [.money, .perhapsMoney]) && !movesTokens
    }

    /// `update_payment_method`, `set_invoice_reminder`.
    private var isAboutMoney: Bool {
        guard let object = material.name.object, act != .send, act != .run else { return false }
        return WordSet.aboutMoney.contains(material.name.words[object].key)
    }

    /// `create_run`, `build_project`, `assign_agent`: what is made, built or put to work then acts.
    private var startsSomething: Bool {
        guard let head = material.name.head else { return false }
        let verb = material.name.words[head]
        if act == .make || verb.is(KnownWord.submit), material.name.lastThings.contains(.started) { return true }
        if verb.meaning.other == .run, act == .make, !material.allThings.isDisjoint(with: .program) { return true }
        // `build`, `build_item`: what there is to be built, and nothing else.
        if verb.is(KnownWord.build), act == .make, material.annotations.readOnly != true,
            material.name.words.dropFirst(head + 1).allSatisfy({ WordSet.built.contains($0.key) })
        {
            return true
        }
        if verb.is(KnownWord.submit), material.name.words.contains(where: { WordSet.handedIn.contains($0.key) }) {
            return true
        }
        if verb.is(KnownWord.apply), material.name.words.contains(where: { WordSet.applied.contains($0.key) }) {
            return true
        }
        if act == .make || act == .write, verb.is(KnownWord.create),
            material.name.object.map({
                material.name.words[$0].is(KnownWord.pipeline)
            }) == true,
            material.text.words.prefix(material.text.firstSentence).contains(where: {
                WordSet.lines.contains($0.key)
            })
        {
            return true
        }
        return verb.is(KnownWord.assign) && material.name.things.contains(.agent)
    }

    /// All that is worked on is in the call, and nothing in it names a place where something is kept.
    private var isPureTransformation: Bool {
        guard material.schema.isInline, material.annotations.readOnly != false, let head = material.name.head else {
            return false
        }
        let verb = material.name.words[head]
        if verb.is(KnownWord.add) {
            return material.text.words.prefix(material.text.firstSentence).contains { WordSet.sums.contains($0.key) }
        }
        return WordSet.transforming.contains(verb.key)
    }

    /// `take_screenshot`, `export_private_key`: what is done to the object is to look at it.
    private var isLookedAt: Bool {
        guard let head = material.name.head else { return false }
        let object = material.name.object.map { material.name.words[$0].meaning.act } ?? nil
        if act == .manage || material.name.words[head].is(KnownWord.take), object == .look { return true }
        if material.name.words[head].is(KnownWord.load), material.annotations.readOnly != false,
            material.name.object.map({ WordSet.examples.contains(material.name.words[$0].key) }) == true
        {
            return true
        }
        return material.name.words[head].is(KnownWord.export)
            && (material.name.things.contains(.secret) || material.name.namesCredential)
    }

    /// `send_eth`, `sign_transaction`, `approve_token`: an act that is harmless with anything but money.
    private var movesCoins: Bool {
        guard let head = material.name.head,
            !material.name.things.isDisjoint(with: [.perhapsMoney, .perhapsSecret, .owes])
        else {
            return false
        }
        let verb = material.name.words[head]
        if act == .send {
            return !material.name.things.isDisjoint(with: [.perhapsMoney, .perhapsSecret])
                && material.schema.amounts > 0
        }
        return (verb.is(KnownWord.sign) || verb.is(KnownWord.approve)) && material.dealsInMoney
    }

    /// `remove_watcher`, `remove_item_from_list`: taken off, not away.
    private var isSmallUntying: Bool {
        guard let head = material.name.head, material.name.words[head].is(KnownWord.remove),
            material.things.isDisjoint(with: [.access, .perhapsAccess, .member, .container])
        else { return false }
        return !material.name.things.isDisjoint(with: [.minor, .preposition])
            || material.name.words.contains { $0.is(KnownWord.sub) }
    }

    private func nameOf(_ things: Thing) -> String {
        let position = material.name.words.indices.last {
            !material.name.words[$0].things.isDisjoint(with: things) && $0 != material.name.head
        }
        return position.map { material.word($0) } ?? ""
    }
}
