/// What is done to something and then given back is worked out.
extension CategoryJudge {
    /// `Applies rules to rows and returns both`, `Weighs options and gives the ranking`: the name changes nothing.
    mutating func weighReturning() {
        guard category == .write, material.text.things.isDisjoint(with: Self.kept), !material.annotations.isWriting,
            material.schema.place == nil, let verb = material.text.lead.map({ material.text.words[$0] }),
            WordSet.transforms.contains(verb.key), nameChangesNothing, let place = returned
        else { return }
        settle(.compute, .read, min(confidence, 0.6))
        evidence.append(Evidence(.description, material.textWord(place), .category(.read)))
    }

    /// What lies elsewhere, whatever comes back of it.
    private static let kept: Thing = [
        .access, .perhapsAccess, .secret, .network, .machine, .safeguard, .settings, .money, .container, .production,
    ]

    private var nameChangesNothing: Bool {
        guard nameAct.map({ $0.category == .read }) ?? true, let lead = material.text.lead else { return false }
        // What is put somewhere stays there, unless the call itself brings it.
        return material.schema.carriesAny || !WordSet.placing.contains(material.text.words[lead].key)
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
