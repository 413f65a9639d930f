public import PolicyEngine
import WireJSON

extension Policy {
    /// A policy written in a test itself. What is malformed stops the test.
    public static func sample(
        _ standing: RuleSection.Standing, hide: [String] = [], tools: KeyValuePairs<String, RuleGroup> = [:],
        allTools: RuleGroup? = nil, explain: Bool? = nil, id: String = "sample", version: Int = 1
    ) -> Policy {
        let section = RuleSection(
            standing: standing, hide: hide.map(pattern),
            entries: tools.map { RuleSection.Entry(pattern($0.key), $0.value) })
        do throws(PolicyError) {
            return try Policy(
                compiling: PolicyDocument(explain: explain, tools: section, allTools: allTools), id: id,
                version: version)
        } catch {
            preconditionFailure("a test's policy compiles: \(error)")
        }
    }

    private static func pattern(_ text: String) -> NamePattern {
        guard let pattern = NamePattern(text) else { preconditionFailure("a test's pattern is one: \(text)") }
        return pattern
    }
}

extension Condition {
    /// One comparison; the value is JSON.
    public static func when(_ path: String, _ op: Operator, _ value: String) -> Condition {
        do {
            let json = try JSON(Array(value.utf8))
            return .comparison(try Comparison(path: try PolicyPath(path), op: op, value: json))
        } catch {
            preconditionFailure("a test's condition is one: \(error)")
        }
    }
}

extension RuleGroup {
    /// Denies where the condition holds.
    public static func denying(_ path: String, _ op: Operator, _ value: String, say: String? = nil) -> RuleGroup {
        RuleGroup(denyIf: [ConditionRule(conditions: [.when(path, op, value)], onDeny: say)])
    }

    /// Lets so many calls through in a minute.
    public static func limited(to calls: Int64, counter: String = "calls") -> RuleGroup {
        RuleGroup(limits: [LimitRule(counter: counter, window: .seconds(60), max: calls * 1_000_000)])
    }
}
