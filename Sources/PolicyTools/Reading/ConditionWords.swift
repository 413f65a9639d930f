import PolicyEngine
import WireJSON

/// Conditions on one line, for reports.
enum ConditionWords {
    static func of(_ conditions: [Condition]) -> String {
        conditions.isEmpty ? "always" : conditions.map { of($0) }.joined(separator: " and ")
    }

    static func of(_ condition: Condition) -> String {
        switch condition {
        case .comparison(let comparison):
            let value = String(decoding: comparison.value.bytes, as: UTF8.self)
            let anchored = comparison.isAnchored ? " (anchored)" : ""
            return Wording.safe("\(comparison.path) \(comparison.op.rawValue) \(value)\(anchored)")
        case .any(let conditions): return "(" + conditions.map { of($0) }.joined(separator: " or ") + ")"
        case .all(let conditions): return "(" + conditions.map { of($0) }.joined(separator: " and ") + ")"
        case .not(let condition): return "not (" + of(condition) + ")"
        }
    }

    static func of(_ limit: LimitRule) -> String {
        var words = "\(units(limit.max)) "
        switch limit.amount {
        case .argument(let path): words += "of \(path) "
        case .fixed(let amount) where amount != PolicyBounds.unit: words += "at \(units(amount)) a call "
        case .fixed, nil: break
        }
        switch limit.window {
        case .month: words += "a month"
        case .seconds(let seconds): words += "in \(span(seconds))"
        }
        if limit.alignment == .calendar, limit.window != .month { words += " of the calendar" }
        let scope = limit.scope ?? .grant
        return Wording.safe(words + " for each \(scope.rawValue), counted as `\(limit.counter)`")
    }

    static func units(_ millionths: Int64) -> String {
        ExactDecimal("\(millionths)e-6")?.normalised ?? "0"
    }

    private static func span(_ seconds: Int64) -> String {
        for (unit, name) in [(Int64(86_400), "day"), (3_600, "hour"), (60, "minute")] where seconds % unit == 0 {
            return Wording.count(Int(seconds / unit), name, name + "s")
        }
        return Wording.count(Int(seconds), "second", "seconds")
    }
}
