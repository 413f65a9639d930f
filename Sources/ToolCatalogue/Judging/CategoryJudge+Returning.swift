/// What is done to something and then given back is worked out.
extension CategoryJudge {
    /// `Applies rules to rows and returns both`, `Weighs options and gives the ranking`: the name changes nothing.
    mutating func weighReturning() {
        guard category == .write, !material.annotations.isWriting,
            material.schema.place == nil, let verb = material.text.lead.map({ material.text.words[$0] }),
            WordSet.transforms.contains(verb.key), nameChangesNothing, let place = returned
        else { return }
        settle(.compute, .read, min(confidence, 0.6))
        evidence.append(Evidence(.description, material.textWord(place), .category(.read)))
    }

    private var nameChangesNothing: Bool {
        guard let head = material.name.head, let act = nameAct else { return true }
        return act.category == .read
            || !material.name.words[head].meaning.isSureVerb && !material.name.words[head].things.isEmpty
    }

    /// The verb behind `and` that says that the outcome comes back.
    private var returned: Int? {
        let words = material.text.words.prefix(material.text.firstSentence)
        return words.indices.dropFirst().last { position in
            WordSet.returning.contains(words[position].key)
                && (words[position - 1].is(KnownWord.and) || WordSet.then.contains(words[position - 1].key))
        }
    }
}

extension Annotations {
    /// The server says that its tool changes something.
    var isWriting: Bool { readOnly == false || destructive == true }
}
