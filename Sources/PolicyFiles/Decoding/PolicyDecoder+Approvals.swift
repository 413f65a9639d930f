import PolicyEngine

extension PolicyDecoder {
    mutating func approvalRule(_ place: Located) -> ApprovalRule? {
        let known = ["conditions", "message", "expires", "valid_for", "approvers", "min"]
        guard let fields = fields(of: place, "an `approve_if` rule", known) else { return nil }
        let conditions = ruleConditions(fields["conditions"])
        let message = text(fields["message"], "message")
        let expires = duration(fields["expires"], "expires")
        let validFor = duration(fields["valid_for"], "valid_for")
        let approvers = approvers(fields["approvers"])
        let minimum = minimum(fields["min"])
        return conditions.map {
            ApprovalRule(
                conditions: $0, message: message, expires: expires, validFor: validFor, approvers: approvers,
                minimum: minimum)
        }
    }

    private mutating func duration(_ place: Located?, _ what: String) -> Duration? {
        guard let place else { return nil }
        let seconds: Int64?
        switch place.content {
        case .text(let text): seconds = WindowSpelling.seconds(text)
        case .number(let number): seconds = WindowSpelling.seconds(number)
        case .mapping, .sequence, .bool, .null: seconds = nil
        }
        if let seconds { return .seconds(seconds) }
        problems.error("`\(what)` is a number of seconds or text such as \"30m\"", at: place)
        return nil
    }

    private mutating func minimum(_ place: Located?) -> Int? {
        guard let place else { return nil }
        if case .number(let number) = place.content, let minimum = Int(number), 1...100 ~= minimum { return minimum }
        problems.error("`min` is a whole number from 1 to 100", at: place)
        return nil
    }

    /// A list of roles and names, or an object with `roles`, `members` and `not_owner`.
    private mutating func approvers(_ place: Located?) -> Approvers? {
        guard let place else { return nil }
        var approvers = Approvers()
        if place.elements != nil {
            for element in elements(of: place, "approvers") {
                guard let name = name(element, "approvers") else { continue }
                if let role = Approvers.Role(rawValue: name) {
                    approvers.roles.append(role)
                } else {
                    approvers.members.append(name)
                }
            }
        } else if let fields = fields(of: place, "`approvers`", ["roles", "members", "not_owner"]) {
            for element in elements(of: fields["roles"], "roles") {
                if let role: Approvers.Role = word(element, "roles") { approvers.roles.append(role) }
            }
            for element in elements(of: fields["members"], "members") {
                if let name = name(element, "members") { approvers.members.append(name) }
            }
            approvers.excludesOwner = truth(fields["not_owner"], "not_owner") ?? false
        }
        // Nobody named is anybody who may by default, the owner apart if that is said.
        if approvers.roles.isEmpty, approvers.members.isEmpty { approvers.roles = [.admin] }
        return approvers
    }

    private mutating func name(_ place: Located, _ what: String) -> String? {
        guard let name = text(place, elementOf: what) else { return nil }
        if !name.isEmpty { return name }
        problems.error("a name is not empty", at: place)
        return nil
    }
}
