import MCPMessages
import WireJSON

/// Where a request stands in its round trips.
enum Continuation {
    /// A first leg, or a client's answers without a state, which are judged like one.
    case fresh
    /// A further leg with a modern server, with the server's own state.
    case answered(state: [UInt8])
    /// A further leg of a call that is parked here.
    case parked(InFlight)
    /// The state is not one of this house's, not for this, or too old.
    case invalid
}

extension CallLine {
    /// Reads the `requestState` that a client returns. A state sealed for something else is as invalid as an invented one.
    func continuation(of inbound: InboundRequest, _ asked: Asked) -> Continuation {
        guard inbound.era == .modern, !inbound.access.letsEverythingThrough,
            let state = inbound.request.params?["requestState"]
        else { return .fresh }
        guard let text = state.utf8, let opened = seal.open(text, for: binding(of: inbound, asked)) else {
            return .invalid
        }
        switch opened {
        case .upstream(let bytes): return .answered(state: bytes)
        case .parked(let number):
            return parked.claim(number, for: inbound.principal, at: clock.steady()).map(Continuation.parked)
                ?? .invalid
        }
    }

    func binding(of inbound: InboundRequest, _ asked: Asked) -> StateSeal.Binding {
        StateSeal.Binding(
            principal: inbound.principal.id, server: inbound.server.slug, method: inbound.request.method,
            name: asked.name, arguments: asked.arguments)
    }

    static var invalidState: RPCError {
        RPCError(
            .invalidParams, "Invalid or expired requestState",
            data: Array("{\"reason\":\"invalid_request_state\"}".utf8))
    }

    /// Goes on with a parked call for the leg that brings its answers. The leg is admitted like any call and sends nothing
    /// itself: the call it belongs to is under way already.
    func resume(_ flight: InFlight, _ candidate: CallCandidate) -> Cancellation {
        let inbound = candidate.inbound
        let cancellation = cancellable(inbound, flight.handle)
        admission.admit(candidate) { [self] settled in
            switch consume settled {
            case .refused(let outcome):
                flight.cancel()
                turnDown(outcome, candidate)
            case .admitted(_, _):
                flight.resume(inbound, with: inbound.request.params?["inputResponses"])
            }
        }
        return cancellation
    }

    /// Leads a legacy client's call through a further leg with a modern server: judged again as the policy is now, charged
    /// no second time.
    ///
    /// - Parameters:
    ///   - responses: `inputResponses`, a JSON object.
    ///   - state: the server's, JSON text.
    func again(_ flight: InFlight, _ candidate: CallCandidate, responses: [UInt8], state: [UInt8]?) {
        var inbound = candidate.inbound
        inbound.snapshot = configuration.current
        guard
            let access = inbound.snapshot.access(
                of: inbound.principal, to: inbound.server.slug, at: clock.secondsSince1970)
        else {
            return flight.failed(UpstreamFailure(.unsupported, "the grant no longer lets the call go on"))
        }
        inbound.access = access
        guard let asked = candidate.asked, case .permitted(var next) = assess(asked, inbound), next.approvals.isEmpty
        else { return flight.failed(UpstreamFailure(.unsupported, "policy no longer lets the call go on")) }
        let params = inbound.request.params?.addingMember("inputResponses", responses)
        next.params = upstreamParams(inbound)
        next.params.params = params.flatMap { try? JSON(lenient: $0) } ?? next.params.params
        next.params.members = .answered(state: state)
        guard flight.isWanted else { return flight.failed(UpstreamFailure(.cancelled, "taken back by the client")) }
        flight.carried(by: inbound.server.upstream.forward(admission.readmit(next), to: flight))
    }
}
