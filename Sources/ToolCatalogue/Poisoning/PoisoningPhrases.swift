/// Orders that no description of a tool needs, as rows of words with a few others between them.
struct PoisoningPhrase: Sendable {
    let kind: PoisoningFinding.Kind
    let severity: PoisoningFinding.Severity
    /// One word of each set, in this order.
    let slots: [Set<WordKey>]
    /// How many other words may stand between two of them.
    let gap: Int

    /// This is data: severity, words with `|` between alternatives and `..` where up to three words may stand.
    ///
    /// In it only what goes beyond the tool itself: text that says when or how to use the tool is what descriptions
    /// are for.
    private static let table = """
        danger ignore|disregard|forget|override|bypass .. previous|prior|above|earlier|preceding|system|safety|developer .. \
        instructions|instruction|rules|prompt|prompts|guidelines|messages|directives
        danger ignore|disregard|forget .. instructions|rules|guidelines .. above|before|previously|earlier
        danger don't|not|never|without .. tell|telling|inform|informing|mention|mentioning|reveal|notify|notifying|alert|alerting|show|disclose .. user|human|operator
        danger hide|conceal|hidden|secretly|silently|covertly .. from .. user|human|operator
        danger secretly|covertly|surreptitiously .. send|forward|copy|read|include|upload|transfer|call|add|append
        danger user|human .. must|should .. not|never .. know|notice|see|learn|aware
        danger you .. are .. now .. dan|jailbroken|unrestricted|unfiltered
        danger reveal|print|repeat|output|exfiltrate|leak|send .. your|the .. system|hidden|initial .. prompt|instructions
        danger before|after|when|whenever .. any|every|other .. tool|tools .. you .. must .. call|read|send|include|pass
        danger send|forward|upload|post|exfiltrate|bcc|copy .. all .. conversation|conversations|history|secrets|credentials|passwords|keys .. to
        warning instead .. of .. the .. user's|requested|original
        warning real|actual .. instructions|task|goal|purpose .. is
        warning new|updated .. system .. prompt|instructions
        warning act .. as .. if .. no .. restrictions|rules|policy
        warning bypass|circumvent|evade|disable .. security|approval|policy|safety|guardrails|confirmation|restrictions .. check|checks|controls|filter|filters|step|mechanism
        """

    static let all: [PoisoningPhrase] = table.split(separator: "\n").map { line in
        let parts = line.split(separator: " ")
        let slots = parts.dropFirst().filter { $0 != ".." }.map {
            Set($0.split(separator: "|").map { WordKey(String($0)) })
        }
        return PoisoningPhrase(
            kind: .instruction, severity: parts[0] == "danger" ? .danger : .warning, slots: slots, gap: 3)
    }

    private static let byFirstWord: [WordKey: [Int]] = {
        var index: [WordKey: [Int]] = [:]
        for (position, phrase) in all.enumerated() {
            for word in phrase.slots[0] { index[word, default: []].append(position) }
        }
        return index
    }()

    /// The phrases that stand in a text, with the words from the first to the last.
    static func found(in words: [Word]) -> [(phrase: PoisoningPhrase, words: ClosedRange<Int>)] {
        var found: [(phrase: PoisoningPhrase, words: ClosedRange<Int>)] = []
        for position in words.indices {
            for index in byFirstWord[words[position].key] ?? [] {
                if let end = all[index].end(in: words, from: position) { found.append((all[index], position...end)) }
            }
        }
        return found
    }

    private func end(in words: [Word], from start: Int) -> Int? {
        var position = start
        for slot in slots.dropFirst() {
            let reach = min(position + 1 + gap, words.count - 1)
            guard position < reach || position + 1 <= reach else { return nil }
            guard let next = (position + 1...reach).first(where: { slot.contains(words[$0].key) }) else { return nil }
            position = next
        }
        return position
    }
}
