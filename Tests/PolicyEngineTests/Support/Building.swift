import PolicyEngine
import WireJSON

/// Short ways to say what the tests are about.

func json(_ text: String) -> JSON {
    do { return try JSON(Array(text.utf8)) } catch { preconditionFailure("not JSON: \(text): \(error)") }
}

/// The text as JSON.
func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return String(decoding: writer.bytes, as: UTF8.self)
}

func name(_ text: String) -> ToolName { ToolName(text)! }

func when(_ path: String, _ op: Operator, _ value: String, anchored: Bool = false) -> Condition {
    do {
        return .comparison(try Comparison(path: PolicyPath(path), op: op, value: json(value), isAnchored: anchored))
    } catch {
        preconditionFailure("\(path) \(op) \(value): \(error)")
    }
}

func rule(_ conditions: Condition..., says: String? = nil) -> ConditionRule {
    ConditionRule(conditions: conditions, onDeny: says)
}

func group(_ use: RuleUse, _ conditions: [Condition]) -> RuleGroup {
    switch use {
    case .denyIf: RuleGroup(denyIf: [ConditionRule(conditions: conditions)])
    case .require: RuleGroup(require: [ConditionRule(conditions: conditions)])
    case .approveIf: RuleGroup(approveIf: [ApprovalRule(conditions: conditions)])
    }
}

func document(
    _ standing: RuleSection.Standing,
    hide: [String] = [],
    all: RuleGroup? = nil,
    _ entries: [(String, RuleGroup)]
) -> PolicyDocument {
    let section = RuleSection(
        standing: standing,
        hide: hide.map { NamePattern($0)! },
        entries: entries.map { RuleSection.Entry(NamePattern($0)!, $1) })
    return PolicyDocument(tools: section, allTools: all)
}

/// A document under default deny.
func document(all: RuleGroup? = nil, _ entries: [(String, RuleGroup)]) -> PolicyDocument {
    document(.deny, all: all, entries)
}

func policy(_ document: PolicyDocument) -> Policy {
    do {
        return try Policy(compiling: document, id: "test", version: 1)
    } catch {
        preconditionFailure("\(error)")
    }
}

func context(_ tool: String) -> PolicyContext {
    PolicyContext(tool: name(tool), serverName: "server", grantLabel: "laptop")
}

extension Policy {
    func decide(
        _ tool: String, _ arguments: String?, schema: String? = nil, context: PolicyContext? = nil
    ) -> Decision {
        let rules = rules(for: name(tool), inputSchema: schema.map { json($0) })
        let context = context ?? PolicyContext(tool: name(tool), serverName: "server", grantLabel: "laptop")
        return rules.decide(PolicyRequest(arguments: arguments.map { json($0) }, context: context))
    }
}

extension Decision {
    var isPermitted: Bool {
        if case .permitted = self { true } else { false }
    }

    var denial: Denial? {
        if case .denied(let denial) = self { denial } else { nil }
    }

    var obligations: Obligations? {
        if case .permitted(let obligations) = self { obligations } else { nil }
    }
}

/// Judges one condition in one kind of rule, and tells how it ended: seen through all three kinds of rules.
func judge(_ condition: Condition, _ arguments: String?, schema: String? = nil, in use: RuleUse) -> Judgement {
    let policy = policy(document([("t", group(use, [condition]))]))
    let rules = policy.rules(for: name("t"), inputSchema: schema.map { json($0) })
    let request = PolicyRequest(arguments: arguments.map { json($0) }, context: context("t"))
    return rules.trace(request).steps[0].judgement
}

/// Deterministic random numbers, so that a seed repeats a run.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
