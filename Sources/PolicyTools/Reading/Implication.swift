import PolicyEngine
import WireJSON

/// Tells whether one condition holds whenever another does, as far as that can be told from their text.
///
/// Says `false` where it does not know. Both are about the same call, so an absent argument or one that cannot be judged
/// is the same for both: implied is only said between conditions on the same path.
enum Implication {
    /// Whether all of `these` hold, or cannot be judged, whenever all of `those` do.
    static func from(_ those: [Condition], to these: [Condition]) -> Bool {
        guard those.isSmall, these.isSmall else { return false }
        return these.allSatisfy { this in those.contains { from($0, to: this) } }
    }

    static func from(_ that: Condition, to this: Condition) -> Bool {
        if that == this { return true }
        switch (that, this) {
        case (.comparison(let that), .comparison(let this)):
            return from(that, to: this)
        case (_, .any(let some)):
            return some.contains { from(that, to: $0) }
        case (_, .all(let every)):
            return !every.isEmpty && every.allSatisfy { from(that, to: $0) }
        case (.all(let every), _):
            return every.contains { from($0, to: this) }
        case (.any(let some), _):
            return !some.isEmpty && some.allSatisfy { from($0, to: this) }
        case (.not, _), (.comparison, .not):
            return false
        }
    }

    private static func from(_ that: Comparison, to this: Comparison) -> Bool {
        guard that.path == this.path else { return false }
        switch (that.op, this.op) {
        case (.equal, .isIn):
            return this.value.elements.contains { $0.isEqual(to: that.value) }
        case (.isIn, .isIn) where max(that.value.count, this.value.count) <= PolicyToolsBounds.comparedValues:
            return that.value.elements.allSatisfy { one in this.value.elements.contains { $0.isEqual(to: one) } }
        case (.isNotIn, .isNotIn) where max(that.value.count, this.value.count) <= PolicyToolsBounds.comparedValues:
            return this.value.elements.allSatisfy { one in that.value.elements.contains { $0.isEqual(to: one) } }
        case (.isNotIn, .notEqual):
            return that.value.elements.contains { $0.isEqual(to: this.value) }
        case (_, .less), (_, .lessOrEqual), (_, .greater), (_, .greaterOrEqual):
            return Bound(that).map { that in Bound(this).map { that.implies($0) } ?? false } ?? false
        case (_, _):
            return false
        }
    }
}

extension [Condition] {
    /// Few enough to be compared with others in no time.
    fileprivate var isSmall: Bool {
        var left = PolicyToolsBounds.comparedConditions
        return allSatisfy { $0.fits(&left) }
    }
}

extension Condition {
    fileprivate func fits(_ left: inout Int) -> Bool {
        left -= 1
        guard left >= 0 else { return false }
        switch self {
        case .comparison: return true
        case .any(let conditions), .all(let conditions):
            for condition in conditions where !condition.fits(&left) { return false }
            return true
        case .not(let condition): return condition.fits(&left)
        }
    }
}

/// A comparison of a number with one number.
private struct Bound {
    let op: Operator
    let number: ExactDecimal

    init?(_ comparison: Comparison) {
        guard let number = comparison.value.number else { return nil }
        self.op = comparison.op
        self.number = number
    }

    func implies(_ other: Bound) -> Bool {
        let isEqual = number == other.number
        switch (op, other.op) {
        case (.greater, .greater), (.greaterOrEqual, .greaterOrEqual), (.greater, .greaterOrEqual),
            (.equal, .greaterOrEqual):
            return other.number < number || isEqual
        case (.greaterOrEqual, .greater), (.equal, .greater):
            return other.number < number
        case (.less, .less), (.lessOrEqual, .lessOrEqual), (.less, .lessOrEqual), (.equal, .lessOrEqual):
            return number < other.number || isEqual
        case (.lessOrEqual, .less), (.equal, .less):
            return number < other.number
        case (_, _):
            return false
        }
    }
}
