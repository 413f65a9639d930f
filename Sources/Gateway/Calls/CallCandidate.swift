import GatewayStorage
import MCPMessages
import PolicyEngine
import ToolCatalogue
import WireJSON

/// A call that policy permits and that has yet to pay what it owes.
struct CallCandidate: Sendable {
    let inbound: InboundRequest
    var params: UpstreamParams
    /// What policy judged; nil for a method that is let through unjudged.
    let asked: Asked?
    let mirroredName: [UInt8]
    var charges: [Charge] = []
    var approvals: [ApprovalRequirement] = []
    /// In observe mode, what enforcing would have said.
    var advisory: Outcome?
    var definition: DefinitionHash?
    var parameterHeaders: [ParameterHeader] = []
    /// The task that is followed, where one is.
    var task: FollowedTask?

    init(inbound: InboundRequest, params: UpstreamParams, asked: Asked?, mirroredName: [UInt8]? = nil) {
        self.inbound = inbound
        self.params = params
        self.asked = asked
        self.mirroredName = mirroredName ?? asked?.name ?? []
    }

    /// The tool's name, where a tool is called.
    var toolName: String? { asked.flatMap { $0.kind == .tool ? $0.text : nil } }

    var isObserved: Bool { inbound.access.mode == .observe }

    /// The charges with the counters they go to (policy language, section 4 "Key of a counter").
    var counterCharges: [CounterCharge] {
        charges.map { charge in
            CounterCharge(key: key(of: charge), max: charge.max, amount: charge.amount)
        }
    }

    private func key(of charge: Charge) -> CounterKey {
        let server = inbound.server.slug
        let isPerServer = charge.scope != .organisation && charge.scope != .principal
        return CounterKey(
            organisation: inbound.principal.grant.organisation, server: isPerServer ? server : nil,
            counter: charge.counter,
            scope: charge.scope, scopeValue: scopeValue(charge.scope), window: charge.window,
            alignment: charge.alignment, zone: charge.zone, shadow: isObserved)
    }

    private func scopeValue(_ scope: LimitScope) -> String {
        switch scope {
        case .grant: inbound.principal.grant.label
        // Where the protocol has no session it is the grant.
        case .session: inbound.conversation?.id ?? inbound.principal.grant.label
        case .principal: inbound.principal.id
        case .server: inbound.server.slug
        case .organisation: inbound.principal.grant.organisation
        }
    }

    var subject: CallSubject {
        var subject = asked.map { inbound.subject(of: $0) } ?? inbound.subject
        subject.definition = definition
        return subject
    }

    /// The audit's word that this call is let through, queued before anything of it is sent.
    func decisionEntry(at time: WallTime) -> AuditEntry {
        AuditEntry(
            time: time, request: inbound.number,
            content: .decision(
                .init(
                    subject: subject, outcome: .allowed, advisory: advisory, mode: inbound.access.mode,
                    policy: inbound.access.policyName, charges: charges)))
    }
}

extension Access {
    /// The policy's id and version, for the audit.
    var policyName: (id: String, version: Int)? {
        switch self {
        case .policy(let policy, _): (policy.id, policy.version)
        case .everything: nil
        }
    }
}
