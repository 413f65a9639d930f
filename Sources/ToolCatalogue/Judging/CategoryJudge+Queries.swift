/// Text that an argument carries and the server runs.
extension CategoryJudge {
    mutating func weighQueries() {
        let readOnly = material.text.says(.readOnly) ?? material.text.says(.changesNothing)
        let admitsWrites = material.text.says(.notReadOnly) != nil
        if category == .read, act == .look, readOnly == nil, material.annotations.readOnly != true,
            let place = executedQuery
        {
            settle(.run, .execute, 0.6)
            evidence.append(Evidence(.description, material.textWord(place), .category(.execute)))
        }
        let readsByNature =
            material.allThings.contains(.readQuery)
            || material.name.words.contains { $0.is(KnownWord.read) }
        if category == .execute, readsByNature, act == .run, !admitsWrites {
            settle(.look, .read, 0.7)
            return
        }
        if category == .execute, act == .run, material.allThings.contains(.query), !saysItChanges,
            material.annotations.destructive != true, material.schema.properties > 0,
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
            if !text.thing.isDisjoint(with: [.shell, .code]), category.rank < Category.execute.rank, takesProgram(text)
            {
                settle(.run, .execute, min(confidence, 0.7))
                evidence.append(Evidence(.schema(text.pointer), text.name, .raises(.anyCommand)))
                return
            }
        }
        let claimsOtherwise = material.annotations.readOnly == false || material.annotations.destructive == true
        if category == .execute || category == .write, !claimsOtherwise, !saysItWrites,
            let nothing = material.text.says(.changesNothing), nothing.lowerBound < material.text.firstSentence
        {
            settle(.look, .read, 0.6)
            evidence.append(Evidence(.description, material.textWords(nothing), .lowers(.readOnly)))
        }
    }

    /// `turned into SQL and executed`: a language is named, and that what is said in it is run.
    private var executedQuery: Int? {
        let words = material.text.words.prefix(material.text.firstSentence)
        guard words.contains(where: { WordSet.queryLanguages.contains($0.key) || $0.things.contains(.query) }),
            !material.schema.freeText.isEmpty || material.schema.properties == 1
        else { return nil }
        return words.indices.first { WordSet.executed.contains(words[$0].key) }
    }

    /// The name says without doubt that something is made or changed: `without creating` speaks of a rehearsal then.
    private var saysItWrites: Bool {
        guard material.name.isSure, let act = nameAct else { return false }
        switch act {
        case .write, .send, .link, .unlink, .touch, .cancel: return true
        case .look, .compute, .manage, .make, .run, .start, .destroy, .pay: return false
        }
    }

    /// `code`, and the text speaks of an authorization code: no program.
    private func isTicket(_ argument: SchemaReading.FreeText) -> Bool {
        guard argument.name.utf8.elementsEqual("code".utf8) else { return false }
        let words = material.text.words.prefix(material.text.firstSentence)
        return zip(words, words.dropFirst()).contains {
            WordSet.tickets.contains($0.key) && ($1.is(KnownWord.code) || $1.is(KnownWord.codes))
        }
    }

    /// An argument is a program that is run, not one that is looked at or kept.
    func takesProgram(_ text: SchemaReading.FreeText) -> Bool {
        switch act {
        case .run, .manage, .start: !isTicket(text)
        case .compute:
            text.thing.contains(.code)
                && material.name.head.map { material.name.words[$0].is(KnownWord.evaluate) } == true
        case .look, .make, .write, .touch, .send, .link, .unlink, .cancel, .destroy, .pay, nil:
            material.text.says(.anyCommand) != nil && act != .look
        }
    }
}
