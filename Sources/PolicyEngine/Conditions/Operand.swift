import WireJSON

/// The value of a comparison, decoded and checked once.
enum Operand: Sendable {
    case value(Literal)
    /// For the operators that order, when the value is a time.
    case time(Timestamp)
    case pattern(RegexPattern)
    case folders(FolderSet)
    case hosts(HostSet)
    case blocks(AddressBlocks)

    /// Decodes the value, or says what is wrong with it for this operator.
    init(_ op: Operator, _ value: JSON) throws(ComparisonError) {
        guard let literal = Literal(value) else { throw ComparisonError("the number is too large to be compared") }
        switch (op, literal) {
        case (.equal, _), (.notEqual, _), (.contains, _), (.isIn, .list), (.isNotIn, .list), (.exists, .truth):
            self = .value(literal)
        case (.less, .number), (.lessOrEqual, .number), (.greater, .number), (.greaterOrEqual, .number):
            self = .value(literal)
        case (.less, .text(let text)), (.lessOrEqual, .text(let text)), (.greater, .text(let text)),
            (.greaterOrEqual, .text(let text)):
            guard let time = Timestamp(text.span) else { throw Self.wrongValue(for: op) }
            self = .time(time)
        case (.regex, .text(let text)):
            self = .pattern(try Self.pattern(text))
        case (.pathWithin, .list(let folders)):
            self = .folders(try FolderSet(try Self.texts(folders, op)))
        case (.hostIn, .list(let hosts)):
            self = .hosts(try HostSet(try Self.texts(hosts, op)))
        case (.ipIn, .list(let blocks)):
            self = .blocks(try AddressBlocks(try Self.texts(blocks, op)))
        case (.less, _), (.lessOrEqual, _), (.greater, _), (.greaterOrEqual, _), (.isIn, _), (.isNotIn, _),
            (.exists, _), (.regex, _), (.pathWithin, _), (.hostIn, _), (.ipIn, _):
            throw Self.wrongValue(for: op)
        }
    }

    private static func wrongValue(for op: Operator) -> ComparisonError {
        switch op {
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            ComparisonError("`\(op.rawValue)` takes a number or an RFC 3339 time such as \"2026-07-28T12:00:00Z\"")
        case .isIn, .isNotIn: ComparisonError("`\(op.rawValue)` takes a list")
        case .exists: ComparisonError("`exists` takes true or false")
        case .regex: ComparisonError("`regex` takes a pattern as text")
        case .pathWithin: ComparisonError("`path_within` takes a list of folders such as [\"/srv/data\"]")
        case .hostIn: ComparisonError("`host_in` takes a list of hosts such as [\"example.com\", \"*.example.org\"]")
        case .ipIn: ComparisonError("`ip_in` takes a list of blocks such as [\"10.0.0.0/8\", \"fc00::/7\"]")
        case .equal, .notEqual, .contains: ComparisonError("`\(op.rawValue)` does not take this value")
        }
    }

    private static func texts(_ list: [Literal], _ op: Operator) throws(ComparisonError) -> [[UInt8]] {
        var texts: [[UInt8]] = []
        for literal in list {
            guard case .text(let text) = literal else { throw wrongValue(for: op) }
            texts.append(text)
        }
        return texts
    }

    private static func pattern(_ text: [UInt8]) throws(ComparisonError) -> RegexPattern {
        do {
            return try RegexPattern(String(decoding: text, as: UTF8.self))
        } catch {
            throw ComparisonError("the pattern does not compile: \(error.reason)")
        }
    }
}

extension Operator {
    /// What an absent argument means (policy.md section 2); for `exists` it depends on the value.
    func judgeAbsence(in use: RuleUse) -> Judgement {
        switch self {
        case .notEqual, .isNotIn: Judgement(use != .require)
        case .equal, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .exists, .contains, .regex, .pathWithin,
            .hostIn, .ipIn:
            .doesNotHold
        }
    }
}
