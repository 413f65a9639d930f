/// Derives passwords one after another, so that a crowd of sign-ins takes one derivation's memory; those that wait are
/// bounded.
public actor PasswordDesk {
    private let cost: PasswordHash.Cost
    /// Of no password; checked where there is no account, so that this takes as long.
    private let decoy: PasswordHash
    private var waiting = 0

    public init(cost: PasswordHash.Cost = .standard) {
        self.cost = cost
        decoy = PasswordHash(ofNobodyAt: cost)
    }

    func hash(_ password: String) async throws(Refusal) -> PasswordHash {
        guard let hash = try await derive({ [cost] in PasswordHash(of: password, cost: cost) }) else {
            throw .unavailable("the password cannot be derived")
        }
        return hash
    }

    /// Whether the password is the one kept; without one kept, false after the same work.
    func matches(_ password: String, _ kept: PasswordHash?) async throws(Refusal) -> Bool {
        let known = kept ?? decoy
        let isRight = try await derive { known.matches(password) }
        return isRight && kept != nil
    }

    private func derive<Value: Sendable>(_ work: @Sendable () -> Value) async throws(Refusal) -> Value {
        guard waiting < AdministrationBounds.waitingPasswords else {
            throw .unavailable("too many sign-ins at once – try again")
        }
        waiting += 1
        defer { waiting -= 1 }
        // Those that came meanwhile are counted before the work begins.
        await Task.yield()
        return work()
    }
}
