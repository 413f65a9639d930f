/// Finds what a tool does: one act, from name, text, choices and hints, the worst where they join several.
struct CategoryJudge {
    let material: Material
    var act: Act?
    var category: Category = .write
    var confidence = 0.5
    /// The text's verb holds against the name's: what it acts on stands in the text, too.
    var isByText = false
    var evidence: [Evidence] = []

    init(_ material: Material) {
        self.material = material
        decide()
    }

    private mutating func decide() {
        let (name, text) = (nameAct, textAct)
        if isGuidance {
            settle(.look, .read, 0.9)
            evidence.append(Evidence(.name, lastWord, .lowers(.helpText)))
            agreeEvidence()
            return
        }
        switch (name, text) {
        case _ where isRehearsal: rehearse()
        case _ where saysWhatComesBack(name, text):
            settle(.look, .read, name == nil ? 0.6 : 0.5)
            noteNominal()
        case (nil, nil): withoutVerbs()
        case (let name?, nil):
            settle(name, name.category, material.name.isSure ? 0.75 : 0.6)
            noteName()
        case (nil, _?)
        where !material.text.isSure && (!material.name.lastThings.isDisjoint(with: [.state, .log]) || isFigure):
            // `trade_history: Trades of the market`
            withoutVerbs()
        case (nil, let text?):
            isByText = true
            settle(text, text.category, material.text.isSure ? 0.75 : 0.6)
            noteText()
        case (let name?, let text?): reconcile(name, text)
        }
        weighChoices()
        let isPaying = category == .financial
        weighObject()
        // No money after all: its choices were not asked.
        if isPaying, category == .write { weighChoices() }
        weighReturning()
        weighQueries()
        weighConsuming()
        weighPaying()
        weighConsequences()
        weighHints()
        agreeEvidence()
    }
}
