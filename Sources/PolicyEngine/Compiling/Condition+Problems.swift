import WireJSON

extension [Condition] {
    /// What conditions may be written and must not be, each with its place.
    ///
    /// - Parameter pointer: where the list is in its document.
    public func problems(at pointer: String) -> [PolicyError] {
        enumerated().flatMap { index, condition in
            condition.problems(at: "\(pointer)/\(index)", isUnderNot: false, depth: 1)
        }
    }
}

extension Condition {
    fileprivate func problems(at pointer: String, isUnderNot: Bool, depth: Int) -> [PolicyError] {
        guard depth <= PolicyBounds.conditionDepth else {
            let bound = PolicyBounds.conditionDepth
            return [PolicyError(pointer: pointer, message: "conditions nest more than \(bound) deep")]
        }
        switch self {
        case .comparison(let comparison):
            if isUnderNot, comparison.path.hasAnyElement {
                let message = "`[*]` under `not` would mean two things; use `not_in` or `neq`"
                return [PolicyError(pointer: pointer + "/path", message: message)]
            }
            return comparison.timeProblem.map { [PolicyError(pointer: pointer + "/value", message: $0)] } ?? []
        case .not(let condition):
            return condition.problems(at: pointer + "/not", isUnderNot: true, depth: depth + 1)
        case .any(let conditions), .all(let conditions):
            var name = "all"
            if case .any = self { name = "any" }
            return conditions.enumerated().flatMap { index, condition in
                condition.problems(at: "\(pointer)/\(name)/\(index)", isUnderNot: isUnderNot, depth: depth + 1)
            }
        }
    }
}

extension Comparison {
    /// What is wrong when the call's time is compared with what it can never be.
    fileprivate var timeProblem: String? {
        guard case .context(let field) = path.root else { return nil }
        let values = op == .isIn || op == .isNotIn ? Array(value.elements) : [value]
        switch (field, op) {
        case (.timeHour, .equal), (.timeHour, .notEqual), (.timeHour, .less), (.timeHour, .lessOrEqual),
            (.timeHour, .greater), (.timeHour, .greaterOrEqual), (.timeHour, .isIn), (.timeHour, .isNotIn):
            let areHours = values.allSatisfy { $0.number?.scaled(places: 0).map { 0...24 ~= $0 } ?? false }
            return areHours ? nil : "`time.hour` is a number from 0 to 23"
        case (.timeWeekday, .equal), (.timeWeekday, .notEqual), (.timeWeekday, .isIn), (.timeWeekday, .isNotIn):
            let areDays = values.allSatisfy { value in Weekday.allCases.contains { value.hasText($0.rawValue) } }
            return areDays ? nil : "`time.weekday` is a day from \"monday\" to \"sunday\""
        case (.timeHour, .exists), (.timeWeekday, .exists):
            return nil
        case (.timeHour, _):
            return "`time.hour` is a number, which `\(op.rawValue)` does not take"
        case (.timeWeekday, _):
            return "`time.weekday` is compared with `eq`, `neq`, `in` or `not_in`"
        case (_, _):
            return nil
        }
    }
}
