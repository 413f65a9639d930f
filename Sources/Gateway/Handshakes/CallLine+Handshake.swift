import MCPMessages
import WireJSON

extension CallLine {
    /// `initialize`: begins a session (a stdio connection is one by itself), reaches the server, and agrees on a revision
    /// that is served end to end.
    func initialize(_ inbound: InboundRequest) -> Cancellation {
        let session =
            inbound.conversation
            ?? conversations.openSession(
                principal: inbound.principal, server: inbound.server.slug,
                hearsEverything: inbound.access.letsEverythingThrough)
        guard let session else {
            record(.refused(.tooManyOpen), subject: inbound.subject, number: inbound.number)
            let error = RPCError(.internalError, "too many sessions are open")
            inbound.finish(Answer(.unavailable, body: MessageWriter.error(error, id: inbound.request.id)))
            return .none
        }
        if let id = session.id { inbound.answering.begin(session: id) }
        let declared = ClientCapabilities(
            inbound.request.params?["capabilities"], relaying: inbound.server.settings.asks)
        let scope = UpstreamScope(
            principal: inbound.principal.id, clientEra: .legacy, capabilities: declared,
            clientInfo: RequestMetadata.relayedInfo(inbound.request.params?["clientInfo"]))
        inbound.server.upstream.describe(for: scope) { [self] described in
            switch described {
            case .failure(let failure):
                if inbound.conversation == nil { conversations.close(session) }
                inbound.refuse(failure)
            case .success(let description):
                begin(session, inbound, scope, description)
            }
        }
        return .none
    }

    private func begin(
        _ session: Conversation, _ inbound: InboundRequest, _ scope: UpstreamScope,
        _ description: UpstreamDescription
    ) {
        let requested = inbound.request.params?["protocolVersion"]?.string
        let version = ServerCard.legacyVersion(requested: requested, description)
        session.begin(
            version: version, clientName: RequestMetadata.displayName(inbound.request.params?["clientInfo"]),
            clientInfo: scope.clientInfo, capabilities: scope.capabilities)
        // A stdio connection hears what its server says from now on; a session does once it opens its stream.
        if session.id == nil { session.hear(watchedLists.watch(inbound.server, for: scope)) }
        let card = ServerCard(description, letsEverythingThrough: inbound.access.letsEverythingThrough, to: .legacy)
        inbound.answer(card.initializeResult(version))
    }

    /// `server/discover`: what the server says of itself, with the versions that are served.
    func discover(_ inbound: InboundRequest) -> Cancellation {
        inbound.server.upstream.describe(for: inbound.scope) { described in
            switch described {
            case .failure(let failure):
                inbound.refuse(failure)
            case .success(let description):
                let card = ServerCard(
                    description, letsEverythingThrough: inbound.access.letsEverythingThrough, to: .modern)
                inbound.answer(card.discoverResult())
            }
        }
        return .none
    }
}
