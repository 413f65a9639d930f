import GatewayStorage
import MCPMessages
import PolicyEngine
import WireJSON

extension CallLine {
    /// `tools/call`: what is asked for, whether it exists for this grant, what the rules say, what it owes, and off.
    func callTool(_ inbound: InboundRequest) -> Cancellation {
        let asked: CallParameters
        do throws(RPCError) {
            asked = try CallParameters(inbound.request.params)
        } catch {
            record(.refused(.invalidParams), subject: inbound.subject, number: inbound.number)
            inbound.refuse(error)
            return .none
        }
        switch inbound.access {
        case .everything:
            var candidate = CallCandidate(
                inbound: inbound, params: upstreamParams(inbound), mirroredName: asked.name)
            candidate.tool = String(decoding: asked.name, as: UTF8.self)
            candidate.arguments = asked.arguments
            return send(candidate)
        case .policy(let policy, let mode):
            let definitions = inbound.snapshot.definitions[inbound.server.slug]
            guard definitions?.isEstablished ?? false else {
                return establish(inbound) { [self] in judge(asked, under: policy, mode, $0) }
            }
            return judge(asked, under: policy, mode, inbound)
        }
    }

    /// Judges a call by its policy; the engine is asked once.
    private func judge(
        _ asked: CallParameters, under policy: Policy, _ mode: Mode, _ inbound: InboundRequest
    ) -> Cancellation {
        let table = inbound.snapshot.table(of: inbound.server.slug, under: policy)
        let name = ToolName(asked.name)
        guard let name, let entry = table[name], entry.visibility == .visible || mode == .observe else {
            return notVisible(asked, name, table, inbound)
        }
        var candidate = CallCandidate(inbound: inbound, params: upstreamParams(inbound), mirroredName: asked.name)
        candidate.tool = name.description
        candidate.arguments = asked.arguments
        candidate.definition = entry.definition.hash
        if entry.visibility != .visible {
            candidate.advisory = .notVisible(entry.visibility == .unlisted ? .unlisted : .hidden)
            return send(candidate)
        }
        let decision = entry.rules.decide(
            PolicyRequest(arguments: asked.arguments, context: context(of: inbound, tool: name)))
        switch decision {
        case .denied(let denial):
            guard mode == .observe else { return turnDown(.denied(denial), candidate) }
            candidate.advisory = .denied(denial)
        case .permitted(let owed):
            candidate.charges = owed.charges
            candidate.approvals = owed.approvals
            if mode == .observe, let approval = owed.approvals.first { candidate.advisory = .approvalOwed(approval) }
        }
        return send(candidate)
    }

    /// Collects what the call owes and forwards it.
    func send(_ candidate: CallCandidate) -> Cancellation {
        let flight = InFlight(candidate.inbound, line: self, tool: candidate.tool)
        // Before it may be answered, which can be at once and on another thread: its id may then be another's.
        let cancellation = cancellable(candidate.inbound, Cancellation { flight.cancel() })
        admission.admit(candidate) { [self] settled in
            switch consume settled {
            case .refused(let outcome): turnDown(outcome, candidate)
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
    @discardableResult
    private func turnDown(_ outcome: Outcome, _ candidate: CallCandidate) -> Cancellation {
        let inbound = candidate.inbound
        record(
            outcome, subject: candidate.subject, number: inbound.number, mode: inbound.access.mode,
            policy: inbound.access.policyName)
        inbound.answer(Refusal.result(of: outcome, inbound))
        return .none
    }

    /// A name that is no visible tool: the same words whatever the reason, which only the audit knows.
    private func notVisible(
        _ asked: CallParameters, _ name: ToolName?, _ table: ToolTable, _ inbound: InboundRequest
    ) -> Cancellation {
        let definitions = inbound.snapshot.definitions[inbound.server.slug] ?? Definitions()
        var subject = inbound.subject
        subject.tool = String(decoding: asked.name, as: UTF8.self)
        subject.arguments = asked.arguments
        let reason = name.flatMap { table.invisibility(of: $0, in: definitions) } ?? .unknown
        record(
            .notVisible(reason), subject: subject, number: inbound.number, mode: inbound.access.mode,
            policy: inbound.access.policyName)
        inbound.refuse(RPCError(.invalidParams, "tool not available: \(String(decoding: asked.name, as: UTF8.self))"))
        return .none
    }

    private func context(of inbound: InboundRequest, tool: ToolName) -> PolicyContext {
        PolicyContext(
            tool: tool, serverName: inbound.server.slug, grantLabel: inbound.principal.grant.label,
            grantTags: inbound.principal.grant.tags, principalID: inbound.principal.id,
            time: clock.wall().milliseconds)
    }
}
