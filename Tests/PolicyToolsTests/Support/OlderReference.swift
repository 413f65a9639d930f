import PolicyEngine
import WireJSON

/// What the older dialect's documentation and behaviour say of one call, written down independently of the importer:
/// whoever is not stopped here must not be stopped less there.
struct OlderReference {
    /// A rule without counters.
    struct Rule {
        var action: String
        var conditions: [(path: String, op: String, value: JSON)]
    }

    enum Answer: Int, Comparable {
        case denied, asks, allowed

        static func < (left: Answer, right: Answer) -> Bool { left.rawValue < right.rawValue }
    }

    var isDefaultDeny: Bool
    var tools: [String: [Rule]]

    func answer(_ tool: String, _ arguments: JSON) -> Answer {
        if isDefaultDeny, tools[tool] == nil { return .denied }
        var answer = Answer.allowed
        for rule in (tools[tool] ?? []) + (tools["*"] ?? []) {
            let holds = rule.conditions.allSatisfy { Self.holds($0.path, $0.op, $0.value, arguments) }
            switch rule.action {
            case "deny": return .denied
            case "require_approval": if holds { answer = .asks }
            default: if !holds { return .denied }
            }
        }
        return answer
    }

    private static func holds(_ path: String, _ op: String, _ value: JSON, _ arguments: JSON) -> Bool {
        var seen: JSON? = arguments
        for step in path.split(separator: ".", omittingEmptySubsequences: false).dropFirst() {
            seen = seen?.kind == .object ? seen?[String(step)] : nil
        }
        if op == "exists" { return (seen.map { !$0.isNull } ?? false) == value.bool }
        guard let seen else { return false }
        switch op {
        case "eq": return equal(seen, value)
        case "neq": return !equal(seen, value)
        case "in": return value.elements.contains { equal(seen, $0) }
        case "not_in": return !value.elements.contains { equal(seen, $0) }
        case "contains":
            if let text = seen.string { return value.string.map { text.contains($0) } ?? false }
            return seen.elements.contains { equal($0, value) }
        default:
            guard let left = number(seen), let right = number(value) else { return false }
            return op == "lt" ? left < right : op == "lte" ? left <= right : op == "gt" ? left > right : left >= right
        }
    }

    /// Numbers as doubles, and else by how they print.
    private static func equal(_ one: JSON, _ other: JSON) -> Bool {
        if let one = number(one), let other = number(other) { return one == other }
        return printed(one) == printed(other)
    }

    private static func number(_ json: JSON) -> Double? {
        json.kind == .number ? Double(String(decoding: json.bytes, as: UTF8.self)) : nil
    }

    private static func printed(_ json: JSON) -> String {
        switch json.kind {
        case .string: json.string ?? ""
        case .array: "[" + json.elements.map { printed($0) }.joined(separator: " ") + "]"
        case .object:
            "map[" + json.members.map { "\($0.key.string):\(printed($0.value))" }.sorted().joined(separator: " ") + "]"
        case .null: "<nil>"
        case .number, .bool: String(decoding: json.bytes, as: UTF8.self)
        }
    }
}
