import PolicyEngine
import WireJSON

/// Tells whether conditions that must all hold never can, because two of them exclude each other.
enum Contradiction {
    /// The first two comparisons on one path that no value satisfies together, among those that must all hold.
    static func first(among sites: [ComparisonSite]) -> (ComparisonSite, ComparisonSite)? {
        let plain = sites.filter(\.isPlain)
        guard plain.count <= PolicyToolsBounds.comparedConditions else { return nil }
        for (position, one) in plain.enumerated() {
            for other in plain[(position + 1)...] where exclude(one.comparison, other.comparison) {
                return (one, other)
            }
        }
        return nil
    }

    private static func exclude(_ one: Comparison, _ other: Comparison) -> Bool {
        // `[*]` may show one value to each.
        guard one.path == other.path, !one.path.hasAnyElement else { return false }
        if let left = Range(one), let right = Range(other) { return left.excludes(right) }
        switch (one.op, other.op) {
        case (.equal, .isIn): return !other.value.elements.contains { $0.isEqual(to: one.value) }
        case (.isIn, .equal): return !one.value.elements.contains { $0.isEqual(to: other.value) }
        case (.equal, .equal): return !one.value.isEqual(to: other.value)
        case (.equal, .notEqual), (.notEqual, .equal): return one.value.isEqual(to: other.value)
        case (.exists, .exists): return one.value.bool != other.value.bool
        case (.exists, _): return one.value.bool == false && other.op != .notEqual && other.op != .isNotIn
        case (_, .exists): return other.value.bool == false && one.op != .notEqual && one.op != .isNotIn
        case (_, _): return false
        }
    }

    /// The numbers that a comparison admits.
    private struct Range {
        var least: ExactDecimal?
        var greatest: ExactDecimal?
        var isOpen = false

        init?(_ comparison: Comparison) {
            guard let number = comparison.value.number else { return nil }
            switch comparison.op {
            case .greater, .greaterOrEqual: least = number
            case .less, .lessOrEqual: greatest = number
            case .equal: (least, greatest) = (number, number)
            case _: return nil
            }
            isOpen = comparison.op == .greater || comparison.op == .less
        }

        func excludes(_ other: Range) -> Bool {
            isBelow(other) || other.isBelow(self)
        }

        private func isBelow(_ other: Range) -> Bool {
            guard let greatest, let least = other.least else { return false }
            return greatest < least || greatest == least && (isOpen || other.isOpen)
        }
    }
}
