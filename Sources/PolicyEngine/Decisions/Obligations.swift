/// What a permitted call owes before it may be sent.
public struct Obligations: Sendable, Hashable {
    /// Reserved together or not at all. No two share counter, window, scope, alignment and amount.
    public var charges: [Charge]
    /// Every one must be satisfied.
    public var approvals: [ApprovalRequirement]

    public init(charges: [Charge] = [], approvals: [ApprovalRequirement] = []) {
        self.charges = charges
        self.approvals = approvals
    }

    /// Owes nothing.
    public static let none = Obligations()

    /// Owes nothing.
    public var isEmpty: Bool { charges.isEmpty && approvals.isEmpty }
}
