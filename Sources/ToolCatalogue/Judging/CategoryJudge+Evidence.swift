/// The evidence names the category that the verdict has.
///
/// A verb may do another thing with its object than alone: `detach` unties, `detach_user_policy` takes rights away. What
/// then speaks for the verdict is the verb with its object, and no row beside it says otherwise of the same words.
extension CategoryJudge {
    mutating func agreeEvidence() {
        guard !evidence.contains(where: { $0.claim == .category(category) || $0.claim == .raises(.unreadable) }) else {
            return
        }
        // `Executes a query`, and the text says that it only reads: both stand.
        if let reading = evidence.last(where: { $0.claim == .lowers(.readOnly) || $0.claim == .lowers(.helpText) }) {
            evidence.append(Evidence(reading.place, reading.found, .category(category)))
            return
        }
        evidence = evidence.map { piece in
            guard case .category = piece.claim else { return piece }
            switch piece.place {
            case .name, .title, .description: return Evidence(piece.place, piece.found, .category(category))
            case .schema, .annotation, .siblings: return piece
            }
        }
        guard !evidence.contains(where: { $0.claim == .category(category) }) else { return }
        let place: Evidence.Place = material.usesTitle ? .title : .name
        evidence.insert(Evidence(place, headWord, .category(category)), at: 0)
    }

    /// The verb of the name, its last word, or the text's verb where the name has no words.
    private var headWord: String {
        if let position = material.name.head ?? material.name.words.indices.last { return material.word(position) }
        return textVerb
    }
}
