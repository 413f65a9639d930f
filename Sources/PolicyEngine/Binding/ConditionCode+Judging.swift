import WireJSON

extension ConditionCode {
    /// Judges whether every one of the conditions holds; none at all holds. What cannot change the outcome is not
    /// judged.
    func judgeAll(_ range: Range<Int>, _ seen: borrowing Sightings, _ context: PolicyContext) -> Judgement {
        var judgement = Judgement.holds
        var next = range.lowerBound
        while next < range.upperBound {
            judgement = judgement.and(judge(next, seen, context))
            if judgement == .doesNotHold { break }
            next = Int(steps[next].end)
        }
        return judgement
    }

    /// Judges whether at least one of the conditions holds.
    func judgeAny(_ range: Range<Int>, _ seen: borrowing Sightings, _ context: PolicyContext) -> Judgement {
        var judgement = Judgement.doesNotHold
        var next = range.lowerBound
        while next < range.upperBound {
            judgement = judgement.or(judge(next, seen, context))
            if judgement == .holds { break }
            next = Int(steps[next].end)
        }
        return judgement
    }

    /// Judges one condition.
    @inline(__always)
    func judge(_ index: Int, _ seen: borrowing Sightings, _ context: PolicyContext) -> Judgement {
        let steps = steps.span
        if steps[index].kind == .argument {
            return judge(steps[index], seen[Int(steps[index].subject)], in: seen.source.span)
        }
        return judgeOther(index, seen, context)
    }

    private func judgeOther(_ index: Int, _ seen: borrowing Sightings, _ context: PolicyContext) -> Judgement {
        let step = steps[index]
        switch step.kind {
        case .argument:
            return judge(step, seen[Int(step.subject)], in: seen.source.span)
        case .elements:
            return elements[Int(step.subject)].judge(seen) { judge(step, $0, in: $1) }
        case .context:
            return context.withSight(of: fields[Int(step.subject)], in: zone) { judge(step, $0, in: $1) }
                ?? .cannotBeJudged
        case .all:
            return judgeAll(index + 1..<Int(step.end), seen, context)
        case .any:
            return judgeAny(index + 1..<Int(step.end), seen, context)
        case .not:
            return !judge(index + 1, seen, context)
        }
    }

    /// Judges what a path shows.
    ///
    /// - Parameter source: the bytes that a text as received lies in.
    @inline(__always)
    private func judge(_ step: Step, _ sight: borrowing Sight, in source: borrowing Span<UInt8>) -> Judgement {
        if sight.kind == .absent { return step.absent }
        if sight.kind == .obscured { return .cannotBeJudged }
        if let judgement = judgeEveryday(step, sight, in: source) { return judgement }
        return judgeAny(step, sight, in: source)
    }

    /// A number compared with a number, a text as received with a text: judged where they lie. `nil` for all else.
    @inline(__always)
    private func judgeEveryday(
        _ step: Step, _ sight: borrowing Sight, in source: borrowing Span<UInt8>
    ) -> Judgement? {
        switch (step.op, sight.kind) {
        case (.equal, .text) where step.isTextual:
            return Judgement(source.extracting(sight.text).isEqual(to: literals.text.span.extracting(step.text)))
        case (.notEqual, .text) where step.isTextual:
            return Judgement(!source.extracting(sight.text).isEqual(to: literals.text.span.extracting(step.text)))
        case (.less, .number) where step.isNumeric: return Judgement(sight.number < step.number)
        case (.lessOrEqual, .number) where step.isNumeric: return Judgement(sight.number <= step.number)
        case (.greater, .number) where step.isNumeric: return Judgement(sight.number > step.number)
        case (.greaterOrEqual, .number) where step.isNumeric: return Judgement(sight.number >= step.number)
        case (.equal, .number) where step.isNumeric: return Judgement(sight.number == step.number)
        case (.notEqual, .number) where step.isNumeric: return Judgement(sight.number != step.number)
        case (_, _): return nil
        }
    }

    private func judgeAny(_ step: Step, _ sight: borrowing Sight, in source: borrowing Span<UInt8>) -> Judgement {
        let operand = Int(step.operand)
        switch step.op {
        case .equal:
            return literals.judge(operand, equals: sight, in: source)
        case .notEqual:
            return !literals.judge(operand, equals: sight, in: source)
        case .isIn:
            return judge(sight, isIn: operand, in: source)
        case .isNotIn:
            return !judge(sight, isIn: operand, in: source)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            return judge(step.op, sight, operand, in: source)
        case .exists:
            return Judgement((sight.kind != .null) == (literals.nodes[operand].number == 1))
        case .contains:
            return judge(sight, contains: operand, in: source)
        case .regex:
            guard sight.isText else { return .cannotBeJudged }
            return sight.withText(in: source) { patterns[operand].judge($0, whole: step.isAnchored) }
        case .pathWithin:
            guard sight.isText else { return .cannotBeJudged }
            return sight.withText(in: source) { folders[operand].judge($0) }
        case .hostIn:
            guard sight.isText else { return .cannotBeJudged }
            return sight.withText(in: source) { hosts[operand].judge($0) }
        case .ipIn:
            guard sight.isText else { return .cannotBeJudged }
            return sight.withText(in: source) { blocks[operand].judge($0) }
        }
    }

    private func judge(
        _ sight: borrowing Sight, isIn list: Int, in source: borrowing Span<UInt8>
    ) -> Judgement {
        var judgement = Judgement.doesNotHold
        var next = list + 1
        for _ in 0..<literals.nodes[list].count {
            judgement = judgement.or(literals.judge(next, equals: sight, in: source))
            if judgement == .holds { break }
            next = Int(literals.nodes[next].end)
        }
        return judgement
    }

    private func judge(
        _ op: Operator, _ sight: borrowing Sight, _ bound: Int, in source: borrowing Span<UInt8>
    ) -> Judgement {
        let node = literals.nodes[bound]
        switch (node.kind, sight.kind) {
        case (.number, .number):
            return op.judge(isLess: sight.number < node.number, isGreater: sight.number > node.number)
        case (.number, .largeNumber), (.largeNumber, .number), (.largeNumber, .largeNumber):
            guard let seen = sight.decimal, let bound = literals.decimal(node) else { return .cannotBeJudged }
            return op.judge(isLess: seen < bound, isGreater: bound < seen)
        case (.time, .text), (.time, .spelledText):
            guard let seen = sight.withText(in: source, { Timestamp($0) }) else { return .cannotBeJudged }
            let bound = Timestamp(seconds: node.number, nanoseconds: Int64(node.start))
            return op.judge(isLess: seen < bound, isGreater: bound < seen)
        case (_, _):
            return .cannotBeJudged
        }
    }

    // A text contains a text; a list contains an equal element. A list that only has the text inside one of its texts
    // may be joined by the server into what the rule is about, so it cannot be judged.
    private func judge(
        _ sight: borrowing Sight, contains wanted: Int, in source: borrowing Span<UInt8>
    ) -> Judgement {
        let node = literals.nodes[wanted]
        switch sight.kind {
        case .text, .spelledText:
            guard node.kind == .text else { return .cannotBeJudged }
            return sight.withText(in: source) { judge($0, contains: node) }
        case .list:
            guard let list = sight.json else { return .cannotBeJudged }
            return judge(list, contains: wanted)
        case .absent, .obscured, .null, .truth, .number, .largeNumber, .object:
            return .cannotBeJudged
        }
    }

    private func judge(_ text: borrowing Span<UInt8>, contains node: LiteralTable.Node) -> Judgement {
        guard text.count <= PolicyBounds.judgedTextBytes else { return .cannotBeJudged }
        return Judgement(text.contains(literals.text.span.extracting(literals.bytes(of: node))))
    }

    private func judge(_ list: JSON, contains wanted: Int) -> Judgement {
        let node = literals.nodes[wanted]
        let source = list.source
        let bytes = source.span
        var judgement = Judgement.doesNotHold
        let text = literals.text.span.extracting(node.kind == .text ? literals.bytes(of: node) : 0..<0)
        list.forEachElement(while: { element in
            if node.kind == .text, element.kind == .string, !element.hasEscapes {
                let seen = bytes.extracting(element.range.lowerBound + 1..<element.range.upperBound - 1)
                if seen.isEqual(to: text) {
                    judgement = .holds
                } else if judgement == .doesNotHold, judge(seen, contains: node) != .doesNotHold {
                    judgement = .cannotBeJudged
                }
                return judgement != .holds
            }
            let sight = Sight(element, of: list, in: bytes)
            judgement = judgement.or(literals.judge(wanted, equals: sight, in: bytes))
            if judgement == .holds { return false }
            if judgement == .doesNotHold, node.kind == .text,
                sight.withText(in: bytes, { judge($0, contains: node) }) != .doesNotHold
            {
                judgement = .cannotBeJudged
            }
            return true
        })
        return judgement
    }
}

extension Operator {
    /// What an order between two values means to an operator that orders.
    fileprivate func judge(isLess: Bool, isGreater: Bool) -> Judgement {
        switch self {
        case .less: Judgement(isLess)
        case .lessOrEqual: Judgement(!isGreater)
        case .greater: Judgement(isGreater)
        case .greaterOrEqual: Judgement(!isLess)
        case .equal, .notEqual, .isIn, .isNotIn, .exists, .contains, .regex, .pathWithin, .hostIn, .ipIn:
            .cannotBeJudged
        }
    }
}

extension Sight {
    /// A number's exact value.
    fileprivate var decimal: ExactDecimal? {
        kind == .number ? Quantity.millionths(number).decimal : json?.number
    }
}

extension LiteralTable {
    /// A number's exact value.
    fileprivate func decimal(_ node: Node) -> ExactDecimal? {
        switch node.kind {
        case .number: Quantity.millionths(node.number).decimal
        case .largeNumber: numbers[Int(node.start)]
        case .null, .truth, .text, .time, .list, .object: nil
        }
    }
}
