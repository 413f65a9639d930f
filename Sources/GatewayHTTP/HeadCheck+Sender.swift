import Gateway
import OAuthMessages

/// Who sends, and what is asked of one who is nobody here.
extension HeadCheck {
    enum Sent {
        case known(Principal)
        case unjudged(PresentedToken)
    }

    mutating func sender(
        _ fields: RequestFields, server: String?, at address: EndpointAddress, _ judgement: Judgement
    ) throws(HeadRefusal) -> Sent {
        if case .anyone(let principal) = configuration.senders { return .known(principal) }
        guard let token = tokens.answer(to: fields.authorization, Self.token) else {
            throw refusal(of: .unknown, server, address, isPresented: !fields.authorization.isEmpty)
        }
        switch (line.sender(of: token, at: resource(address)), judgement) {
        case (.known(let principal), _): return .known(principal)
        case (.refused(let why), _), (.unjudged, .refused(let why)):
            throw refusal(of: why, server, address, isPresented: true)
        case (.unjudged, .notYet): return .unjudged(token)
        // The rules changed between the judgement and now: the client asks again.
        case (.unjudged, .inOrder): throw refusal(of: .unavailable, server, address, isPresented: true)
        }
    }

    /// The metadata of the endpoint at this target (RFC 9728 section 3.1), where anybody but a grant's own token vouches for
    /// senders. The same for a server that is there and one that is not.
    func metadata(at target: String) -> ProtectedResourceMetadata? {
        let rules = line.configuration.current.identity
        guard !rules.isEmpty, target.utf8.starts(with: WellKnown.protectedResource.utf8) else { return nil }
        let path = String(target.dropFirst(WellKnown.protectedResource.count))
        let address = EndpointAddress(target: path)
        guard path.isEmpty || address != nil else { return nil }
        return ProtectedResourceMetadata(
            resource: address.map(resource) ?? configuration.publicOrigin, authorizationServers: rules.issuers,
            scopes: rules.scopes, name: "gatehouse")
    }

    /// An endpoint's own address.
    private func resource(_ address: EndpointAddress) -> String { configuration.publicOrigin + address.path }

    private func refusal(
        of why: SenderRefusal, _ server: String?, _ address: EndpointAddress, isPresented: Bool
    ) -> HeadRefusal {
        var refusal: HeadRefusal
        var problem: BearerChallenge.Problem? = isPresented ? .invalidToken : nil
        var scopes = line.configuration.current.identity.scopes
        switch why {
        case .unknown: refusal = HeadRefusal(.unauthenticated, .unauthorized, server: server)
        case .invalidToken: refusal = HeadRefusal(.invalidToken, .unauthorized, server: server)
        case .insufficientScope(let wanted):
            refusal = HeadRefusal(.insufficientScope, .forbidden, server: server)
            problem = .insufficientScope
            scopes = wanted
        // No other token of the same identity would do, so none is asked for.
        case .noGrant: return HeadRefusal(.noGrant, .forbidden, server: server)
        case .unavailable: return HeadRefusal(.identityUnavailable, .unavailable, server: server)
        }
        guard !line.configuration.current.identity.isEmpty else { return refusal }
        refusal.challenge = BearerChallenge(
            resourceMetadata: configuration.publicOrigin + WellKnown.protectedResource + address.path,
            scopes: scopes, problem: problem)
        return refusal
    }

    /// The one bearer token presented (RFC 6750 section 2.1).
    private static func token(_ lines: [String]) -> PresentedToken? {
        guard lines.count == 1, let space = lines[0].firstIndex(of: " "),
            lines[0][..<space].lowercased() == "bearer"
        else { return nil }
        return PresentedToken(Array(lines[0][lines[0].index(after: space)...].utf8))
    }
}

extension EndpointAddress {
    var path: String {
        switch self {
        case .server(let slug): "/mcp/" + slug
        case .stack: "/mcp"
        }
    }
}
