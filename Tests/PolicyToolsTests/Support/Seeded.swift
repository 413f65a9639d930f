import WireJSON

/// SplitMix64: the same numbers for the same seed, everywhere.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func pick(_ words: [String]) -> String { words[Int.random(in: 0..<words.count, using: &self)] }

    private static let scalars = ["1", "5", "5.0", "\"5\"", "\"a\"", "\"ab\"", "true", "\"true\"", "\"x y\""]

    mutating func value() -> String {
        let odd = ["null", "[]", "[\"a\"]", "[5, \"5\"]", "{\"k\": \"a\"}", "[\"x\", \"y\"]", "\"[x y]\"", "\"<nil>\""]
        return Int.random(in: 0..<3, using: &self) == 0 ? pick(odd) : pick(Self.scalars)
    }

    mutating func arguments() -> String {
        let members = ["k", "l", "m.n"].compactMap { key -> String? in
            Bool.random(using: &self)
                ? "\"\(key)\": \(Bool.random(using: &self) ? value() : "{\"k\": \(value())}")" : nil
        }
        return "{" + members.joined(separator: ", ") + "}"
    }

    private mutating func condition() -> (text: String, condition: (path: String, op: String, value: JSON)) {
        let path = pick(["args.k", "args.l", "args.l.k", "args.k.k"])
        let op = pick(["eq", "neq", "in", "not_in", "lt", "lte", "gt", "gte", "contains", "exists"])
        let value =
            switch op {
            case "in", "not_in": "[\(value()), \(value())]"
            case "lt", "lte", "gt", "gte": pick(["1", "5", "4.5"])
            case "exists": pick(["true", "false"])
            default: value()
            }
        let json = (try? JSON(Array(value.utf8)))!
        return ("{\"path\": \"\(path)\", \"op\": \"\(op)\", \"value\": \(value)}", (path, op, json))
    }

    /// A document of the older dialect without counters, and what it means.
    mutating func olderDocument() -> (text: String, reference: OlderReference) {
        var reference = OlderReference(isDefaultDeny: Bool.random(using: &self), tools: [:])
        var tools: [String] = []
        for tool in ["a", "b", "*"] where Bool.random(using: &self) {
            var rules: [String] = []
            reference.tools[tool] = []
            for _ in 0..<Int.random(in: 0...2, using: &self) {
                let action = pick(["evaluate", "evaluate", "require_approval", "deny"])
                let found = action == "deny" ? [] : (0...Int.random(in: 0...1, using: &self)).map { _ in condition() }
                let conditions = found.isEmpty ? "" : ", \"conditions\": [\(found.map(\.text).joined(separator: ", "))]"
                rules.append("{\"name\": \"r\", \"action\": \"\(action)\"\(conditions)}")
                reference.tools[tool]?.append(.init(action: action, conditions: found.map(\.condition)))
            }
            tools.append("\"\(tool)\": {\"rules\": [\(rules.joined(separator: ", "))]}")
        }
        let standing = reference.isDefaultDeny ? "deny" : "allow"
        let text = "{\"version\": \"1\", \"default\": \"\(standing)\", \"tools\": {\(tools.joined(separator: ", "))}}"
        return (text, reference)
    }
}
