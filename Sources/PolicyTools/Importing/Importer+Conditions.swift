import PolicyEngine
import PolicyFiles
import WireJSON

extension Importer {
    /// A comparison of a counter.
    struct StateBound {
        let place: Located
        let path: String
        let op: String
        let value: Located
    }

    /// What a rule's conditions say: of arguments and of counters.
    struct Found {
        var arguments: [Condition] = []
        var states: [StateBound] = []
    }

    mutating func conditions(_ place: Located, in use: RuleUse, of tool: String?) -> Found {
        var found = Found()
        guard let elements = place.elements else {
            refuse("conditions are a list, not \(place.noun)", at: place)
            return found
        }
        for element in elements {
            guard let members = members(of: element, "a condition", ["path", "op", "value"]) else { continue }
            let values = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
            guard let path = values["path"].flatMap({ text($0, "path") }),
                let op = values["op"].flatMap({ text($0, "op") }),
                let value = values["value"]
            else {
                refuse("a condition has `path`, `op` and `value`", at: element)
                continue
            }
            if path.utf8.starts(with: "state.".utf8) {
                found.states.append(StateBound(place: element, path: path, op: op, value: value))
            } else if let condition = comparison(path, op, value, in: use, at: element) {
                found.arguments.append(.comparison(condition))
            }
        }
        return found
    }

    private mutating func comparison(
        _ path: String, _ op: String, _ value: Located, in use: RuleUse, at place: Located
    ) -> Comparison? {
        guard let path = self.path(path, at: place["path"] ?? place) else { return nil }
        let known = ["eq", "neq", "in", "not_in", "lt", "lte", "gt", "gte", "regex", "contains", "exists"]
        guard known.contains(op), let op = Operator(rawValue: op) else {
            refuse("unknown operator `\(op)`", at: place["op"] ?? place, Spelling.suggestion(op, among: known))
            return nil
        }
        guard isPlain(value), isComparable(value, op, use) else { return nil }
        if [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(op) {
            guard case .number = value.content else {
                refuse("`\(op.rawValue)` takes a number, not \(value.noun)", at: value)
                return nil
            }
        }
        do {
            return try Comparison(path: path, op: op, value: value.plainJSON)
        } catch {
            refuse("\(error)", at: value)
            return nil
        }
    }

    /// In the original every dot is a step and nothing else is special, so odd keys are quoted here.
    mutating func path(_ text: String, at place: Located) -> PolicyPath? {
        guard text.utf8.starts(with: "args.".utf8) else {
            refuse("`\(text)` is no argument; a path starts with `args.` or `state.`", at: place)
            return nil
        }
        var path = "args"
        for step in text.utf8.dropFirst("args.".utf8.count).split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        {
            let isSimple = !step.isEmpty && step.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"[]()\"".utf8.contains($0) }
            if isSimple {
                path += "." + String(decoding: step, as: UTF8.self)
            } else {
                var writer = JSONWriter()
                writer.string(utf8: Array(step))
                path += "[" + String(decoding: writer.bytes, as: UTF8.self) + "]"
            }
        }
        do {
            return try PolicyPath(path)
        } catch {
            refuse("\(error)", at: place)
            return nil
        }
    }

    /// The original's reader takes unquoted text that starts like a number, or is a word for a truth, for something else.
    private mutating func isPlain(_ place: Located) -> Bool {
        switch place.content {
        case .text(let text):
            let isOdd = text.utf8.first.map { $0 &- 0x30 < 10 || "+-.".utf8.contains($0) } ?? true
            let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            guard isOdd || words.contains(text.lowercased()), !source.isQuoted(place) else { return true }
            refuse("`\(text)` may be a number, a date or a truth in the original", at: place, "quote it")
            return false
        case .sequence(let elements):
            return elements.map { isPlain($0) }.allSatisfy { $0 }
        case .mapping(let members):
            return members.map { isPlain($0.value) }.allSatisfy { $0 }
        case .number, .bool, .null:
            return true
        }
    }

    /// The original compares lists, objects and null by how they print, so that more is equal there than here: refused
    /// wherever an equal value stops or holds a call.
    private mutating func isComparable(_ value: Located, _ op: Operator, _ use: RuleUse) -> Bool {
        let stops = use == .require ? [.notEqual, .isNotIn] : [Operator.equal, .isIn, .notEqual, .isNotIn]
        guard stops.contains(op) else { return true }
        for element in op == .isIn || op == .isNotIn ? value.elements ?? [] : [value] {
            switch element.content {
            case .text, .number, .bool: continue
            case .mapping, .sequence, .null:
                refuse(
                    "`\(op.rawValue)` with \(element.noun) would let more pass here than in the original", at: element)
                return false
            }
        }
        return true
    }
}

extension Located {
    /// The value as JSON, numbers as written.
    fileprivate var plainJSON: JSON {
        var writer = JSONWriter()
        write(to: &writer)
        do {
            return try JSON(writer.bytes, limits: JSONLimits(depth: DocumentBounds.depth, bytes: 64 << 20))
        } catch {
            preconditionFailure("what was read strictly is written as strict JSON: \(error)")
        }
    }

    private func write(to writer: inout JSONWriter) {
        switch content {
        case .mapping(let members):
            writer.object { writer in
                for member in members {
                    writer.key(member.key)
                    member.value.write(to: &writer)
                }
            }
        case .sequence(let elements):
            writer.array { writer in
                for element in elements { element.write(to: &writer) }
            }
        case .text(let text): writer.string(text)
        case .number(let number): writer.raw(number.utf8)
        case .bool(let bool): writer.bool(bool)
        case .null: writer.null()
        }
    }
}
