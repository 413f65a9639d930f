/// The rules that apply to one tool, tied to its accepted definition; made by ``Policy/rules(for:inputSchema:)``. Those
/// of a resource or a prompt are of the same kind.
public struct ToolRules: Sendable {
    let bound: BoundRules

    /// Every call is permitted and owes nothing.
    public var isUnconditional: Bool {
        bound.visibility == .visible && bound.denials.isEmpty && bound.requirements.isEmpty && bound.approvals.isEmpty
            && bound.limits.isEmpty
    }

    /// Decides one call: whether it may pass, and what it owes first.
    ///
    /// Always answers, in time bounded by the rules and the size of the arguments; changes nothing and reads no
    /// counter. A tool that is not visible is denied here too, should anybody have asked.
    public func decide(_ request: PolicyRequest) -> Decision {
        let bound = bound
        guard bound.visibility == .visible else {
            return .denied(Denial(unavailable: bound.visibility, bound.subject))
        }
        if isUnconditional { return .permitted(.none) }
        return Sightings.taken(of: request.arguments, by: bound.tree) { bound.decide($0, request.context) }
    }
}

extension Denial {
    /// For what is not visible: the agent is not told why.
    init(unavailable visibility: Visibility, _ subject: Subject) {
        let rule: RuleID =
            switch visibility {
            case .hidden: .hidden
            case .unlisted, .visible: .defaultDeny
            }
        self.init(rule: rule, message: "\(subject.kind.rawValue) not available: \(subject.name)")
    }
}
