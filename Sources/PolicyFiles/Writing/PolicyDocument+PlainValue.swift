import PolicyEngine
import WireJSON

/// Collects the members of an object, leaving out what is not said.
private struct Members {
    private(set) var members: [(key: String, value: PlainValue)] = []

    mutating func add(_ key: String, _ value: PlainValue?) {
        if let value { members.append((key, value)) }
    }

    mutating func add(_ key: String, _ values: [PlainValue]) {
        if !values.isEmpty { add(key, .list(values)) }
    }

    mutating func add(_ key: String, text: String?) {
        add(key, text.map { .text($0) })
    }

    var object: PlainValue { .object(members) }
}

extension PolicyDocument {
    /// The document as it is written, in the order of policy.md section 1.
    var plainValue: PlainValue {
        var members = Members()
        members.add("version", text: "1")
        members.add("description", text: description)
        members.add("default", text: tools.standing?.rawValue)
        members.add("timezone", text: timezone?.name)
        members.add("explain", explain.map { .bool($0) })
        members.add("hide", tools.hide.map { .text($0.description) })
        members.add("all_tools", allTools?.plainValue)
        if !tools.entries.isEmpty { members.add("tools", tools.entriesValue) }
        members.add("resources", resources?.plainValue)
        members.add("prompts", prompts?.plainValue)
        return members.object
    }
}

extension RuleSection {
    fileprivate var entriesValue: PlainValue {
        .object(entries.map { ($0.names.description, $0.group.plainValue) })
    }

    fileprivate var plainValue: PlainValue {
        var members = Members()
        members.add("default", text: standing?.rawValue)
        members.add("hide", hide.map { .text($0.description) })
        if !entries.isEmpty { members.add("rules", entriesValue) }
        return members.object
    }
}

extension RuleGroup {
    fileprivate var plainValue: PlainValue {
        var members = Members()
        members.add("action", text: action?.rawValue)
        members.add("reason", text: reason)
        members.add("require", require.map(\.plainValue))
        members.add("deny_if", denyIf.map(\.plainValue))
        members.add("approve_if", approveIf.map(\.plainValue))
        members.add("limits", limits.map(\.plainValue))
        members.add("rate_limit", rateLimit?.plainValue)
        return members.object
    }
}

extension ConditionRule {
    fileprivate var plainValue: PlainValue {
        var members = Members()
        members.add("conditions", .list(conditions.map(\.plainValue)))
        members.add("on_deny", text: onDeny)
        return members.object
    }
}

extension ApprovalRule {
    fileprivate var plainValue: PlainValue {
        var members = Members()
        members.add("conditions", .list(conditions.map(\.plainValue)))
        members.add("message", text: message)
        members.add("expires", text: expires.map { WindowSpelling.text(seconds: $0.components.seconds) })
        members.add("valid_for", text: validFor.map { WindowSpelling.text(seconds: $0.components.seconds) })
        members.add("approvers", approvers?.plainValue)
        members.add("min", minimum.map { .number(String($0)) })
        return members.object
    }
}

extension Approvers {
    fileprivate var plainValue: PlainValue {
        var fields = Members()
        fields.add("roles", roles.map { .text($0.rawValue) })
        fields.add("members", members.map { .text($0) })
        fields.add("not_owner", excludesOwner ? .bool(true) : nil)
        return fields.object
    }
}

extension Condition {
    fileprivate var plainValue: PlainValue {
        switch self {
        case .comparison(let comparison): comparison.plainValue
        case .any(let conditions): .object([("any", .list(conditions.map(\.plainValue)))])
        case .all(let conditions): .object([("all", .list(conditions.map(\.plainValue)))])
        case .not(let condition): .object([("not", condition.plainValue)])
        }
    }
}

extension Comparison {
    fileprivate var plainValue: PlainValue {
        var members = Members()
        members.add("path", text: path.text)
        members.add("op", text: op.rawValue)
        members.add("value", PlainValue(value))
        members.add("anchored", isAnchored ? .bool(true) : nil)
        return members.object
    }
}

extension LimitRule {
    fileprivate var plainValue: PlainValue {
        var members = Members()
        members.add("counter", text: counter)
        members.add("window", text: WindowSpelling.text(window))
        members.add("max", .millionths(max))
        members.add("scope", text: scope?.rawValue)
        switch amount {
        case .fixed(let amount): members.add("amount", .millionths(amount))
        case .argument(let path): members.add("amount", text: path.text)
        case nil: break
        }
        members.add("align", text: alignment?.rawValue)
        members.add("on_deny", text: onDeny)
        return members.object
    }
}

extension RateLimit {
    fileprivate var plainValue: PlainValue {
        var members = Members()
        members.add("max", .millionths(max))
        members.add("window", text: WindowSpelling.text(window))
        members.add("scope", text: scope?.rawValue)
        return members.object
    }
}

extension PlainValue {
    fileprivate static func millionths(_ millionths: Int64) -> PlainValue {
        .number(ExactDecimal("\(millionths)e-6")?.normalised ?? "0")
    }
}
