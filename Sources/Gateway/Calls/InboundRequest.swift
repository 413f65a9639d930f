public import MCPMessages
import WireJSON

/// How a message came in: who sent it, to which server, over what.
public struct Entry: Sendable {
    public var principal: Principal
    public var server: String
    /// The routing headers; nil on stdio, which has none.
    public var headers: MirroredHeaders?
    /// The `Mcp-Session-Id` presented, if any.
    public var sessionID: String?
    /// A stdio connection's own conversation.
    public var conversation: Conversation?

    public init(
        principal: Principal, server: String, headers: MirroredHeaders?, sessionID: String? = nil,
        conversation: Conversation? = nil
    ) {
        self.principal = principal
        self.server = server
        self.headers = headers
        self.sessionID = sessionID
        self.conversation = conversation
    }
}

/// A request that was read, whose era is settled and whose sender is known; judged by one snapshot to its end.
struct InboundRequest: Sendable {
    private let arrival: Arrival
    var access: Access
    var snapshot: Snapshot
    /// What the client calls the thing asked for, where that is not what the server calls it (``Stack``).
    var calledAs: [UInt8]?
    /// Whether it is one server's part of a request to several, whose id stays open until all parts have ended.
    var isPart = false

    init(_ arrival: Arrival, access: Access, snapshot: Snapshot) {
        self.arrival = arrival
        self.access = access
        self.snapshot = snapshot
    }

    var request: Message.Request { arrival.request }
    var metadata: RequestMetadata { arrival.metadata }
    var era: Era { arrival.era }
    var principal: Principal { arrival.principal }
    var server: Server { arrival.server }
    var conversation: Conversation? { arrival.conversation }
    var headers: MirroredHeaders? { arrival.headers }
    var capabilities: ClientCapabilities { arrival.capabilities }
    var answering: any Answering { arrival.answering }
    var number: String { arrival.number }
    var arrived: UInt64 { arrival.arrived }
    var bytes: Int { arrival.bytes }

    var scope: UpstreamScope {
        UpstreamScope(
            principal: principal.id, clientEra: era, capabilities: capabilities,
            clientInfo: era == .modern ? metadata.relayedClientInfo : conversation?.clientInfo)
    }

    /// Results of an extension's types are for those who know extensions.
    var resultTypes: ResultShape.Types {
        if access.letsEverythingThrough { return .any }
        return era == .modern && capabilities.declaresExtensions ? .extended : .complete
    }

    /// Whose list of definitions the client sees.
    var definitionList: DefinitionList { DefinitionList(server: server.slug, era: era) }

    var clientName: String? { metadata.clientName ?? conversation?.clientName }

    /// What the audit says of it, before anything is known of the tool.
    var subject: CallSubject {
        CallSubject(
            principal: principal, server: server.slug, session: conversation?.id, client: clientName,
            method: request.method, capture: server.settings.capture, requestBytes: bytes)
    }

    /// The same, once it is known what is asked for.
    func subject(of asked: Asked) -> CallSubject {
        var subject = subject
        switch asked.kind {
        case .tool: subject.tool = asked.text
        case .prompt: subject.prompt = asked.text
        case .resource: subject.resource = asked.text
        }
        subject.arguments = asked.arguments
        return subject
    }

    /// Ends the request with a JSON-RPC error of the house's own.
    func refuse(_ error: RPCError) {
        finish(Answer(status(of: error.code.rawValue), body: MessageWriter.error(error, id: request.id)))
    }

    /// Ends the request with a peer's error object, byte for byte but for a code that the client's era does not have.
    func refuse(relaying error: JSON, from upstream: Era? = nil) {
        let code = error["code"]?.int ?? 0
        guard era == .modern, upstream != .modern, let other = RPCError.modernCode(for: code),
            let renamed = error.replacingMember("code", with: Array(String(other).utf8))
        else {
            return finish(Answer(status(of: code), body: MessageWriter.error(error.bytes, id: request.id)))
        }
        finish(Answer(status(of: other), body: MessageWriter.error(renamed, id: request.id)))
    }

    /// Ends a question of the client's whose upstream gave no answer: with the server's own error where that is what
    /// failed, else that it is unavailable, with nothing of the inside.
    func refuse(_ failure: UpstreamFailure) {
        if let error = failure.error { return refuse(relaying: error) }
        refuse(RPCError(.internalError, "the server is unavailable (\(failure.kind.rawValue))"))
    }

    private func status(of code: Int) -> Answer.Status {
        era == .modern ? Answer.Status(rawValue: RPCError.modernStatus(code: code)) ?? .ok : .ok
    }

    /// Ends the request with a result that is already in the client's shape.
    func answer(_ result: some Collection<UInt8>) {
        finish(Answer(.ok, body: MessageWriter.result(result, id: request.id)))
    }

    /// Ends the request: its id is free again.
    func finish(_ answer: Answer) {
        close()
        answering.finish(answer)
    }

    /// Frees the request's id.
    func close() {
        if !isPart { conversation?.close(request.id) }
    }
}
