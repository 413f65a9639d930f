import GatewayStorage
import MCPMessages
import PolicyEngine
import ToolCatalogue
import WireJSON

/// What policy makes of a request.
enum Assessment {
    case permitted(CallCandidate)
    case turnedDown(Outcome, CallCandidate)
    case notVisible(Invisibility)
    /// The `Mcp-Param-*` headers do not repeat the arguments.
    case headersDisagree
}

extension CallLine {
    /// Judges a request by the snapshot it came under; the engine is asked once.
    func assess(_ asked: Asked, _ inbound: InboundRequest) -> Assessment {
        var candidate = CallCandidate(inbound: inbound, params: upstreamParams(inbound), asked: asked)
        guard case .policy(let policy, let mode) = inbound.access else { return .permitted(candidate) }
        let rules: ToolRules
        var hidden: Invisibility?
        switch asked.kind {
        case .tool:
            let table = inbound.snapshot.table(of: inbound.definitionList, under: policy)
            let name = ToolName(asked.name)
            guard let name, let entry = table[name], entry.visibility == .visible || mode == .observe else {
                let definitions = inbound.snapshot.definitions(of: inbound.definitionList)
                return .notVisible(name.flatMap { table.invisibility(of: $0, in: definitions) } ?? .unknown)
            }
            candidate.definition = entry.definition?.hash
            let annotations = entry.definition?.headers ?? .none
            if !annotations.isEmpty {
                if let headers = inbound.headers, inbound.era == .modern,
                    !annotations.agree(with: asked.arguments, headers.parameters)
                {
                    return .headersDisagree
                }
                candidate.parameterHeaders = annotations.headers(for: asked.arguments)
            }
            hidden = entry.visibility.invisibility
            rules = entry.rules
        case .prompt, .resource:
            hidden = policy.visibility(of: asked).invisibility
            if let hidden, mode == .enforce { return .notVisible(hidden) }
            rules = asked.kind == .prompt ? policy.rules(forPrompt: asked.text) : policy.rules(forResource: asked.text)
        }
        if let hidden {
            candidate.advisory = .notVisible(hidden)
            return .permitted(candidate)
        }
        return judge(candidate, by: rules, mode)
    }

    private func judge(_ candidate: CallCandidate, by rules: ToolRules, _ mode: Mode) -> Assessment {
        var candidate = candidate
        let decision = rules.decide(
            PolicyRequest(
                arguments: candidate.asked?.arguments,
                context: context(candidate.asked, candidate.inbound.principal, candidate.inbound.server.slug)))
        switch decision {
        case .denied(let denial):
            guard mode == .observe else { return .turnedDown(.denied(denial), candidate) }
            candidate.advisory = .denied(denial)
        case .permitted(let owed):
            candidate.charges = owed.charges
            candidate.approvals = owed.approvals
            if mode == .observe, let approval = owed.approvals.first { candidate.advisory = .approvalOwed(approval) }
        }
        return .permitted(candidate)
    }

    /// Whether a resource may be watched by a grant with this access: what may not be read now, or only with somebody's
    /// approval, may not.
    func isWatchable(_ asked: Asked, _ access: Access, _ principal: Principal, at server: String) -> Bool {
        guard case .policy(let policy, .enforce) = access else { return true }
        guard policy.visibility(of: asked) == .visible else { return false }
        let decision = policy.rules(forResource: asked.text).decide(
            PolicyRequest(arguments: asked.arguments, context: context(asked, principal, server)))
        guard case .permitted(let owed) = decision else { return false }
        return owed.approvals.isEmpty
    }

    private func context(_ asked: Asked?, _ principal: Principal, _ server: String) -> PolicyContext {
        PolicyContext(
            tool: asked.flatMap { $0.kind == .tool ? ToolName($0.name) : nil }, serverName: server,
            grantLabel: principal.grant.label, grantTags: principal.grant.tags, principalID: principal.id,
            principalEmail: principal.email,
            time: clock.wall().milliseconds)
    }
}

extension Visibility {
    /// Why something does not exist for a grant; nil where it does.
    var invisibility: Invisibility? {
        switch self {
        case .visible: nil
        case .hidden: .hidden
        case .unlisted: .unlisted
        }
    }
}
