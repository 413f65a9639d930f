import PolicyEngine
import WireJSON

/// Policies and calls made by chance, small enough that rules and arguments often meet.
struct Chance {
    private var random: Seeded

    /// Prints the seed, so that a run can be repeated.
    init(seed: UInt64, for law: String = #function) {
        print("seed \(seed) for \(law)")
        random = Seeded(seed)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements.randomElement(using: &random)! }
    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }
    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] { elements.shuffled(using: &random) }

    private static let paths = [
        "args.a", "args.b", "args.b.c", "args.list[*]", "args.list[0]", "args.text.json().a", "args.text",
        "grant.label",
        "tool.risk", "time.hour",
    ]
    static let values = ["1", "2.5", "\"x\"", "\"xy\"", "true", "null", "[1,\"x\"]", "{\"c\":1}", "[]", "1e50"]
    private static let operators: [(PolicyEngine.Operator, [String])] = [
        (.equal, values), (.notEqual, values), (.less, ["1", "2.5", "\"2026-07-28T12:00:00Z\""]), (.lessOrEqual, ["2"]),
        (.greater, ["1", "1e50"]), (.greaterOrEqual, ["2.5"]), (.isIn, ["[1,2.5]", "[\"x\",\"y\"]", "[]"]),
        (.isNotIn, ["[1,2.5]", "[\"x\"]"]), (.exists, ["true", "false"]), (.contains, ["\"x\"", "1"]),
        (.regex, ["\"x+\"", "\"^$\""]), (.pathWithin, ["[\"/srv\"]", "[\"x\"]"]),
        (.hostIn, ["[\"x\",\"*.example\"]", "[\"127.0.0.1\"]"]), (.ipIn, ["[\"127.0.0.0/8\"]"]),
    ]
    private static let odd = [
        "\"\\u0078\"", "[[\"x\"]]", "\"1\"", "-3", "1e999999999999999999999", "\"/srv/x\"", "\"/srv/../x\"",
        "\"https://x\"",
        "\"https://y@x\"", "\"127.1\"", "\"{\\\"a\\\":1}\"", "\"{\\\"A\\\":\\\"x\\\"}\"", "\"2026-07-28T12:00:00Z\"",
    ]
    /// `nil` where no definition is known.
    static let schemas: [JSON?] = [
        nil, nil,
        json(#"{"properties":{"a":{"type":"number","default":1},"b":{"type":"object"},"list":{"type":"array"}}}"#),
        json(#"{"properties":{"a":{"default":"x"},"A":{},"b":{"default":{"c":1}},"text":{"default":"{\"a\":1}"}}}"#),
    ]
    /// Compiled once: patterns and the like take longer than all else.
    private static let comparisons: [String: [Condition]] = {
        var comparisons: [String: [Condition]] = [:]
        for path in paths where path != "time.hour" {
            for (op, values) in operators { comparisons[path, default: []] += values.map { when(path, op, $0) } }
        }
        comparisons["time.hour"] = [when("time.hour", .less, "9"), when("time.hour", .isIn, "[12,13]")]
        return comparisons
    }()

    mutating func condition(depth: Int = 0, underNot: Bool = false) -> Condition {
        if depth < 2, oneIn(4) {
            let inside = (0..<number(1...2)).map { _ in condition(depth: depth + 1, underNot: underNot) }
            switch number(0...2) {
            case 0: return .any(inside)
            case 1: return .all(inside)
            default: return .not(condition(depth: depth + 1, underNot: true))
            }
        }
        let path = pick(underNot ? Self.paths.filter { !$0.contains("*") } : Self.paths)
        return pick(Self.comparisons[path]!)
    }

    mutating func value() -> String { pick(Self.values + Self.odd) }

    /// The members of a call's arguments.
    mutating func members() -> [String] {
        var members: [String] = []
        for key in ["a", "A", "b", "list", "text", "other", "\\u0061\\u200b"] where oneIn(3) {
            members.append("\"\(key)\":\(value())")
        }
        return members
    }

    mutating func arguments() -> JSON { json("{\(shuffled(members()).joined(separator: ","))}") }

    mutating func request(for tool: String = "t") -> PolicyRequest {
        var context = context(tool)
        context.time = pick([nil, 0, 1_785_240_000_000])
        return PolicyRequest(arguments: oneIn(20) ? nil : arguments(), context: context)
    }

    mutating func limit() -> LimitRule {
        LimitRule(
            counter: pick(["calls", "spent"]), window: pick([.seconds(60), .month]),
            max: Int64(number(0...3)) * 1_000_000,
            amount: pick([nil, .fixed(500_000), .argument(try! PolicyPath("args.a"))]))
    }

    mutating func group() -> RuleGroup {
        var group = RuleGroup()
        for _ in 0..<number(0...2) { group.denyIf.append(rule(condition())) }
        for _ in 0..<number(0...1) { group.require.append(rule(condition())) }
        for _ in 0..<number(0...1) { group.approveIf.append(ApprovalRule(conditions: [condition()])) }
        if oneIn(3) { group.limits.append(limit()) }
        return group
    }

    /// A group that has shorthands too.
    mutating func shortGroup() -> RuleGroup {
        var group = group()
        group.action = pick([nil, .allow, .deny, .hide, .requireApproval])
        group.reason = pick([nil, "because"])
        if oneIn(3) { group.rateLimit = RateLimit(max: 5_000_000, window: .seconds(60)) }
        return group
    }

    static let names = ["t", "tt", "get_a", "get_b", "GET_A", "caf\u{e9}", "cafe\u{301}", "delete_a"]

    /// Entries with different names and patterns.
    mutating func entries(_ make: (inout Chance) -> RuleGroup) -> [(String, RuleGroup)] {
        let keys = shuffled(["t", "t*", "*", "get_*", "*_a", "caf\u{e9}", "get_a", "**"])
        return keys.prefix(number(0...4)).map { ($0, make(&self)) }
    }

    mutating func document(_ make: (inout Chance) -> RuleGroup) -> PolicyDocument {
        PolicyEngineTests.document(
            pick(RuleSection.Standing.allCases),
            hide: shuffled(["t", "get_*", "*a", "cafe\u{301}"]).suffix(number(0...1)),
            all: oneIn(2) ? make(&self) : nil, entries(make))
    }
}
