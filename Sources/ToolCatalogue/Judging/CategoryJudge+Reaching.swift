/// What a verb does to what others hold, or only to what is shown.
extension CategoryJudge {
    func reachedAct(of verb: Word) -> Act? {
        let names = { (set: Set<WordKey>) in
            material.name.words.contains { $0.key != verb.key && set.contains($0.key) }
        }
        // `Drops a file onto the page`
        if WordSet.dropping.contains(verb.key), act == .destroy, putsDown { return .write }
        // `close_connection` of whoever is connected to a broker.
        if WordSet.cutting.contains(verb.key), names(WordSet.connected), material.server.queueShare >= 0.15,
            material.schema.properties > 0
        {
            return .destroy
        }
        // `logout_user`, and all that the user has open ends.
        if WordSet.signingOut.contains(verb.key), names(WordSet.actors), sentenceHas(WordSet.ending),
            sentenceHas(WordSet.sessions)
        {
            return .destroy
        }
        // `select_profile`, and the calls that follow go by it.
        if verb.is(KnownWord.select), material.text.says(.forNow) != nil { return .write }
        // `Render the scene to a video`: the video stays.
        if WordSet.rendering.contains(verb.key), act == .compute, !material.schema.isInline,
            material.annotations.readOnly != true, sentenceHas(WordSet.filmed)
        {
            return .write
        }
        if verb.is(KnownWord.select), sentenceHas(WordSet.picked), names(WordSet.browsed) { return .write }
        return nil
    }

    private var putsDown: Bool {
        sentenceHas(WordSet.onto) && !sentenceHas(WordSet.dropped)
            && !material.name.words.contains { WordSet.dropped.contains($0.key) }
    }

    /// `Resumes a run that was paused`: it goes on acting.
    var resumesRun: Bool {
        guard let lead = material.text.lead, WordSet.resuming.contains(material.text.words[lead].key) else {
            return false
        }
        return material.name.words.contains { WordSet.begun.contains($0.key) }
    }

    /// `get_messages` with `ack_mode`: what is looked at is gone for everybody else.
    mutating func weighConsuming() {
        guard category == .read, act == .look, material.annotations.readOnly != true,
            let consumed = material.schema.consumes,
            material.name.words.contains(where: { WordSet.queued.contains($0.key) }),
            sentenceHas(WordSet.programs) || material.server.queueShare >= 0.15
        else { return }
        settle(.destroy, .destructive, min(confidence, 0.6))
        evidence.append(Evidence(.schema(consumed.pointer), consumed.name, .category(.destructive)))
    }

    private func sentenceHas(_ words: Set<WordKey>) -> Bool {
        material.text.words.prefix(material.text.firstSentence).contains { words.contains($0.key) }
    }
}
