extension RuleGroup {
    /// What the types of its parts do not exclude and yet must not be, each with its place.
    ///
    /// - Parameter pointer: where the group is in its document.
    func problems(at pointer: String) -> [PolicyError] {
        var problems: [PolicyError] = []
        for (use, rules) in [
            (RuleUse.denyIf, denyIf.map(\.conditions)), (.require, require.map(\.conditions)),
            (.approveIf, approveIf.map(\.conditions)),
        ] {
            for (index, conditions) in rules.enumerated() {
                problems += conditions.problems(at: "\(pointer)/\(use.rawValue)/\(index)/conditions")
            }
        }
        for (index, limit) in limits.enumerated() {
            problems += limit.problems(at: "\(pointer)/limits/\(index)")
        }
        return problems + (rateLimit?.problems(at: "\(pointer)/rate_limit") ?? [])
    }
}

extension RateLimit {
    /// What may be written in it and must not be, each with its place.
    public func problems(at pointer: String) -> [PolicyError] {
        limit(on: "calls").problems(at: pointer)
    }
}

extension LimitRule {
    /// What may be written in it and must not be, each with its place.
    public func problems(at pointer: String) -> [PolicyError] {
        var problems: [PolicyError] = []
        func add(_ part: String, _ message: String) {
            problems.append(PolicyError(pointer: "\(pointer)/\(part)", message: message))
        }
        if counter.isEmpty { add("counter", "a counter's name is not empty") }
        if max < 0 { add("max", "`max` is not negative") }
        switch window {
        case .month:
            if alignment == .sliding { add("align", "a month does not slide; its window is `calendar`") }
        case .seconds(let seconds):
            if seconds < 1 || seconds > PolicyBounds.longestWindow {
                add("window", "a window is from 1 to \(PolicyBounds.longestWindow) seconds long")
            }
        }
        switch amount {
        case .argument(let path):
            if !path.isArgument { add("amount", "an amount is a number or an `args.` path") }
            if path.hasAnyElement { add("amount", "an amount is one number, so its path has no `[*]`") }
        case .fixed(let amount):
            if amount < 0 { add("amount", "an amount is not negative") }
        case nil:
            break
        }
        return problems
    }
}
