public import GatewayStorage

/// Who acts, for which organisation, with what role.
public struct Actor: Sendable, Hashable {
    public enum Who: Sendable, Hashable {
        case member(RecordID, email: String)
        /// A token of the administration interface.
        case token(RecordID, label: String)
        /// The person who runs this instance, through its own machine.
        case `operator`
    }

    public let who: Who
    public let organisation: RecordID
    public let role: Role

    public init(_ who: Who, of organisation: RecordID, role: Role) {
        self.who = who
        self.organisation = organisation
        self.role = role
    }

    /// As the events name it.
    public var description: String {
        switch who {
        case .member(let id, let email): "member \(id) \(email)"
        case .token(let id, let label): "token \(id) \(label)"
        case .operator: "operator"
        }
    }

    /// Whether a description is of this member, whatever its address was.
    static func isNamed(_ description: String, _ member: RecordID) -> Bool {
        description.hasPrefix("member \(member) ")
    }

    /// Whether this actor may.
    public func may(_ operation: Operation) -> Bool {
        switch operation.requirement {
        case .role(let needed): role >= needed
        case .operator: who == .operator
        }
    }

    func require(_ operation: Operation) throws(Refusal) {
        guard may(operation) else { throw .notAllowed(needs: operation.requirement) }
    }
}
