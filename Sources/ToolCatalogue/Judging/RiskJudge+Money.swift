/// Where money is dealt in, more is at stake than the words of one name say.
extension RiskJudge {
    /// On such a server a change to what is no entry of a catalogue changes who pays, how, or how much.
    mutating func judgeWriteAmongMoney() {
        guard material.server.moneyShare >= 0.2 || material.server.tradeShare >= 0.2, act != .touch else { return }
        if isVerb(in: WordSet.signing) { return add(.money, .high, [.perhapsMoney, .foreign, .heavy]) }
        guard let object = material.name.object, material.name.head != nil else { return }
        let last = material.name.words[object]
        guard act != .send || last.things.isDisjoint(with: [.message, .outward, .foreign]) else { return }
        guard !WordSet.entries.contains(last.key),
            last.things.isDisjoint(with: [.trifle, .minor, .draft, .practice, .web])
        else { return }
        risk = max(risk, .high)
        evidence.append(Evidence(.name, material.word(object), .raises(.money)))
    }

    /// What one holder owns and has done; the market's figures are everybody's.
    mutating func judgeReadAmongMoney() {
        guard !sentenceHas(WordSet.sheets) else { return }
        if names(WordSet.statements), names(WordSet.ledgers) || sentenceHas(WordSet.ledgers) {
            add(.money, .medium, [.perhapsMoney, .money, .perhapsAccess])
        }
        if names(WordSet.ledgers), sentenceHas(WordSet.balances) { add(.money, .medium, [.perhapsAccess]) }
        guard !names(WordSet.market) else { return }
        if material.server.moneyShare >= 0.2, material.allThings.contains(.holdings) { add(.money, .medium, .holdings) }
        if material.server.tradeShare >= 0.1,
            names(WordSet.ledgers) || names(WordSet.own) || sentenceHas(WordSet.possessive)
        {
            add(.money, .medium, [.perhapsAccess, .perhapsMoney])
        }
    }

    mutating func judgeFinancial() {
        let leaves = moneyLeaves
        risk = leaves ? .critical : .high
        note(leaves ? .moneyLeaves : .money, [.moneyLeaves, .money, .owes, .perhapsMoney])
    }

    /// The call itself moves money or assets: it is no bill, no change to an order, no cancellation.
    private var moneyLeaves: Bool {
        if act == .pay { return true }
        let things = material.name.things
        if !things.isDisjoint(with: .paper) || act == .cancel { return false }
        // Placed with a broker it is bought; made in a shop it waits to be paid.
        if verb == KnownWord.create, material.server.tradeShare < 0.1, names(WordSet.orders),
            !names(WordSet.standing)
        {
            return false
        }
        if isVerb(in: WordSet.signing) || act == .run || act == .send { return true }
        if isVerb(in: WordSet.releasing) { return true }
        return things.contains(.moneyLeaves) && !isVerb(in: WordSet.changing)
    }
}
