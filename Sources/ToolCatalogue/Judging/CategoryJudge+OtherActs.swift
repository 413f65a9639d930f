/// Verbs that do something else than their table says, with certain objects.
extension CategoryJudge {
    /// `capture_payment`, `resolve_thread`: a verb that looks, but for such objects.
    var otherAct: Act? {
        if let head = material.name.head, let other = otherAct(of: material.name.words[head]) { return other }
        // The text holds against the name, so its verb is asked, too.
        guard isByText, let lead = material.text.lead else { return nil }
        return otherAct(of: material.text.words[lead])
    }

    private func otherAct(of verb: Word) -> Act? {
        if verb.is(KnownWord.format), material.name.words.contains(where: { WordSet.media.contains($0.key) }) {
            return .destroy
        }
        if verb.is(KnownWord.open),
            material.name.object.map({ WordSet.apps.contains(material.name.words[$0].key) }) == true
        {
            return .run
        }
        if let reached = reachedAct(of: verb) { return reached }
        if dealsInCoins, let coins = coinAct(verb) { return coins }
        if makesCredential(verb) { return .make }
        if trimsAway { return .destroy }
        if act == .send, material.name.lastThings.contains(.shell) { return .run }
        if act == .send || act == .manage, textAct == .send || act == .send,
            material.name.words.contains(where: { WordSet.terminals.contains($0.key) })
        {
            return .run
        }
        if verb.is(KnownWord.select), material.name.words.contains(where: { WordSet.picked.contains($0.key) }) {
            return .write
        }
        if act == .send || act == .write,
            material.name.object.map({ material.name.words[$0].is(KnownWord.request) }) == true
                || verb.is(KnownWord.request),
            material.text.words.prefix(material.text.firstSentence).contains(where: {
                WordSet.anyAtAll.contains($0.key)
            })
        {
            return .run
        }
        if verb.is(KnownWord.call), material.name.words.contains(where: { WordSet.called.contains($0.key) }) {
            return .run
        }
        if verb.is(KnownWord.reset), wipes { return .destroy }
        // `propose_change` puts it before others; `Proposes titles` only thinks them up.
        if verb.is(KnownWord.propose), material.name.head.map({ material.name.words[$0].is(KnownWord.propose) }) == true
        {
            return .write
        }
        // `Collects the money that was set aside`
        if let lead = material.text.lead, WordSet.collecting.contains(material.text.words[lead].key),
            material.text.words.prefix(material.text.firstSentence).contains(where: { WordSet.due.contains($0.key) })
        {
            return .pay
        }
        if WordSet.tuning.contains(verb.key), material.name.lastThings.contains(.container), !material.schema.isInline,
            material.annotations.readOnly != true
        {
            return .write
        }
        if verb.is(KnownWord.take), takesPicture { return .look }
        if WordSet.takes.contains(verb.key), takesAway { return .destroy }
        if let object = material.name.object, WordSet.endings.contains(material.name.words[object].key) {
            switch act {
            case .write, .start, .run, .make, .manage, .send: return .destroy
            case .look, .compute, .touch, .link, .unlink, .cancel, .destroy, .pay, nil: break
            }
        }
        if verb.is(KnownWord.export), material.schema.things.isDisjoint(with: .saved), act == .write,
            material.name.things.isDisjoint(with: .settings) || material.annotations.readOnly == true
        {
            return .look
        }
        if verb.is(KnownWord.reserve) || act == .cancel, isPaidBooking { return act == .cancel ? .cancel : .pay }
        switch verb.meaning.other {
        case .pay where !material.things.isDisjoint(with: [.owes, .perhapsMoney]) && material.dealsInMoney: return .pay
        case .pay where verb.is(KnownWord.capture) && !material.allThings.isDisjoint(with: [.money, .owes]): return .pay
        case .pay where WordSet.spending.contains(verb.key): return .pay
        case .touch where !material.name.things.isDisjoint(with: [.foreign, .finding, .minor]): return .touch
        default: return nil
        }
    }

    /// `take_picture_of_page`; a snapshot may be one of a machine.
    private var takesPicture: Bool {
        material.name.words.contains { WordSet.pictures.contains($0.key) && !WordSet.copies.contains($0.key) }
    }

    /// `Takes a node out of the graph`, `Takes the mandate away`.
    private var takesAway: Bool {
        material.text.words.prefix(material.text.firstSentence).contains { WordSet.outOrAway.contains($0.key) }
    }

    /// `factory_reset`; `Resets the branch; changes will be lost`.
    private var wipes: Bool {
        material.name.words.contains { WordSet.asNew.contains($0.key) } || material.text.says(.overwrites) != nil
    }
}
