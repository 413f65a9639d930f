import GatewayStorage
import MCPMessages
import PolicyEngine
import WireJSON

extension CallLine {
    /// A request that policy judges: what is asked for, whether it exists for this grant, what the rules say, what it
    /// owes, and off.
    func call(_ kind: Asked.Kind, _ inbound: InboundRequest) -> Cancellation {
        let asked: Asked
        do throws(RPCError) {
            asked = try Asked(kind, inbound.request.params)
        } catch {
            record(.refused(.invalidParams), subject: inbound.subject, number: inbound.number)
            inbound.refuse(error)
            return .none
        }
        switch continuation(of: inbound, asked) {
        case .fresh: return call(asked, inbound)
        case .answered(let state): return call(asked, inbound, state: state)
        case .parked(let flight): return call(asked, inbound, resuming: flight)
        case .invalid:
            record(.refused(.invalidState), subject: inbound.subject, number: inbound.number)
            inbound.refuse(Self.invalidState)
            return .none
        }
    }

    private func call(
        _ asked: Asked, _ inbound: InboundRequest, state: [UInt8]? = nil, resuming flight: InFlight? = nil
    ) -> Cancellation {
        guard asked.kind == .tool, !inbound.access.letsEverythingThrough, !isSettled(inbound) else {
            return settle(asked, inbound, state, flight)
        }
        return establish(inbound) { [self] in settle(asked, $0, state, flight) }
    }

    private func settle(
        _ asked: Asked, _ inbound: InboundRequest, _ state: [UInt8]?, _ flight: InFlight?
    )
        -> Cancellation
    {
        let assessment = assess(asked, inbound)
        // A leg that is refused ends the call it belongs to.
        if case .permitted = assessment {} else { flight?.cancel() }
        switch assessment {
        case .permitted(var candidate):
            if inbound.era == .modern, !inbound.access.letsEverythingThrough {
                candidate.params.members = .answered(state: state)
            }
            return flight.map { resume($0, candidate) } ?? send(candidate)
        case .turnedDown(let outcome, let candidate):
            turnDown(outcome, candidate)
        case .notVisible(let reason):
            notVisible(asked, reason, inbound)
        case .headersDisagree:
            record(.refused(.headerMismatch), subject: inbound.subject, number: inbound.number)
            inbound.refuse(RPCError(.headerMismatch, "`Mcp-Param-*` headers must repeat the arguments"))
        }
        return .none
    }

    /// Collects what the call owes and forwards it.
    func send(_ candidate: CallCandidate) -> Cancellation {
        let flight = InFlight(candidate, line: self)
        // Before it may be answered, which can be at once and on another thread: its id may then be another's.
        let cancellation = cancellable(candidate.inbound, flight.handle)
        keepOpen(flight)
        admission.admit(candidate) { [self] settled in
            switch consume settled {
            case .refused(let outcome):
                openCalls.remove(flight)
                turnDown(outcome, candidate)
            case .admitted(let call, let receipt):
                guard flight.isWanted else {
                    if let receipt { admission.refund(receipt) }
                    return flight.failed(
                        UpstreamFailure(.cancelled, "taken back before it was sent", wroteNothing: true))
                }
                flight.owes(receipt)
                flight.carried(by: candidate.inbound.server.upstream.forward(call, to: flight))
            }
        }
        return cancellation
    }

    /// Ends a call that is not let through: one audit entry, one answer, nothing upstream.
    func turnDown(_ outcome: Outcome, _ candidate: CallCandidate) {
        let inbound = candidate.inbound
        record(
            outcome, subject: candidate.subject, number: inbound.number, mode: inbound.access.mode,
            policy: inbound.access.policyName)
        Refusal.tell(outcome, inbound)
    }

    /// A name that is nothing visible: the same words whatever the reason, which only the audit knows.
    private func notVisible(_ asked: Asked, _ reason: Invisibility, _ inbound: InboundRequest) {
        record(
            .notVisible(reason), subject: inbound.subject(of: asked), number: inbound.number,
            mode: inbound.access.mode, policy: inbound.access.policyName)
        inbound.refuse(Refusal.unavailable(asked.called(inbound.calledAs), to: inbound.era))
    }
}
