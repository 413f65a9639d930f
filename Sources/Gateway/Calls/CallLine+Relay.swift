import MCPMessages
import WireJSON

extension CallLine {
    /// Passes any method on, where everything is let through; the call is admitted and recorded like any other.
    func relay(_ inbound: InboundRequest) -> Cancellation {
        var candidate = CallCandidate(inbound: inbound, params: upstreamParams(inbound), mirroredName: [])
        if let member = MirroredHeaders.mirroredMember(of: inbound.request.method),
            let name = inbound.request.params?[member]?.utf8
        {
            candidate = CallCandidate(inbound: inbound, params: upstreamParams(inbound), mirroredName: name)
        }
        return send(candidate)
    }

    /// What travels of the client's `params`.
    func upstreamParams(_ inbound: InboundRequest) -> UpstreamParams {
        let isTransparent = inbound.access.letsEverythingThrough
        let capabilities = isTransparent ? inbound.metadata.clientCapabilities.map { Array($0.bytes) } : nil
        return UpstreamParams(
            inbound.request.params, members: isTransparent ? .transparent : .call,
            clientCapabilities: capabilities ?? House.noCapabilities, clientInfo: House.info)
    }
}
