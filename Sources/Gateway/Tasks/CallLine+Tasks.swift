import MCPMessages
import PolicyEngine
import WireJSON

extension CallLine {
    /// `tasks/get`, `tasks/update`, `tasks/cancel` (SEP-2663): sent to the server whose task it is, under that server's
    /// id, as long as its principal may see the tool whose call became the task.
    ///
    /// The call itself was judged, charged and recorded when it was made; what is asked of the task is recorded as its
    /// tool's, too. Another's id is answered like one that nobody gave out.
    func follow(_ inbound: InboundRequest) -> Cancellation {
        if inbound.access.letsEverythingThrough { return relay(inbound) }
        guard inbound.capabilities.declaresTasks else {
            record(.refused(.invalidParams), subject: inbound.subject, number: inbound.number)
            inbound.refuse(
                RPCError(
                    .missingClientCapability, "the client does not declare tasks",
                    data: Array(#"{"requiredCapabilities":{"extensions":{"\#(Extensions.tasks)":{}}}}"#.utf8)))
            return .none
        }
        guard let params = inbound.request.params, let id = params["taskId"]?.utf8,
            let task = taskSeal.open(id, for: inbound.principal.id), task.server == inbound.server.slug
        else { return noTask(inbound, .unknown, inbound.subject) }
        let asked = Asked(.tool, named: task.tool)
        var text = JSONWriter()
        text.string(utf8: task.id)
        var candidate = CallCandidate(
            inbound: inbound, params: upstreamParams(inbound), asked: asked, mirroredName: task.id)
        candidate.task = task
        candidate.params.params = try? JSON(lenient: params.settingMember("taskId", text.bytes))
        // An update brings the client's answers to what the task has asked.
        if inbound.request.method == "tasks/update" { candidate.params.members = .answered(state: nil) }
        guard case .policy(let policy, let mode) = inbound.access, mode == .enforce else { return send(candidate) }
        let table = inbound.snapshot.table(of: inbound.definitionList, under: policy)
        guard let name = ToolName(task.tool), let tool = table[name], tool.visibility == .visible else {
            let definitions = inbound.snapshot.definitions(of: inbound.definitionList)
            let reason = ToolName(task.tool).flatMap { table.invisibility(of: $0, in: definitions) }
            return noTask(inbound, reason ?? .unknown, inbound.subject(of: asked))
        }
        candidate.definition = tool.definition?.hash
        return send(candidate)
    }

    static var noTask: RPCError { RPCError(.invalidParams, "Task not found") }

    private func noTask(_ inbound: InboundRequest, _ reason: Invisibility, _ subject: CallSubject) -> Cancellation {
        record(
            .notVisible(reason), subject: subject, number: inbound.number, mode: inbound.access.mode,
            policy: inbound.access.policyName)
        inbound.refuse(Self.noTask)
        return .none
    }
}
