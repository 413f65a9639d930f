import PolicyEngine

extension PolicyDecoder {
    /// The conditions of a rule; `nil` when one of them is wrong. Not written is the same as empty.
    mutating func ruleConditions(_ place: Located?) -> [Condition]? {
        guard let place else { return [] }
        guard let conditions = conditions(place) else { return nil }
        report(conditions.problems(at: place.pointer), in: place)
        return conditions
    }

    /// A list of conditions; `nil` when one of them is wrong.
    private mutating func conditions(_ place: Located) -> [Condition]? {
        guard let elements = place.elements else {
            problems.error("conditions are a list, not \(place.noun)", at: place)
            return nil
        }
        var conditions: [Condition] = []
        var isComplete = true
        for element in elements {
            if let condition = condition(element) { conditions.append(condition) } else { isComplete = false }
        }
        return isComplete ? conditions : nil
    }

    private mutating func condition(_ place: Located) -> Condition? {
        let combinations = ["any", "all", "not"]
        let found = place.members?.first { member in combinations.contains { $0.utf8.elementsEqual(member.key.utf8) } }
        guard let found else { return comparison(place).map { .comparison($0) } }
        guard fields(of: place, "a condition with `\(found.key)`", [found.key])?.members.count == place.members?.count
        else { return nil }
        switch found.key {
        case "not":
            return condition(found.value).map { .not($0) }
        case "any":
            let conditions = conditions(found.value)
            if conditions?.isEmpty == true { problems.warning("`any` of nothing never holds", at: found.value) }
            return conditions.map { .any($0) }
        case _:
            return conditions(found.value).map { .all($0) }
        }
    }

    private mutating func comparison(_ place: Located) -> Comparison? {
        guard let fields = fields(of: place, "a condition", ["path", "op", "value", "anchored", "any", "all", "not"])
        else {
            return nil
        }
        require(["path", "op", "value"], in: fields, "a condition", at: place)
        let path = path(fields["path"], "path")
        let op = operation(fields["op"])
        let isAnchored = truth(fields["anchored"], "anchored")
        if let anchored = fields.member("anchored"), let op, op != .regex {
            problems.error("`anchored` is for `regex`, not for `\(op.rawValue)`", at: anchored.at)
            return nil
        }
        guard let path, let op, let value = fields["value"] else { return nil }
        warnIfDoubtful(value)
        if case .null = value.content, op == .equal || op == .notEqual {
            problems.warning(
                "null is only ever compared with null; use `exists` to tell whether there is a value", at: value)
        }
        do {
            return try Comparison(path: path, op: op, value: value.json, isAnchored: isAnchored ?? false)
        } catch {
            problems.error("\(error)", at: value)
            return nil
        }
    }

    private mutating func operation(_ place: Located?) -> Operator? {
        guard let place, let name = text(place, "op") else { return nil }
        if let op = Operator.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name.utf8) }) { return op }
        let nearest = Self.usualOperators[name.lowercased()]?.rawValue
        let known = Operator.allCases.map(\.rawValue)
        problems.error(
            "unknown operator `\(name)`", at: place, nearest: nearest ?? Spelling.nearest(to: name, among: known))
        return nil
    }

    /// A path of a condition or of an amount.
    mutating func path(_ place: Located?, _ what: String) -> PolicyPath? {
        guard let place, let text = text(place, what) else { return nil }
        do {
            return try PolicyPath(text)
        } catch {
            problems.error("\(error)", at: place, nearest: Self.nearestPath(to: text, after: error))
            return nil
        }
    }

    private static func nearestPath(to text: String, after error: PolicyPathError) -> String? {
        guard case .unknownRoot = error else { return nil }
        let fields = ContextField.allButTags.map(\.spelling)
        if let field = Spelling.nearest(to: text, among: fields) { return field }
        // `arg.amount`, `arguments.amount` or plain `amount`
        let steps = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard steps.count == 2 else { return "args." + text }
        let root = String(steps[0])
        if Spelling.nearest(to: root, among: ["args"]) != nil || ["arguments", "params", "input", "$"].contains(root) {
            return "args.\(steps[1])"
        }
        return Spelling.nearest(to: root, among: ["tool", "server", "grant", "principal", "time"]) == nil
            ? "args." + text : nil
    }

    /// What the operators are called elsewhere.
    private static let usualOperators: [String: Operator] = [
        "=": .equal, "==": .equal, "equals": .equal, "equal": .equal, "is": .equal,
        "!=": .notEqual, "<>": .notEqual, "ne": .notEqual, "not_eq": .notEqual, "not_equals": .notEqual,
        "<": .less, "less_than": .less, "<=": .lessOrEqual, "le": .lessOrEqual, "max": .lessOrEqual,
        ">": .greater, "greater_than": .greater, ">=": .greaterOrEqual, "ge": .greaterOrEqual, "min": .greaterOrEqual,
        "one_of": .isIn, "any_of": .isIn, "nin": .isNotIn, "notin": .isNotIn, "none_of": .isNotIn,
        "present": .exists, "exist": .exists, "includes": .contains, "has": .contains, "substring": .contains,
        "in_folder": .pathWithin, "under": .pathWithin, "within": .pathWithin, "path_in": .pathWithin,
        "host": .hostIn, "domain_in": .hostIn, "url_in": .hostIn, "cidr": .ipIn, "in_cidr": .ipIn, "cidr_in": .ipIn,
        "matches": .regex, "match": .regex, "regexp": .regex, "pattern": .regex, "like": .regex,
    ]
}
