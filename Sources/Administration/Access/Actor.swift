public import GatewayStorage

/// Who acts, for which organisation, with what role.
public struct Actor: Sendable, Hashable {
    public enum Who: Sendable, Hashable {
        case member(RecordID, email: String)
        /// A token of the administration interface, and the member whose it is.
        case token(RecordID, label: String, of: RecordID?)
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
        case .token(let id, let label, _): "token \(id) \(label)"
        case .operator: "operator"
        }
    }

    /// Whom a description names, where it is of a member or of a token; whatever its address or label was.
    static func id(in description: String, of kind: DirectoryKind) -> RecordID? {
        let words = description.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count == 3, words[0].utf8.elementsEqual(kind.rawValue.utf8) else { return nil }
        return RecordID(words[1])
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
