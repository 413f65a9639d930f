/// Changes that weigh by their verb, by the company their tool keeps, or because nobody says what they are.
extension RiskJudge {
    /// A verb that weighs more than others, or code that goes where others build on it.
    var isWeighty: Bool {
        guard let head = material.name.head else { return false }
        let verbs = [head] + material.name.joined
        if !material.name.lastThings.isDisjoint(with: [.passing, .trifle]) { return false }
        if verbs.contains(where: { material.name.words[$0].things.contains(.heavy) && !isMild($0) }) {
            return !isConduit
        }
        if act != .touch, act != .send, act != .make, material.text.isSure, let lead = material.text.lead,
            ([lead] + material.text.joined).contains(where: {
                material.text.words[$0].things.contains(.heavy) && !material.text.words[$0].things.contains(.foreign)
                    && !WordSet.mild.contains(material.text.words[$0].key)
            }), !isToggled, !isDressing
        {
            return !isConduit
        }
        if material.name.words[0].is(KnownWord.force) { return true }
        if material.name.lastThings.contains(.queued), act == .make || act == .start { return true }
        if material.text.isSure, let lead = material.text.lead,
            ([lead] + material.text.joined).contains(where: { material.text.words[$0].is(KnownWord.merge) }),
            material.name.words.contains(where: { $0.is(KnownWord.merge) }), names(WordSet.requests)
        {
            return true
        }
        if isVerb(in: WordSet.landing), names(WordSet.requests), names(WordSet.pulled) { return true }
        return material.name.words[head].is(KnownWord.merge) && material.name.things.contains(.mainline)
    }

    /// `restore_page`: weighty with a database, not with what is made all day.
    private func isMild(_ position: Int) -> Bool {
        if isDressing { return true }
        if WordSet.bringingBack.contains(material.name.words[position].key), isFromTrash { return true }
        if isVerb(in: WordSet.bringingBack), names(WordSet.copies) || sentenceHas(WordSet.copies) { return false }
        guard WordSet.mild.contains(material.name.words[position].key), let object = material.name.object else {
            return false
        }
        let isShipped = WordSet.shipped.contains(material.name.words[object].key) && !isVerb(in: WordSet.bringingBack)
        return WordSet.ordinary.contains(material.name.words[object].key) && !isShipped
            || material.name.things.contains(.passing)
    }

    /// `apply_style`: put over something, and off again.
    private var isDressing: Bool { verb == KnownWord.apply && isNoun(in: WordSet.dressed) }

    /// `Enable or disable a schedule`: both, as it is wanted.
    private var isToggled: Bool {
        guard let lead = material.text.lead else { return false }
        let verbs = ([lead] + material.text.joined).map { material.text.words[$0].key }
        return verbs.contains(where: WordSet.enabling.contains) && verbs.contains(where: WordSet.disabling.contains)
            && subject.isDisjoint(with: [.access, .perhapsAccess, .safeguard, .network, .secret])
    }

    /// Published to a queue: read by programs.
    private var isConduit: Bool {
        guard !isVerb(in: WordSet.handing) else { return false }
        return names(WordSet.conduits) || material.name.words.count == 1 && isConduitText
    }

    /// Nobody says what it does, but something dear is named, or the server itself calls it destructive.
    var isDark: Bool {
        guard material.name.head == nil, material.text.lead == nil else { return false }
        return material.annotations.destructive == true
            || !material.name.things.isDisjoint(with: [.money, .perhapsMoney])
            || !material.allThings.isDisjoint(
                with: [.access, .secret, .machine, .network, .shell, .production])
    }

    /// Among tools of an operator, of machines that move or of advertisements, a change to what no table calls
    /// ordinary.
    mutating func judgeCompany() {
        guard risk < .high, let concern = companyConcern, isExtraordinary else { return }
        risk = .high
        evidence.append(Evidence(.siblings, "", .raises(concern)))
    }

    private var companyConcern: Concern? {
        if material.server.controlShare >= 0.35 { return .infrastructure }
        if material.server.physicalShare >= 0.25 { return .physical }
        return material.server.adsShare >= 0.3 && !isVerb(in: WordSet.stopping) ? .money : nil
    }

    private var isExtraordinary: Bool {
        guard !isVerb(in: WordSet.slight), !isCopy, act != .touch, act != .send, act != .cancel,
            let object = material.name.object, material.name.head != nil || material.server.physicalShare >= 0.25
        else { return false }
        let last = material.name.words[object]
        if material.server.controlShare < 0.35, WordSet.domestic.contains(last.key) { return false }
        return last.things.isDisjoint(with: [.minor, .trifle, .draft, .foreign, .practice, .message, .person])
            && !WordSet.entries.contains(last.key) && !WordSet.ordinary.contains(last.key)
            && !WordSet.about.contains(last.key)
    }
}
