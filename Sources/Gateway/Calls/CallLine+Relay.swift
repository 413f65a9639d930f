import MCPMessages
import WireJSON

extension CallLine {
    /// Passes any method on, where everything is let through; the call is admitted and recorded like any other.
    func relay(_ inbound: InboundRequest) -> Cancellation {
        let member = MirroredHeaders.mirroredMember(of: inbound.request.method)
        let name = member.flatMap { inbound.request.params?[$0]?.utf8 }
        return send(
            CallCandidate(inbound: inbound, params: upstreamParams(inbound), asked: nil, mirroredName: name ?? []))
    }

    /// What travels of the client's `params`.
    func upstreamParams(_ inbound: InboundRequest) -> UpstreamParams {
        let isTransparent = inbound.access.letsEverythingThrough
        let declared = isTransparent ? inbound.metadata.clientCapabilities.map { Array($0.bytes) } : nil
        var params = UpstreamParams(
            inbound.request.params, members: isTransparent ? .transparent : .call,
            clientCapabilities: declared ?? inbound.capabilities.bytes,
            clientInfo: inbound.scope.clientInfo ?? House.info)
        if inbound.era == .legacy { params.logLevel = inbound.conversation?.logLevel?.rawValue }
        return params
    }
}
