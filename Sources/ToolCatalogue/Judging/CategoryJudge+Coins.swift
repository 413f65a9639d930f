/// Acts that are harmless anywhere but where assets are traded.
extension CategoryJudge {
    /// The server trades or holds assets.
    var dealsInCoins: Bool { material.server.tradeShare >= 0.2 || material.server.moneyShare >= 0.3 }

    /// `mint_token`, `burn_token`: a token that can be owned.
    var movesTokens: Bool {
        guard let head = material.name.head, material.name.words[head].meaning.act == .pay else { return false }
        return material.name.words.contains { WordSet.assets.contains($0.key) }
    }

    /// What a verb does among assets: converting and subscribing spend, closing and starting trade.
    func coinAct(_ verb: Word) -> Act? {
        let others = material.name.words.indices.filter { $0 != material.name.head }.map { material.name.words[$0] }
        if nameAct == .manage, others.contains(where: { $0.things.contains(.negation) }),
            others.contains(where: { $0.meaning.act == .pay })
        {
            return .cancel
        }
        if verb.meaning.act == .pay || verb.meaning.other == .pay, act != .cancel, act != .pay, act != .destroy,
            !others.contains(where: { $0.meaning.act == .look && !$0.meaning.isSoft }), act != .look
        {
            return .pay
        }
        let words = material.text.words.prefix(material.text.firstSentence)
        if WordSet.tradingVerbs.contains(verb.key),
            others.contains(where: { WordSet.tradedThings.contains($0.key) })
                || words.contains(where: { WordSet.tradedThings.contains($0.key) }),
            !others.contains(where: { WordSet.entries.contains($0.key) || WordSet.rates.contains($0.key) })
        {
            return .pay
        }
        return nil
    }
}
