/// The conditions of all rules of one tool, laid out flat like the values they compare with: judging follows indices
/// and counts no references.
struct ConditionCode: Sendable {
    /// A condition. What it holds follows it.
    struct Step: Sendable {
        enum Kind: UInt8, Sendable {
            /// A comparison of the argument at a place.
            case argument
            /// A comparison of many values, that an ``ElementPath`` shows.
            case elements
            /// A comparison of the call's context.
            case context
            case any
            case all
            case not
        }

        let kind: Kind
        var op = Operator.exists
        /// How an absent argument is judged.
        var absent = Judgement.doesNotHold
        var isAnchored = false
        /// The place, or the index in ``elements`` or ``fields``.
        var subject: Int32 = 0
        /// The index of the value in ``literals``, or in the list of what the operator takes.
        var operand: Int32 = 0
        /// What an everyday value is: a text in ``LiteralTable/text``, or a number in millionths.
        var isTextual = false
        var isNumeric = false
        var number: Int64 = 0
        var start: Int32 = 0
        var count: Int32 = 0
        /// The index of the comparison in ``comparisons``, for those who tell about it.
        var origin: Int32 = 0
        /// The index of what follows this condition and all it holds.
        var end: Int32 = 0

        /// Where the value lies, when it is a text.
        var text: Range<Int> { Range(uncheckedBounds: (Int(start), Int(start) + Int(count))) }

        /// Keeps an everyday value where it is judged, beside its place in the table.
        mutating func keep(_ node: LiteralTable.Node) {
            isTextual = node.kind == .text
            isNumeric = node.kind == .number
            number = node.number
            start = node.start
            count = node.count
        }
    }

    /// The zone that the hours and days of the call's context are told in.
    let zone: Zone
    private(set) var steps: [Step] = []
    private(set) var literals = LiteralTable()
    private(set) var patterns: [RegexPattern] = []
    private(set) var folders: [FolderSet] = []
    private(set) var hosts: [HostSet] = []
    private(set) var blocks: [AddressBlocks] = []
    private(set) var elements: [ElementPath] = []
    private(set) var fields: [ContextField] = []
    private(set) var comparisons: [Comparison] = []

    init(zone: Zone) {
        self.zone = zone
    }

    /// Adds conditions that must all hold, and tells where they are.
    mutating func add(_ conditions: [Condition], in use: RuleUse, _ tree: inout ArgumentTree) -> Range<Int> {
        let start = steps.count
        for condition in conditions { add(condition, in: use, &tree) }
        return start..<steps.count
    }

    private mutating func add(_ condition: Condition, in use: RuleUse, _ tree: inout ArgumentTree) {
        let index = steps.count
        switch condition {
        case .comparison(let comparison):
            steps.append(step(for: comparison, in: use, &tree))
        case .any(let conditions):
            steps.append(Step(kind: .any))
            for condition in conditions { add(condition, in: use, &tree) }
        case .all(let conditions):
            steps.append(Step(kind: .all))
            for condition in conditions { add(condition, in: use, &tree) }
        case .not(let condition):
            steps.append(Step(kind: .not))
            add(condition, in: use, &tree)
        }
        steps[index].end = Int32(steps.count)
    }

    private mutating func step(for comparison: Comparison, in use: RuleUse, _ tree: inout ArgumentTree) -> Step {
        let (kind, subject) = subject(of: comparison, in: use, &tree)
        var step = Step(kind: kind, op: comparison.op, isAnchored: comparison.isAnchored)
        step.subject = Int32(subject)
        step.origin = Int32(comparisons.count)
        step.absent = comparison.op.judgeAbsence(in: use)
        comparisons.append(comparison)
        switch comparison.operand {
        case .value(let literal):
            step.operand = Int32(literals.add(literal))
            step.keep(literals.nodes[Int(step.operand)])
            if comparison.op == .exists, case .truth(false) = literal { step.absent = .holds }
        case .time(let time):
            step.operand = Int32(literals.add(time))
        case .pattern(let pattern):
            step.operand = Int32(patterns.count)
            patterns.append(pattern)
        case .folders(let set):
            step.operand = Int32(folders.count)
            folders.append(set)
        case .hosts(let set):
            step.operand = Int32(hosts.count)
            hosts.append(set)
        case .blocks(let set):
            step.operand = Int32(blocks.count)
            blocks.append(set)
        }
        return step
    }

    private mutating func subject(
        of comparison: Comparison, in use: RuleUse, _ tree: inout ArgumentTree
    ) -> (Step.Kind, Int) {
        switch comparison.path.root {
        case .context(let field):
            fields.append(field)
            return (.context, fields.count - 1)
        case .arguments(let steps):
            let (place, rest) = tree.place(at: steps)
            if rest.isEmpty { return (.argument, place) }
            elements.append(ElementPath(rest, from: place, tree.schemas[place], isEvery: use == .require))
            return (.elements, elements.count - 1)
        }
    }
}
