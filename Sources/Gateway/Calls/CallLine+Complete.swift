import MCPMessages
import PolicyEngine
import WireJSON

extension CallLine {
    /// `completion/complete`: for an argument of a prompt or a resource template that exists for this grant.
    func complete(_ inbound: InboundRequest) -> Cancellation {
        guard case .policy(let policy, let mode) = inbound.access else { return relay(inbound) }
        let reference = inbound.request.params?["ref"]
        let asked: (kind: ListKind, name: [UInt8])? =
            switch reference?["type"]?.string {
            case "ref/prompt": reference?["name"]?.utf8.map { (.prompts, $0) }
            case "ref/resource": reference?["uri"]?.utf8.map { (.resourceTemplates, $0) }
            default: nil
            }
        guard let asked, !asked.name.isEmpty else {
            record(.refused(.invalidParams), subject: inbound.subject, number: inbound.number)
            inbound.refuse(RPCError(.invalidParams, "`ref` must name a prompt or a resource"))
            return .none
        }
        var candidate = CallCandidate(inbound: inbound, params: upstreamParams(inbound), asked: nil)
        if let reason = policy.visibility(of: asked.kind, named: asked.name).invisibility {
            guard mode == .observe else {
                record(
                    .notVisible(reason), subject: inbound.subject, number: inbound.number, mode: mode,
                    policy: inbound.access.policyName)
                let name = String(decoding: inbound.calledAs ?? asked.name, as: UTF8.self)
                inbound.refuse(RPCError(.invalidParams, "not available: \(name)"))
                return .none
            }
            candidate.advisory = .notVisible(reason)
        }
        return send(candidate)
    }

    /// `logging/setLevel`: kept for the conversation, and told to a server that keeps a level of its own; one that
    /// refuses it goes on as it was.
    func setLevel(_ inbound: InboundRequest) -> Cancellation {
        guard let level = LogLevel(settingOf: inbound.request.params) else {
            record(.refused(.invalidParams), subject: inbound.subject, number: inbound.number)
            inbound.refuse(RPCError(.invalidParams, "`level` is none of the levels of RFC 5424"))
            return .none
        }
        inbound.server.upstream.describe(for: inbound.scope) { [self] described in
            guard case .success(let description) = described, description.version.era == .legacy else {
                inbound.conversation?.set(logLevel: level)
                return inbound.answer(Array("{}".utf8))
            }
            _ = send(CallCandidate(inbound: inbound, params: upstreamParams(inbound), asked: nil))
        }
        return .none
    }
}
