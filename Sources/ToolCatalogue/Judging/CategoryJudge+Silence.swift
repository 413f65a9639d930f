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
}
