import Synchronization

/// The providers' tokens that were found in order, by digest, so that a token that is known is not judged again.
///
/// Each is judged anew after a while: a key that its provider has withdrawn does not vouch for a token to its end.
final class VerifiedTokens: Sendable {
    private struct Known {
        let token: VerifiedToken
        let generation: Int
        let until: Int64
    }

    private let known = Mutex<[TokenDigest: Known]>([:])

    /// The token, if it was judged under these rules and lately.
    func token(_ digest: TokenDigest, under generation: Int, at now: Int64) -> VerifiedToken? {
        known.withLock { known in
            guard let entry = known[digest] else { return nil }
            guard entry.generation == generation, now < entry.until else {
                known[digest] = nil
                return nil
            }
            return entry.token
        }
    }

    func keep(_ token: VerifiedToken, _ digest: TokenDigest, under generation: Int, at now: Int64) {
        let until = min(token.end, now + GatewayLimits.tokenTrust)
        known.withLock { known in
            if known.count >= GatewayLimits.verifiedTokens { known = known.filter { now < $0.value.until } }
            // Room is made by forgetting: what is forgotten is judged again.
            if known.count >= GatewayLimits.verifiedTokens { known = [:] }
            known[digest] = Known(token: token, generation: generation, until: until)
        }
    }
}
