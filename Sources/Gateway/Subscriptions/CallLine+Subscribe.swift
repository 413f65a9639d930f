import MCPMessages
import PolicyEngine
import WireJSON

extension CallLine {
    /// `resources/subscribe` of a legacy client: judged like reading the resource, and held at the server for as long as
    /// the conversation lasts.
    func subscribe(_ inbound: InboundRequest) -> Cancellation {
        guard let asked = resource(inbound), let conversation = inbound.conversation else { return .none }
        guard isWatchable(asked, inbound.access, inbound.principal, at: inbound.server.slug) else {
            record(
                .notVisible(.hidden), subject: inbound.subject(of: asked), number: inbound.number,
                mode: inbound.access.mode, policy: inbound.access.policyName)
            inbound.refuse(Refusal.unavailable(asked.called(inbound.calledAs), to: inbound.era))
            return .none
        }
        let candidate = CallCandidate(inbound: inbound, params: upstreamParams(inbound), asked: asked)
        guard trail.record(candidate.decisionEntry(at: clock.wall())) else {
            Refusal.tell(.unavailable(.audit), inbound)
            return .none
        }
        let watching = DeferredCancellation()
        guard conversation.watch(asked.name, of: inbound.server.slug, Cancellation { watching.cancel() }) else {
            let failure = UpstreamFailure(.busy, "too many resources are watched", wroteNothing: true)
            complete(inbound, candidate, .failed(failure.kind, detail: failure.detail), bytes: 0)
            inbound.refuse(failure)
            return .none
        }
        watching.become(
            inbound.server.upstream.watch(UpstreamInterest(resources: [asked.name]), for: inbound.scope) {
                [self] failure in
                guard let failure else {
                    complete(inbound, candidate, .result(isError: false), bytes: 2)
                    return inbound.answer(Array("{}".utf8))
                }
                conversation.unwatch(asked.name, of: inbound.server.slug)
                complete(inbound, candidate, .failed(failure.kind, detail: failure.detail), bytes: 0)
                inbound.refuse(failure)
            })
        return .none
    }

    /// `resources/unsubscribe`; of what was not subscribed to it is answered the same.
    func unsubscribe(_ inbound: InboundRequest) -> Cancellation {
        guard let asked = resource(inbound) else { return .none }
        inbound.conversation?.unwatch(asked.name, of: inbound.server.slug)
        inbound.answer(Array("{}".utf8))
        return .none
    }

    private func resource(_ inbound: InboundRequest) -> Asked? {
        do throws(RPCError) {
            return try Asked(.resource, inbound.request.params)
        } catch {
            record(.refused(.invalidParams), subject: inbound.subject, number: inbound.number)
            inbound.refuse(error)
            return nil
        }
    }
}
