import MCPMessages
import PolicyEngine
import WireJSON

extension CallLine {
    /// `tools/list`: the server's own page, compared with what was accepted, less what this grant may not see.
    func listTools(_ inbound: InboundRequest) -> Cancellation {
        guard case .policy(let policy, let mode) = inbound.access else { return relay(inbound) }
        let cursor = inbound.request.params?["cursor"]
        guard cursor == nil || cursor?.kind == .string else {
            record(.refused(.invalidParams), subject: inbound.subject, number: inbound.number)
            inbound.refuse(RPCError(.invalidParams, "`cursor` must be a text"))
            return .none
        }
        return establish(inbound) { [self] inbound in
            let page = ShownTools(inbound, policy: policy, mode: mode, acceptance: acceptance)
            return cancellable(
                inbound,
                inbound.server.upstream.list(ListPage(cursor: cursor), for: inbound.scope, to: page))
        }
    }

    /// Goes on once the server's definitions are established; where its first list is still to be taken, by the slow lane.
    func establish(
        _ inbound: InboundRequest, _ goOn: @escaping @Sendable (InboundRequest) -> Cancellation
    ) -> Cancellation {
        let isEstablished = inbound.snapshot.definitions[inbound.server.slug]?.isEstablished ?? false
        guard !isEstablished, inbound.server.settings.acceptance == .initial else { return goOn(inbound) }
        let cancellation = DeferredCancellation()
        // First, because what goes on may attach a cancellation of its own.
        let handle = cancellable(inbound, Cancellation { cancellation.cancel() })
        let isTaken = slowLane.submit { [self] in
            guard await acceptance.establish(inbound.server, for: inbound.scope), !cancellation.isCancelled else {
                return unestablished(inbound, .definitions)
            }
            // The definitions are new; whatever else may have been swapped meanwhile is a later request's.
            var inbound = inbound
            let slug = inbound.server.slug
            let established = configuration.current.definitions[slug] ?? Definitions()
            inbound.snapshot = inbound.snapshot.replacing(definitions: established, of: slug)
            cancellation.become(goOn(inbound))
        }
        if !isTaken { unestablished(inbound, .overloaded) }
        return handle
    }

    private func unestablished(_ inbound: InboundRequest, _ reason: Outcome.Unavailability) {
        let outcome = Outcome.unavailable(reason)
        record(outcome, subject: inbound.subject, number: inbound.number, mode: inbound.access.mode)
        guard inbound.request.method == "tools/call" else {
            return inbound.refuse(RPCError(.internalError, "the server's tools cannot be listed (\(reason.rawValue))"))
        }
        inbound.answer(Refusal.result(of: outcome, inbound))
    }
}

/// Receives one page of the server's tools and answers with what may be seen of it.
private struct ShownTools: UpstreamReceiver {
    let inbound: InboundRequest
    let policy: Policy
    let mode: Mode
    let acceptance: DefinitionAcceptance

    init(_ inbound: InboundRequest, policy: Policy, mode: Mode, acceptance: DefinitionAcceptance) {
        self.inbound = inbound
        self.policy = policy
        self.mode = mode
        self.acceptance = acceptance
    }

    func notified(_ notification: Message.Notification) {}

    func failed(_ failure: UpstreamFailure) {
        inbound.refuse(failure)
    }

    func answered(_ reply: UpstreamReply) {
        switch reply.outcome {
        case .error(let error):
            inbound.refuse(relaying: error)
        case .result(let result):
            guard let listing = ToolListing(result) else {
                return failed(UpstreamFailure(.unreadable, "the result is no list of tools"))
            }
            let accepted = acceptance.compare(listing, of: inbound.server.slug)
            let splice = listing.keeping { name, definition in
                guard let name = name.flatMap(ToolName.init), accepted.contains(name) else { return false }
                return mode == .observe || policy.visibility(of: name) == .visible
            }
            do throws(ResultShape.Refusal) {
                inbound.answer(
                    try ResultShape.bytes(
                        result, from: reply.era, to: inbound.era, kind: .cacheable, splicing: splice))
            } catch {
                failed(UpstreamFailure(.unreadable, "a `resultType` that is not relayed"))
            }
        }
    }
}
