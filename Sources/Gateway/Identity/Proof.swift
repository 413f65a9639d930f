/// What a principal was known by. What outlives the message it came with (a stream, a subscription, a parked call) is no
/// longer than this: see ``Snapshot/access(of:to:at:)``.
public enum Proof: Sendable {
    /// A grant's token.
    case token(TokenDigest)
    /// A provider's token.
    case provider(Vouched)
}

/// A provider's token as it was taken: where, and under which rules.
public final class Vouched: Sendable {
    let token: VerifiedToken
    /// The endpoint it was meant for.
    let endpoint: String
    /// Of the rules it was verified under.
    let generation: Int

    init(_ token: VerifiedToken, at endpoint: String, generation: Int) {
        self.token = token
        self.endpoint = endpoint
        self.generation = generation
    }
}

extension Principal {
    /// Whether what it was known by has ended by itself.
    ///
    /// - Parameter now: seconds since 1970.
    func isOver(at now: Int64) -> Bool {
        guard case .provider(let vouched)? = proof else { return false }
        return now >= vouched.token.end
    }

    /// The same principal, as found in the snapshot of this generation: while that is in force, it need not be asked
    /// again.
    func found(in generation: Int) -> Principal {
        var copy = self
        copy.generation = generation
        return copy
    }

    /// The same principal, known by this.
    func known(by proof: Proof) -> Principal {
        var copy = self
        copy.proof = proof
        return copy
    }
}
