/// What a presented token comes to without waiting.
public enum Sender: Sendable {
    case known(Principal)
    /// A provider's token that has yet to be judged: see ``CallLine/judge(_:_:)``.
    case unjudged
    case refused(SenderRefusal)
}

extension CallLine {
    /// Who presents this token at an endpoint; asked for every request, since a grant may be gone at any time.
    ///
    /// - Parameter endpoint: the endpoint's own address, which a provider's token must be meant for.
    public func sender(of token: PresentedToken, at endpoint: String) -> Sender {
        if token.isGrants { return authenticate(token.digest).map(Sender.known) ?? .refused(.unknown) }
        let snapshot = configuration.current
        let rules = snapshot.identity
        guard !rules.isEmpty else { return .refused(.unknown) }
        guard token.bytes.count <= GatewayLimits.tokenBytes else { return .refused(.invalidToken) }
        guard
            let verified = verifiedTokens.token(
                token.digest, under: rules.generation, at: clock.secondsSince1970)
        else { return .unjudged }
        do throws(SenderRefusal) {
            return .known(try rules.principal(for: verified, at: endpoint).found(in: snapshot.generation))
        } catch {
            return .refused(error)
        }
    }

    /// Judges a provider's token away from the caller's thread, and remembers it if it is in order.
    ///
    /// - Parameter then: called once, on any thread: nil where it is in order, and the sender can be asked for again.
    public func judge(_ token: PresentedToken, _ then: @escaping @Sendable (SenderRefusal?) -> Void) {
        let rules = configuration.current.identity
        let isTaken = slowLane.submit { [self] in
            let now = clock.secondsSince1970
            switch await rules.judge(token.bytes, now) {
            case .verified(let verified):
                verifiedTokens.keep(verified, token.digest, under: rules.generation, at: now)
                then(nil)
            case .invalid: then(.invalidToken)
            case .unavailable: then(.unavailable)
            }
        }
        if !isTaken { then(.unavailable) }
    }
}
