import MCPMessages
import WireJSON

extension CallLine {
    private typealias Described = Result<UpstreamDescription, UpstreamFailure>

    /// `initialize` and `server/discover` of the stack: what its servers can do together.
    ///
    /// A server that is reached too late for the answer is told of once it is there: its lists are new then.
    func describe(_ stack: StackRequest) -> Cancellation {
        guard stack.era == .legacy else {
            return reach(stack, for: { [self] in inbound(stack, to: $0, params: nil, called: []).scope }) {
                described, absent in
                guard !described.isEmpty else { return Self.refuseUnreached(stack) }
                stack.answer(ServerCard(stack: described, without: absent, to: .modern).discoverResult())
            }
        }
        let session = conversations.openSession(
            principal: stack.entry.principal, server: Stack.address, hearsEverything: false)
        guard let session, let id = session.id else {
            record(.refused(.tooManyOpen), subject: stack.subject, number: stack.number)
            let error = RPCError(.internalError, "too many sessions are open")
            stack.finish(Answer(.unavailable, body: MessageWriter.error(error, id: stack.request.id)))
            return .none
        }
        stack.answering.begin(session: id)
        let params = stack.request.params
        let whole = UpstreamScope(
            principal: stack.entry.principal.id, clientEra: .legacy,
            capabilities: ClientCapabilities(params?["capabilities"], relaying: ClientRequestKind.allCases),
            clientInfo: RequestMetadata.relayedInfo(params?["clientInfo"]))
        return reach(stack, for: { whole.limited(to: $0.server) }) { [self] described, absent in
            guard !described.isEmpty else {
                conversations.close(session)
                return Self.refuseUnreached(stack)
            }
            // None newer than any of the servers knows, as before one alone.
            let requested = params?["protocolVersion"]?.string
            let versions = described.map { ServerCard.legacyVersion(requested: requested, $0.description) }
            let version = versions.min() ?? ProtocolVersion.negotiated(requested: requested)
            session.begin(
                version: version, clientName: RequestMetadata.displayName(params?["clientInfo"]),
                clientInfo: whole.clientInfo, capabilities: whole.capabilities)
            stack.answer(ServerCard(stack: described, without: absent, to: .legacy).initializeResult(version))
        }
    }

    /// Reaches every server.
    ///
    /// - Parameter answer: those that were in time, in their order, and the slugs of the rest.
    private func reach(
        _ stack: StackRequest, for scope: @escaping @Sendable (StackMember) -> UpstreamScope,
        _ answer: @escaping @Sendable ([(server: String, description: UpstreamDescription)], [String]) -> Void
    ) -> Cancellation {
        let members = stack.members
        let gathering: Cancellation = gather(members.count) { (index, tell: @escaping @Sendable (Described) -> Void) in
            members[index].server.upstream.describe(for: scope(members[index]), tell)
            return .none
        } late: { [self] index, described in
            guard case .success = described else { return }
            let slug = members[index].server.slug
            for kind in [ListKind.tools, .prompts, .resources] {
                later(changes, kind, at: slug) { [self] in tell(kind, at: slug) }
            }
        } tell: { parts in
            let described = zip(stack.slugs, parts).compactMap { slug, part in
                (try? part?.get()).map { (server: slug, description: $0) }
            }
            answer(described, stack.slugs.filter { slug in !described.contains { $0.server == slug } })
        }
        return cancellable(stack, gathering)
    }

    private static func refuseUnreached(_ stack: StackRequest) {
        stack.refuse(RPCError(.internalError, "no server can be reached"))
    }
}

extension UpstreamScope {
    /// The same at a server that may ask for less than the client can be asked for.
    func limited(to server: Server) -> UpstreamScope {
        var scope = self
        scope.capabilities = capabilities.limited(to: server.settings.asks)
        return scope
    }
}
