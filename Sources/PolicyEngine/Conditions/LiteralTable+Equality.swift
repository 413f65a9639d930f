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

extension Span<UInt8> {
    /// Tells whether both are the same bytes.
    @inline(__always)
    func isEqual(to other: borrowing Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var position = 0
        while position &+ 8 <= count {
            let mine = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
            let theirs = unsafe other.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
            guard mine == theirs else { return false }
            position &+= 8
        }
        while position < count {
            guard self[position] == other[position] else { return false }
            position &+= 1
        }
        return true
    }

    /// Tells whether the bytes wanted are somewhere in these; none at all are in every text. Takes time linear in both.
    func contains(_ wanted: borrowing Span<UInt8>) -> Bool {
        guard wanted.count > 0 else { return true }
        guard count >= wanted.count else { return false }
        if count * wanted.count > Self.smallSearch { return containsByTable(wanted) }
        let first = wanted[0]
        var start = 0
        while start <= count - wanted.count {
            if self[start] == first {
                var matched = 1
                while matched < wanted.count, self[start + matched] == wanted[matched] { matched += 1 }
                if matched == wanted.count { return true }
            }
            start += 1
        }
        return false
    }

    /// Knuth, Morris and Pratt's search: no text makes it slow.
    private func containsByTable(_ wanted: borrowing Span<UInt8>) -> Bool {
        // For each length of a matched start: how much of it is still matched when the next byte does not fit.
        var fallback = [Int](repeating: 0, count: wanted.count + 1)
        var matched = 0
        for position in 1..<wanted.count {
            while matched > 0, wanted[position] != wanted[matched] { matched = fallback[matched] }
            if wanted[position] == wanted[matched] { matched += 1 }
            fallback[position + 1] = matched
        }
        matched = 0
        for position in indices {
            while matched > 0, self[position] != wanted[matched] { matched = fallback[matched] }
            if self[position] == wanted[matched] { matched += 1 }
            if matched == wanted.count { return true }
        }
        return false
    }

    /// Up to this many comparisons, trying every place is quicker than making a table.
    private static var smallSearch: Int { 1 << 14 }
}
