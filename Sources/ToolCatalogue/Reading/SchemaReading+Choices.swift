internal import WireJSON

/// The acts that one argument lets a call choose between: its enumeration, or the values its text lists.
extension SchemaReading {
    mutating func readChoices(
        of property: JSON, named name: [UInt8], root: JSON, at pointer: String, onlyVerbs: Bool = false
    ) {
        var values: [JSON] = []
        Self.collectChoices(of: property, root: root, into: &values, depth: 0)
        if values.isEmpty {
            if property["description"]?.utf8 != nil || Self.isText(property) {
                readChoices(describedIn: property["description"]?.utf8 ?? [], named: name, at: pointer)
            }
            return
        }
        var found: [Choice] = []
        for value in values.prefix(CatalogueBounds.choices) {
            guard let bytes = value.utf8 else { continue }
            let words = WordReader.words(of: bytes, isName: true, limit: 6, bytes: 64)
            let verb = words.first(where: \.meaning.isSureVerb) ?? words.first(where: \.meaning.isVerb)
            guard let verb, let act = Self.act(of: verb, in: words) else { continue }
            // Where a verb is expected, a word that may be one is.
            let isSure =
                verb.meaning.isSureVerb || !onlyVerbs && verb.start == words[0].start && verb.things.isEmpty
                || Self.runsProgram(words)
            found.append(
                Choice(
                    act: act, other: verb.meaning.other, verb: verb.key, isSure: isSure,
                    value: String(decoding: bytes.prefix(64), as: UTF8.self), pointer: pointer,
                    isBulk: words.contains { $0.things.contains(.bulk) }, isProgram: Self.runsProgram(words)))
        }
        if values.count > CatalogueBounds.choices { isCut = true }
        if onlyVerbs || Self.isManner(name) {
            // Some other choice, such as a sort order: only where most values are verbs.
            guard found.count(where: \.isSure) * 2 > values.count else { return }
        }
        choices += found
    }

    /// `run_python`, `exec_command`: no noun, for what is run stands behind it.
    static func runsProgram(_ words: [Word]) -> Bool {
        words.count > 1 && words[0].meaning.act == .run && !words[1].things.isDisjoint(with: [.code, .shell])
    }

    /// `start_job_run`: what is started then acts.
    private static func act(of verb: Word, in words: [Word]) -> Act? {
        if words.count == 1, verb.is(KnownWord.build) { return .run }
        if verb.meaning.act == .destroy, words.count > 1, let last = words.last {
            // `remove_background`: worked on; `clear_history`: of the tool's own calls.
            if WordSet.retouched.contains(last.key) { return .write }
            if verb.is(KnownWord.clear), WordSet.keptOfCalls.contains(last.key) { return .write }
        }
        guard verb.meaning.act == .start else { return verb.meaning.act }
        let runs = words.contains {
            $0.start != verb.start && !$0.things.isDisjoint(with: [.job, .program, .started])
                && !$0.is(KnownWord.schedule) && !$0.is(KnownWord.trigger)
        }
        if words.count > 1, !runs || words.last.map({ WordSet.clocks.contains($0.key) }) == true { return .write }
        return runs && !WordSet.halting.contains(verb.key) ? .run : .start
    }

    /// `mode`: how something is done, as often as what.
    private static func isManner(_ name: [UInt8]) -> Bool {
        WordReader.words(of: name, isName: true, limit: 8, bytes: 64).last?.is(KnownWord.mode) == true
    }

    /// An action argument without an enumeration lists its values in its description, in the tool's, or nowhere.
    private mutating func readChoices(describedIn own: [UInt8], named name: [UInt8], at pointer: String) {
        var listed = Self.choices(listedIn: own, at: pointer)
        if listed.found.isEmpty, let line = Self.line(about: name, in: description) {
            listed = Self.choices(listedIn: line, at: pointer, isLine: true)
        }
        if Self.isManner(name) {
            guard listed.found.count(where: \.isSure) * 2 > listed.values else { return }
        }
        choices += listed.found
    }

    /// The acts among the values that a text lists, and how many values there are.
    private static func choices(
        listedIn text: [UInt8], at pointer: String, isLine: Bool = false
    ) -> (found: [Choice], values: Int) {
        let values = listed(in: text, isLine: isLine)
        let found = values.compactMap { words -> Choice? in
            let verb = words[0]
            guard verb.meaning.isVerb, let act = act(of: verb, in: words) else { return nil }
            let value = String(decoding: text[verb.start..<words[words.count - 1].end], as: UTF8.self)
            return Choice(
                act: act, other: verb.meaning.other, verb: verb.key,
                isSure: verb.meaning.isSureVerb || verb.things.isEmpty || runsProgram(words), value: value,
                pointer: pointer,
                isBulk: words.contains { $0.things.contains(.bulk) }, isProgram: runsProgram(words))
        }
        return (found, values.count)
    }

    /// The values that a text lists: words, or words tied by hyphens or underscores, between marks of a list.
    private static func listed(in text: [UInt8], isLine: Bool) -> [[Word]] {
        let words = WordReader.words(
            of: text, isName: false, limit: CatalogueBounds.choiceWords, bytes: CatalogueBounds.choiceBytes)
        // `Action: build, run, status`, up to the full stop.
        let isHeaded =
            isLine
            || words.first.map { $0.things.contains(.action) && text[$0.end...].first == UInt8(ascii: ":") } ?? false
        let headed = isHeaded ? text.firstIndex(of: UInt8(ascii: ".")) ?? text.count : 0
        var values: [[Word]] = []
        var first = words.startIndex
        while first < words.endIndex {
            var last = first
            while last + 1 < words.endIndex, isTie(text, between: words[last], and: words[last + 1]) { last += 1 }
            let value = Array(words[first...last])
            // A word that is as often a noun is a value only where a list is plain to see.
            let isPlain =
                last > first || value[0].meaning.isSureVerb || value[0].meaning.act == nil
                || value[0].end <= headed
            let before = first > 0 ? words[first - 1] : nil
            let after = last + 1 < words.endIndex ? words[last + 1] : nil
            if stands(value, in: text, before: before, after: after, isPlain: isPlain) { values.append(value) }
            first = last + 1
        }
        return values
    }

    private static func isTie(_ text: [UInt8], between first: Word, and second: Word) -> Bool {
        guard first.end + 1 == second.start else { return false }
        return text[first.end] == UInt8(ascii: "-") || text[first.end] == UInt8(ascii: "_")
    }

    /// Whether a value stands between quotes, commas, bars or the like, or beside the `or` of a list.
    private static func stands(
        _ value: [Word], in text: [UInt8], before: Word?, after: Word?, isPlain: Bool
    ) -> Bool {
        let (start, end) = (value[0].start, value[value.count - 1].end)
        let opening = text[..<start].last { $0 != 0x20 }
        let closing = text[end...].first { $0 != 0x20 }
        // `- create: makes a new one`, a line of a list.
        if opening == UInt8(ascii: "-") || opening == UInt8(ascii: "*"), closing == UInt8(ascii: ":") { return true }
        let strict = Array("'\"`|".utf8)
        if opening.map(strict.contains) ?? false || closing.map(strict.contains) ?? false,
            opening.map((strict + Array("(".utf8)).contains) ?? true,
            closing.map((strict + Array("()".utf8)).contains) ?? true
        {
            return true
        }
        guard isPlain else { return false }
        let loose = Array("'\"`|,:/()[]=".utf8)
        let opens = opening.map(loose.contains) ?? true || value.count > 1 && before?.things.contains(.joins) == true
        let closes =
            closing.map(loose.contains) ?? true
            || value.count > 1 && (closing == UInt8(ascii: ".") || after?.things.contains(.joins) == true)
        return opens && closes
    }

    /// `action: "create", "drop" or "list"`: the line of the tool's own text that tells of an argument.
    private static func line(about name: [UInt8], in text: [UInt8]) -> [UInt8]? {
        guard name.count >= 2, text.count > name.count else { return nil }
        let end = min(text.count, CatalogueBounds.argumentBytes)
        var place = 0
        while place + name.count + 1 < end {
            let behind = place + name.count
            // `Actions: …` tells of `action`.
            let isPlural = text[behind] | 0x20 == UInt8(ascii: "s") && text[behind + 1] == UInt8(ascii: ":")
            guard text[place] | 0x20 == name[0] | 0x20, isPlural || text[behind] == UInt8(ascii: ":"),
                place == 0 || text[place - 1] <= 0x20 || text[place - 1] == UInt8(ascii: "`"),
                zip(text[place..<behind], name).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
            else {
                place += 1
                continue
            }
            let line = text[(behind + (isPlural ? 2 : 1))...].prefix(CatalogueBounds.choiceBytes)
            return Array(line.prefix { $0 != 0x0A })
        }
        return nil
    }

    private static func isText(_ property: JSON) -> Bool {
        guard let type = property["type"] else { return true }
        return type.hasText("string") || type.elements.contains { $0.hasText("string") }
    }

    private static func collectChoices(of property: JSON, root: JSON, into values: inout [JSON], depth: Int) {
        guard depth < CatalogueBounds.depth else { return }
        for (key, value) in property.members {
            if key.equals("enum") {
                values += value.elements.prefix(CatalogueBounds.choices + 1)
            } else if key.equals("const") {
                values.append(value)
            } else if key.equals("anyOf") || key.equals("oneOf") || key.equals("allOf") {
                for part in value.elements.prefix(CatalogueBounds.choices) {
                    collectChoices(of: part, root: root, into: &values, depth: depth + 1)
                }
            } else if key.equals("items") {
                collectChoices(of: value, root: root, into: &values, depth: depth + 1)
            } else if key.equals("$ref"), let target = target(of: value, in: root) {
                collectChoices(of: target, root: root, into: &values, depth: depth + 1)
            }
        }
    }
}
