/// Definitions in which neither name nor text has a verb.
extension CategoryJudge {
    mutating func withoutVerbs() {
        let last = material.name.words.last?.things ?? []
        let saysState = !last.union(material.text.things).isDisjoint(with: Self.reported)
        if material.annotations.readOnly == true || saysState && !beginsAlike {
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

    /// `disavow_links: Disavow links to the site`: a verb that no table knows, said twice.
    private var beginsAlike: Bool {
        guard let name = material.name.words.first, let text = material.text.words.first else { return false }
        return name.things.isEmpty && name.meaning.act == nil && material.name.words.count > 1 && text.is(name.key)
    }

    /// What a name or a text without any verb reports on.
    private static let reported: Thing = [.state, .figure, .guidance, .check, .log, .finding]

    /// The text names what comes back, and the name has no verb that is one wherever it stands.
    ///
    /// One thing alone is not enough against a word of the name that may be a verb: `order_pizza: A pizza of the menu`.
    func saysWhatComesBack(_ name: Act?, _ text: Act?) -> Bool {
        guard text == nil || !material.text.isSure, !material.text.actsLater,
            !material.schema.choices.contains(where: \.isSure),
            let opening = material.text.nominal(in: material.definition.description)?.opening
        else { return false }
        guard !material.schema.takesText([.shell, .code]), !repeatsName else { return false }
        // `account_note: A remark on an account`, and the call brings the remark.
        if opening == .one, material.schema.carriesSome { return false }
        guard let name else { return !beginsAlike }
        guard opening != .one, name.category != .read, let head = material.name.head,
            !material.name.words.contains(where: \.meaning.isSureVerb)
        else { return false }
        // `release_calendar`, `spend_by_service`, `news_wire`: a noun as well.
        let words = material.name.words
        let isNoun = !words[head].things.subtracting([.modifier, .weak, .confirm]).isEmpty
        if opening == .question, head + 1 < words.count { return true }
        return isNoun || head + 1 < words.count && words[head + 1].things.contains(.preposition)
    }

    /// `cast_vote: Votes on …`: the noun that the text begins with is the name's verb.
    private var repeatsName: Bool {
        guard let opening = material.text.words.first, opening.meaning.isPlural else { return false }
        return material.name.words.contains { word in
            var plural = word.key
            plural.append(UInt8(ascii: "s"))
            return opening.is(plural)
        }
    }

    /// `panel_regression`, and no verb before the second sentence.
    var isFigure: Bool {
        guard let lead = material.text.lead, lead >= material.text.firstSentence else { return false }
        return material.name.lastThings.contains(.figure)
    }

    mutating func noteNominal() {
        guard let found = material.text.nominal(in: material.definition.description) else { return }
        evidence.append(Evidence(.description, material.textWords(found.words), .category(.read)))
    }

    /// `delete_preview`, `upgrade_precheck`: what an act would do, and the text does not act either.
    var isRehearsal: Bool {
        // `preview_send_mail: Dry run of …`
        if material.name.words.count > 1, let first = material.name.words.first,
            WordSet.rehearsing.contains(first.key), let said = material.text.says(.rehearses), said.lowerBound < 12
        {
            return true
        }
        guard material.name.words.count > 1, let last = material.name.words.last,
            WordSet.rehearsals.contains(last.key)
        else { return false }
        guard let text = textAct else {
            return material.text.nominal(in: material.definition.description) != nil
        }
        return text.category == .read
    }

    mutating func rehearse() {
        // Nothing is looked at where what would go out is only gone through.
        let isSaid = material.text.says(.rehearses) != nil
        settle(isSaid ? .compute : .look, .read, 0.7)
        evidence.append(Evidence(material.usesTitle ? .title : .name, lastWord, .category(.read)))
    }
}
