import MCPMessages
import WireJSON

/// Tasks in a modern server's results, which bear this house's ids on the way to the client.
extension InFlight {
    /// The result as the client is to have it, where it is a task or tells of one; nil where tasks have no part in it.
    func taskShape(of result: JSON, to client: InboundRequest) throws(ResultShape.Refusal) -> [UInt8]? {
        guard client.era == .modern, !client.access.letsEverythingThrough else { return nil }
        if let task = candidate.task { return try told(result, of: task, to: client) }
        guard client.request.method == "tools/call", result["resultType"]?.hasText("task") ?? false else { return nil }
        guard client.capabilities.declaresTasks, let asked = candidate.asked, let id = result["taskId"],
            let own = id.utf8,
            let sealed = line.taskSeal.seal(
                FollowedTask(server: client.server.slug, tool: asked.name, id: own), for: client.principal.id)
        else { throw .unknownResultType }
        var splice = JSONSplice(result)
        splice.replace(id.range, with: Array("\"\(sealed)\"".utf8))
        return try ResultShape.bytes(
            result, from: .modern, to: .modern, kind: .plain, types: .task, splicing: splice)
    }

    /// What a server says of a task: of the one that was asked about, under the id it was asked by.
    private func told(
        _ result: JSON, of task: FollowedTask, to client: InboundRequest
    ) throws(ResultShape.Refusal) -> [UInt8] {
        var splice = JSONSplice(result)
        if let id = result["taskId"] {
            guard id.utf8 == task.id, let called = client.request.params?["taskId"] else { throw .unknownResultType }
            splice.replace(id.range, with: Array(called.bytes))
        }
        // What the task wants to know is asked of those only who said that they can be asked.
        guard let asked = InputRequired.asked(result["inputRequests"]),
            asked.allSatisfy({ client.capabilities.allows(method: $0.method, params: $0.params) })
        else { throw .unknownResultType }
        // Nobody but the house speaks under its prefix, inside either.
        if let inside = result["result"]?["_meta"], inside.kind == .object {
            splice.removeMembers(of: inside) { key, _ in RequestMetadata.isOwn(key) }
        }
        return try ResultShape.bytes(
            result, from: .modern, to: .modern, kind: .plain, types: .complete, splicing: splice)
    }
}
