/// What goes out, and to whom: people outside cannot unread it; programs on a queue are of the house.
extension RiskJudge {
    mutating func judgeSending() {
        raise(.outward, to: .high, for: .outward)
        // `reply`, `send_draft`: the text says what goes out.
        if material.name.lastThings.contains(.draft) { add(.outward, .high, .draft) }
        if material.server.mailShare >= 0.1, !names(WordSet.conduits) || names(WordSet.mails) {
            add(.outward, .high, [.outward, .message, .draft])
        }
        if !names(WordSet.conduits), !material.text.things.isDisjoint(with: .outward) { add(.outward, .high, .outward) }
        if isVerb(in: WordSet.announcing), !names(WordSet.conduits), material.name.words.count > 1 || !isConduitText {
            add(.outward, .high, [.outward, .message, .foreign])
        }
        if WordSet.outsiders.contains(where: { key in
            material.text.words.prefix(material.text.firstSentence).contains { $0.key == key }
        }) {
            add(.outward, .high, .person)
        }
        if material.schema.things.contains(.recipient) { add(.outward, .high, [.outward, .message]) }
    }

    /// A template or a draft goes nowhere yet.
    var isOutline: Bool { material.name.lastThings.contains(.draft) }

    var isConduitText: Bool {
        material.text.words.prefix(material.text.firstSentence).contains { WordSet.conduits.contains($0.key) }
    }
}
