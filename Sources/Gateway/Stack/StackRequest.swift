import MCPMessages
import WireJSON

/// One server of a stack, as the grant reaches it.
struct StackMember: Sendable {
    let server: Server
    let access: Access
}

/// A request to all servers of a grant as one: read, placed and open, not yet divided among them.
struct StackRequest: Sendable {
    let request: Message.Request
    let metadata: RequestMetadata
    let era: Era
    let entry: Entry
    /// By slug, in the order of its bytes; never empty.
    let members: [StackMember]
    let snapshot: Snapshot
    let conversation: Conversation?
    let answering: any Answering
    let number: String
    let arrived: UInt64
    let bytes: Int

    var slugs: [String] { members.map(\.server.slug) }

    /// What the audit says of what is refused before it is known whose it is.
    var subject: CallSubject {
        CallSubject(
            principal: entry.principal, server: Stack.address, session: conversation?.id,
            client: metadata.clientName ?? conversation?.clientName, method: request.method, requestBytes: bytes)
    }

    func member(_ slug: String) -> StackMember? { members.first { $0.server.slug == slug } }

    func answer(_ result: [UInt8]) { finish(Answer(.ok, body: MessageWriter.result(result, id: request.id))) }

    func refuse(_ error: RPCError) {
        let status = Answer.Status(rawValue: RPCError.modernStatus(code: error.code.rawValue)) ?? .ok
        finish(Answer(era == .modern ? status : .ok, body: MessageWriter.error(error, id: request.id)))
    }

    /// Ends the request with what one server answered to its part.
    func refuse(relaying error: JSON, _ status: Answer.Status) {
        finish(Answer(status, body: MessageWriter.error(error.bytes, id: request.id)))
    }

    func finish(_ answer: Answer) {
        conversation?.close(request.id)
        answering.finish(answer)
    }
}

extension CallLine {
    /// The whole request as one server's, whose thing it names.
    ///
    /// - Parameters:
    ///   - params: with the server's own name for the thing.
    ///   - called: what the client calls it.
    func inbound(
        _ stack: StackRequest, to member: StackMember, params: JSON?, called: [UInt8]
    ) -> InboundRequest {
        var inbound = inbound(
            stack, member, params, number: stack.number,
            StackAnswering(stack.answering, server: member.server.slug))
        inbound.calledAs = called
        return inbound
    }

    /// One server's part of a request to several, answered by itself and audited under a number of its own.
    func part(
        _ stack: StackRequest, of member: StackMember, params: JSON?, answering: any Answering
    ) -> InboundRequest {
        var inbound = inbound(stack, member, params, number: numbers.make(), answering)
        inbound.isPart = true
        return inbound
    }

    private func inbound(
        _ stack: StackRequest, _ member: StackMember, _ params: JSON?, number: String, _ answering: any Answering
    ) -> InboundRequest {
        let placed = Placed(era: stack.era, conversation: stack.conversation)
        let arrival = Arrival(
            request: stack.request.with(params), metadata: stack.metadata, era: stack.era,
            principal: stack.entry.principal, server: member.server, conversation: stack.conversation,
            headers: stack.entry.headers, capabilities: capabilities(placed, stack.metadata, member.server),
            answering: answering, number: number, arrived: stack.arrived, bytes: stack.bytes)
        return InboundRequest(arrival, access: member.access, snapshot: stack.snapshot)
    }
}
