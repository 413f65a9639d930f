import PolicyEngine
import PolicyFiles

extension Importer {
    private static let ruleKeys = [
        "name", "action", "rate_limit", "conditions", "on_deny", "state", "approval_timeout",
    ]

    /// One rule of the older dialect, taken apart.
    private struct Rule {
        let place: Located
        var fields: [String: Located.Member] = [:]

        subscript(key: String) -> Located? { fields[key]?.value }
    }

    /// The rules of one tool, or of all.
    mutating func group(_ place: Located, of tool: String?) -> RuleGroup {
        var group = RuleGroup()
        if case .null = place.content { return group }
        guard let members = members(of: place, "the entry of a tool", ["rules"]) else { return group }
        guard let list = members.first(where: { $0.key.utf8.elementsEqual("rules".utf8) })?.value else { return group }
        if case .null = list.content { return group }
        guard let elements = list.elements else {
            refuse("`rules` is a list, not \(list.noun)", at: list)
            return group
        }
        var counters: [String] = []
        for element in elements { add(element, of: tool, to: &group, &counters) }
        // One denial and nothing else reads best in short.
        if tool != nil, elements.count == 1, let only = group.denyIf.first, only.conditions.isEmpty {
            return RuleGroup(action: .deny, reason: only.onDeny)
        }
        return group
    }

    private mutating func add(
        _ place: Located, of tool: String?, to group: inout RuleGroup, _ counters: inout [String]
    ) {
        guard let members = members(of: place, "a rule", Self.ruleKeys) else { return }
        var rule = Rule(place: place)
        for member in members where Self.ruleKeys.contains(member.key) { rule.fields[member.key] = member }
        let name = rule["name"].flatMap { text($0, "name") }
        let message = rule["on_deny"].flatMap { text($0, "on_deny") } ?? name
        var action: String? = "evaluate"
        if let place = rule["action"] { action = text(place, "action") }
        if let timeout = rule.fields["approval_timeout"], action != "require_approval" {
            refuse("`approval_timeout` goes with `action: require_approval`", at: timeout.at)
        }
        switch action {
        case "evaluate": evaluate(rule, message, of: tool, to: &group, &counters)
        case "deny":
            refuseOthers(of: rule, than: ["name", "action", "on_deny", "approval_timeout"], with: "deny")
            group.denyIf.append(ConditionRule(conditions: [], onDeny: message))
        case "require_approval":
            refuseOthers(
                of: rule, than: ["name", "action", "on_deny", "conditions", "approval_timeout"],
                with: "require_approval")
            let found = rule["conditions"].map { conditions($0, in: .approveIf, of: tool) } ?? Found()
            guard found.states.isEmpty else {
                return refuse("an approval that depends on a counter cannot be carried over", at: rule.place)
            }
            let expires = rule["approval_timeout"].flatMap { duration($0) }
            group.approveIf.append(ApprovalRule(conditions: found.arguments, message: message, expires: expires))
        case let other?:
            refuse(
                "`action` is `evaluate`, `deny` or `require_approval`, not `\(other)`",
                at: rule["action"] ?? rule.place,
                Spelling.suggestion(other, among: ["evaluate", "deny", "require_approval"]))
        case nil: break
        }
    }

    private mutating func evaluate(
        _ rule: Rule, _ message: String?, of tool: String?, to group: inout RuleGroup, _ counters: inout [String]
    ) {
        if let rate = rule["rate_limit"] {
            refuseOthers(
                of: rule, than: ["name", "action", "on_deny", "rate_limit", "approval_timeout"], with: "rate_limit")
            guard let limit = rateLimit(rate, message, of: tool) else { return }
            return add(limit, at: rate, to: &group, &counters)
        }
        guard let place = rule["conditions"], !(place.elements?.isEmpty ?? false) else {
            return refuse("a rule has conditions, a `rate_limit` or another `action`", at: rule.place)
        }
        let found = conditions(place, in: .require, of: tool)
        if !found.arguments.isEmpty {
            group.require.append(ConditionRule(conditions: found.arguments, onDeny: message))
        }
        guard let state = rule["state"] else {
            guard let first = found.states.first else { return }
            return refuse(
                "`\(first.path)` is counted by another rule; only a rule that counts what it limits can be carried over",
                at: first.place)
        }
        guard let limit = limit(state, bounded: found.states, message, of: tool) else { return }
        add(limit, at: state, to: &group, &counters)
    }

    private mutating func add(
        _ limit: LimitRule, at place: Located, to group: inout RuleGroup, _ counters: inout [String]
    ) {
        guard !counters.contains(where: { $0.utf8.elementsEqual(limit.counter.utf8) }) else {
            return refuse("two rules of one tool count `\(limit.counter)`", at: place, "give each its own counter")
        }
        counters.append(limit.counter)
        group.limits.append(limit)
    }

    private mutating func refuseOthers(of rule: Rule, than allowed: [String], with what: String) {
        for (key, member) in rule.fields.sorted(by: { $0.key < $1.key }) where !allowed.contains(key) {
            refuse("`\(key)` does not go with `\(what)`", at: member.at)
        }
    }

    private static let units: [UInt8: Int64] = [UInt8(ascii: "s"): 1, UInt8(ascii: "m"): 60, UInt8(ascii: "h"): 3_600]

    /// `30m`, `1h30m`: durations as the original writes them, of whole seconds.
    private mutating func duration(_ place: Located) -> Duration? {
        guard let text = text(place, "approval_timeout") else { return nil }
        var seconds: Int64 = 0
        var number: Int64?
        for byte in text.utf8 {
            if byte &- 0x30 < 10, (number ?? 0) < 1_000_000_000 {
                number = (number ?? 0) * 10 + Int64(byte &- 0x30)
                continue
            }
            guard let count = number, let unit = Self.units[byte] else {
                number = nil
                seconds = 0
                break
            }
            seconds += count * unit
            number = nil
        }
        guard number == nil, 1...PolicyBounds.longestWindow ~= seconds else {
            refuse("`\(text)` is no duration such as \"30m\"", at: place)
            return nil
        }
        return .seconds(seconds)
    }
}
