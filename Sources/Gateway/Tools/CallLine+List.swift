import MCPMessages
import PolicyEngine
import WireJSON

extension CallLine {
    /// A list of tools, prompts, resources or templates: the server's own page less what this grant may not see; of tools
    /// also less what was not accepted.
    func list(_ kind: ListKind, _ inbound: InboundRequest) -> Cancellation {
        guard case .policy(let policy, let mode) = inbound.access else { return relay(inbound) }
        let cursor = inbound.request.params?["cursor"]
        guard cursor == nil || cursor?.kind == .string else {
            record(.refused(.invalidParams), subject: inbound.subject, number: inbound.number)
            inbound.refuse(RPCError(.invalidParams, "`cursor` must be a text"))
            return .none
        }
        let ask: @Sendable (InboundRequest) -> Cancellation = { [self] inbound in
            let shown = ShownPage(kind: kind, inbound: inbound, policy: policy, mode: mode, acceptance: acceptance)
            return cancellable(
                inbound, inbound.server.upstream.list(ListPage(kind, cursor: cursor), for: inbound.scope, to: shown))
        }
        return kind == .tools ? establish(inbound, ask) : ask(inbound)
    }

    /// Whether the server's tools are accepted, as far as the request's snapshot knows.
    func isEstablished(_ inbound: InboundRequest) -> Bool {
        inbound.snapshot.definitions(of: inbound.definitionList).isEstablished
    }

    /// Goes on once the server's definitions are established; where its first list is still to be taken, by the slow lane.
    func establish(
        _ inbound: InboundRequest, _ goOn: @escaping @Sendable (InboundRequest) -> Cancellation
    ) -> Cancellation {
        guard !isEstablished(inbound), inbound.server.settings.acceptance == .initial else { return goOn(inbound) }
        let cancellation = DeferredCancellation()
        // First, because what goes on may attach a cancellation of its own.
        let handle = cancellable(inbound, Cancellation { cancellation.cancel() })
        let isTaken = slowLane.submit { [self] in
            guard await acceptance.establish(inbound.server, for: inbound.scope), !cancellation.isCancelled else {
                return unestablished(inbound, .definitions)
            }
            // The definitions are new; whatever else may have been swapped meanwhile is a later request's.
            var inbound = inbound
            let established = configuration.current
            for list in DefinitionList.all(of: inbound.server.slug) {
                guard let definitions = established.definitions[list] else { continue }
                inbound.snapshot = inbound.snapshot.replacing(definitions: definitions, of: list)
            }
            cancellation.become(goOn(inbound))
            await acceptance.establishOther(inbound.server, for: inbound.scope)
        }
        if !isTaken { unestablished(inbound, .overloaded) }
        return handle
    }

    private func unestablished(_ inbound: InboundRequest, _ reason: Outcome.Unavailability) {
        let outcome = Outcome.unavailable(reason)
        record(outcome, subject: inbound.subject, number: inbound.number, mode: inbound.access.mode)
        guard inbound.request.method == "tools/list" else {
            return inbound.answer(Refusal.result(of: outcome, inbound))
        }
        let refused = RPCError(.internalError, "the server's tools cannot be listed (\(reason.rawValue))")
        guard reason == .definitions else { return inbound.refuse(refused) }
        // The client is told what the server says of its question, be it that the cursor is none; a list is not shown.
        let page = ListPage(.tools, cursor: inbound.request.params?["cursor"])
        _ = inbound.server.upstream.list(
            page, for: inbound.scope, to: RelayedRefusal(inbound: inbound, otherwise: refused))
    }
}

/// Receives an answer of which only an error is told.
private struct RelayedRefusal: UpstreamReceiver {
    let inbound: InboundRequest
    let otherwise: RPCError

    func notified(_ notification: Message.Notification) {}

    func failed(_ failure: UpstreamFailure) { inbound.refuse(failure) }

    func answered(_ reply: UpstreamReply) {
        guard case .error(let error) = reply.outcome else { return inbound.refuse(otherwise) }
        inbound.refuse(relaying: error, from: reply.era)
    }
}

/// Receives one page of a list and answers with what may be seen of it.
private struct ShownPage: UpstreamReceiver {
    let kind: ListKind
    let inbound: InboundRequest
    let policy: Policy
    let mode: Mode
    let acceptance: DefinitionAcceptance

    func notified(_ notification: Message.Notification) {}

    func failed(_ failure: UpstreamFailure) {
        inbound.refuse(failure)
    }

    func answered(_ reply: UpstreamReply) {
        switch reply.outcome {
        case .error(let error):
            inbound.refuse(relaying: error, from: reply.era)
        case .result(let result):
            guard let items = result[kind.member], items.kind == .array else {
                return failed(UpstreamFailure(.unreadable, "the result is no list of \(kind.rawValue)"))
            }
            let accepted = ToolListing(result).map { acceptance.compare($0, of: inbound.definitionList) }
            var splice = JSONSplice(result)
            splice.removeElements(of: items) { !isShown($0, accepted ?? []) }
            do throws(ResultShape.Refusal) {
                inbound.answer(
                    try ResultShape.bytes(
                        result, from: reply.era, to: inbound.era, kind: .cacheable, splicing: splice))
            } catch {
                failed(UpstreamFailure(.unreadable, "a `resultType` that is not relayed"))
            }
        }
    }

    /// What has no name of its own is nothing that could be judged, and is not shown.
    private func isShown(_ item: JSON, _ accepted: Set<ToolName>) -> Bool {
        guard let name = item[kind.itemName]?.utf8, !name.isEmpty else { return false }
        if kind == .tools {
            guard let tool = ToolName(name), accepted.contains(tool) else { return false }
        }
        return mode == .observe || policy.visibility(of: kind, named: name) == .visible
    }
}
