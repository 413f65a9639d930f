import MCPMessages
import WireJSON

extension CallLine {
    /// Sends a request to the one place that knows its method. What no place knows is answered -32601 and goes nowhere,
    /// whatever a policy's default says; `wrap --allow-all` relays it.
    func route(_ inbound: InboundRequest) -> Cancellation {
        if let conversation = inbound.conversation {
            switch conversation.open(inbound.request.id) {
            case .opened: break
            case .duplicateID:
                // The open request keeps its id, so this one is answered past `finish`.
                return turnAway(inbound, .duplicateID, "`id` is already in use")
            case .tooMany:
                return turnAway(inbound, .tooManyOpen, "too many requests are open")
            }
        }
        return dispatch(inbound)
    }

    /// The same of a request that is open.
    func dispatch(_ inbound: InboundRequest) -> Cancellation {
        if let kind = Asked.kind(of: inbound.request.method) { return call(kind, inbound) }
        if let kind = ListKind(method: inbound.request.method) { return list(kind, inbound) }
        switch (inbound.request.method, inbound.era) {
        case ("initialize", .legacy): return initialize(inbound)
        case ("server/discover", .modern): return discover(inbound)
        case ("ping", .legacy):
            inbound.answer(Array("{}".utf8))
            return .none
        case ("completion/complete", _): return complete(inbound)
        case ("logging/setLevel", .legacy): return setLevel(inbound)
        case ("resources/subscribe", .legacy): return subscribe(inbound)
        case ("resources/unsubscribe", .legacy): return unsubscribe(inbound)
        case ("subscriptions/listen", .modern): return listen(inbound)
        case ("tasks/get", .modern), ("tasks/update", .modern), ("tasks/cancel", .modern): return follow(inbound)
        default:
            if inbound.access.letsEverythingThrough { return relay(inbound) }
            record(.refused(.unknownMethod), subject: inbound.subject, number: inbound.number)
            inbound.refuse(RPCError(.methodNotFound, "Method not found"))
            return .none
        }
    }

    private func turnAway(_ inbound: InboundRequest, _ reason: RefusalReason, _ message: String) -> Cancellation {
        record(.refused(reason), subject: inbound.subject, number: inbound.number)
        let error = RPCError(.invalidRequest, message)
        inbound.answering.finish(Answer(.badRequest, body: MessageWriter.error(error, id: inbound.request.id)))
        return .none
    }

    /// A cancellation that ends an upstream request, and is also reached by the client's `notifications/cancelled`.
    func cancellable(_ inbound: InboundRequest, _ cancellation: Cancellation) -> Cancellation {
        if !inbound.isPart { inbound.conversation?.attach(cancellation, to: inbound.request.id) }
        return inbound.era == .modern ? cancellation : cancellation.slowing
    }
}
