/// Which words of a name say what is acted on, and which of them is the thing itself.
extension NameReading {
    /// The words for what is acted on: behind the verbs and up to a preposition, or before the verb where none follow.
    ///
    /// `remove_user_from_group`: the user. `broker_delete_queue`: the queue. `cluster_delete`: the cluster.
    var core: Range<Int> {
        let verbs = [head].compactMap(\.self) + joined
        var start = verbs.max().map { $0 + 1 } ?? 0
        if start == words.count { return (verbs.min().map { group(before: $0) }) ?? 0..<words.count }
        // `reply_to_thread`: what stands behind the preposition.
        while start < words.count - 1, Self.isBinding(words[start]) { start += 1 }
        let end = words[start...].firstIndex(where: Self.isBinding) ?? words.count
        return start..<max(end, start + 1)
    }

    /// The last word of ``core`` that is no word about the call, such as `now` or `tool`.
    func noun(in core: Range<Int>) -> Int? {
        core.last { !WordSet.aboutCalls.contains(words[$0].key) && !words[$0].isAdverb } ?? core.last
    }

    /// A preposition follows what is acted on: `instance_in_series`, `user_from_group`.
    func isWithin(_ core: Range<Int>) -> Bool {
        words.indices.contains(core.upperBound) && Self.isBinding(words[core.upperBound])
    }

    private func group(before verb: Int) -> Range<Int> {
        let start = words[..<verb].lastIndex(where: Self.isBinding).map { $0 + 1 } ?? 0
        return start..<max(verb, start)
    }

    private static func isBinding(_ word: Word) -> Bool {
        word.things.contains(.preposition) && !word.things.contains(.joins)
    }
}
