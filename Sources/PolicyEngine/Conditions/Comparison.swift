public import WireJSON

/// One comparison: what a path shows, an operator, and the rule's value.
///
///     { "path": "args.amount", "op": "gt", "value": 10000 }
public struct Comparison: Sendable {
    public let path: PolicyPath
    public let op: Operator
    /// The rule's value, as written.
    public let value: JSON
    /// The pattern of a `regex` must match the whole text.
    public let isAnchored: Bool
    /// The operator with its value, ready to judge: patterns are compiled here and nowhere else.
    let operand: Operand

    /// Takes a comparison whose value is one that the operator takes.
    public init(path: PolicyPath, op: Operator, value: JSON, isAnchored: Bool = false) throws(ComparisonError) {
        self.path = path
        self.op = op
        self.value = value
        self.isAnchored = isAnchored
        self.operand = try Operand(op, value)
    }
}

extension Comparison: Equatable {
    public static func == (left: Comparison, right: Comparison) -> Bool {
        left.path == right.path && left.op == right.op && left.isAnchored == right.isAnchored
            && left.value.isEqual(to: right.value)
    }
}

/// What is wrong with the value of a comparison.
public struct ComparisonError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
