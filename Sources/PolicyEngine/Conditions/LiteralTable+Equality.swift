import WireJSON

extension LiteralTable {
    /// Judges whether what was seen equals a value. What is of another JSON type cannot be judged: a server may read
    /// `"1"` as 1. That goes for the elements of lists and the members of objects as well.
    ///
    /// - Parameter source: the bytes that a text as received lies in.
    func judge(_ index: Int, equals sight: borrowing Sight, in source: borrowing Span<UInt8>) -> Judgement {
        let node = nodes[index]
        switch (node.kind, sight.kind) {
        case (.null, .null):
            return .holds
        case (.truth, .truth), (.number, .number):
            return Judgement(node.number == sight.number)
        case (.text, .text):
            return Judgement(source.extracting(sight.text).isEqual(to: text.span.extracting(bytes(of: node))))
        case (.text, .spelledText):
            return sight.withText(in: source) { Judgement($0.isEqual(to: text.span.extracting(bytes(of: node)))) }
        case (.largeNumber, .largeNumber):
            return Judgement(sight.json?.number == numbers[Int(node.start)])
        case (.number, .largeNumber), (.largeNumber, .number):
            // A number has one form, so these are two numbers.
            return .doesNotHold
        case (.list, .list):
            return sight.json.map { judge(list: index, equals: $0) } ?? .cannotBeJudged
        case (.object, .object):
            return sight.json.map { judge(object: index, equals: $0) } ?? .cannotBeJudged
        case (.null, _), (.truth, _), (.number, _), (.largeNumber, _), (.text, _), (.time, _), (.list, _), (.object, _):
            return .cannotBeJudged
        }
    }

    /// Judges whether a whole JSON value equals a value of the table.
    func judge(_ index: Int, equals json: JSON) -> Judgement {
        let source = json.source
        return judge(index, equals: Sight(json, in: source.span), in: source.span)
    }

    private func judge(list index: Int, equals json: JSON) -> Judgement {
        guard json.count == nodes[index].count else { return .doesNotHold }
        var judgement = Judgement.holds
        var next = index + 1
        for element in json.elements where judgement != .doesNotHold {
            judgement = judgement.and(judge(next, equals: element))
            next = Int(nodes[next].end)
        }
        return judgement
    }

    private func judge(object index: Int, equals json: JSON) -> Judgement {
        var judgement = Judgement(json.count == nodes[index].count)
        var next = index + 1
        for _ in 0..<nodes[index].count {
            let key = String(decoding: text[bytes(of: nodes[next])], as: UTF8.self)
            if json.members.contains(where: { $0.key.resembles(key) }) { return .cannotBeJudged }
            guard let value = json[key] else { return .doesNotHold }
            judgement = judgement.and(judge(next + 1, equals: value))
            next = Int(nodes[next + 1].end)
        }
        return judgement
    }
}
