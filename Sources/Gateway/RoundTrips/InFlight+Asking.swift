import MCPMessages
import Synchronization
import WireJSON

/// A server's questions to the client, in whichever way the two ends ask and are asked.
extension InFlight {
    // MARK: A legacy server asks

    func asked(_ request: Message.Request, _ reply: PeerReply) {
        guard isWanted, let client = currentClient, let kind = ClientRequestKind(method: request.method) else {
            return reply.refuse(RPCError(.methodNotFound, "Method not found"))
        }
        guard client.capabilities.allows(method: request.method, params: request.params) else {
            return reply.refuse(RPCError(.invalidRequest, kind.unsupported))
        }
        switch client.era {
        case .legacy: ask(client, request, reply)
        case .modern: park(request, reply)
        }
    }

    /// The client that waits or, while the call is parked, the one that last did.
    private var currentClient: InboundRequest? {
        state.withLock { state in state.isOver ? nil : state.client ?? candidate.inbound }
    }

    /// Asks a legacy client, on the stream of the call it belongs to and nowhere else.
    private func ask(_ client: InboundRequest, _ request: Message.Request, _ reply: PeerReply) {
        guard let question = client.conversation?.ask(reply) else {
            return reply.refuse(RPCError(.internalError, "too many questions are open"))
        }
        state.withLock { $0.asked[question] = .some(request.id) }
        client.answering.notify(
            MessageWriter.request(
                request.method, params: request.params.map { Array($0.bytes) } ?? [], id: .integer(question)))
    }

    /// The server takes a question back.
    func withdrawn(_ notification: Message.Notification, from client: InboundRequest) -> [UInt8]? {
        guard let params = notification.params, let id = params["requestId"].flatMap(RequestID.init) else { return nil }
        let question: Int? = state.withLock { state in
            state.questions.removeAll { $0.request.id == id }
            guard let question = state.asked.first(where: { $0.value == id })?.key else { return nil }
            state.asked[question] = nil
            return question
        }
        guard let question else { return nil }
        client.conversation?.withdraw(question)
        var splice = JSONSplice(params)
        splice.setMember("requestId", of: params, to: Array(String(question).utf8))
        return MessageWriter.notification(notification.method, params: splice.apply())
    }

    /// Keeps a question for a modern client and, where one waits, answers it with all that are open.
    private func park(_ request: Message.Request, _ reply: PeerReply) {
        let (isKept, client) = state.withLock { state in
            guard state.questions.count < MessageLimits.inputRequests else { return (false, InboundRequest?.none) }
            state.lastQuestion += 1
            state.questions.append(Question(key: "q\(state.lastQuestion)", request: request, reply: reply))
            return (true, state.client)
        }
        guard isKept else { return reply.refuse(RPCError(.internalError, "too many questions are open")) }
        if let client { putQuestions(to: client) }
    }

    /// Ends a modern client's leg with what is to be answered before the call can go on.
    private func putQuestions(to client: InboundRequest) {
        let questions = state.withLock { $0.questions }
        guard let asked = candidate.asked,
            let number = line.parked.park(self, for: client.principal, at: line.clock.steady()),
            let sealed = line.seal.seal(.parked(number), for: line.binding(of: client, asked))
        else {
            for question in questions { question.reply.refuse(RPCError(.internalError, "the call cannot wait")) }
            return
        }
        let result = InputRequired.result(
            asking: questions.map {
                ($0.key, $0.request.method, $0.request.params.map { Array($0.bytes) } ?? [])
            }, state: sealed)
        end(client, .inputRequired, bytes: result.count, isLast: false) { client.answer(result) }
    }

    /// A modern client's next leg: its answers go to the server, what is still open is asked again, and an end that came
    /// meanwhile is told.
    ///
    /// - Parameter responses: `inputResponses`, by the keys under which was asked; others are ignored.
    func resume(_ client: InboundRequest, with responses: JSON?) {
        // Before there is a client whose answer takes it out again: the server may answer at once, on another thread.
        line.openCalls.add(self)
        let (answered, open, held) = state.withLock { state in
            state.client = client
            var answered: [(PeerReply, [UInt8])] = []
            state.questions.removeAll { question in
                guard let answer = responses?[question.key], answer.kind == .object else { return false }
                answered.append((question.reply, Array(answer.bytes)))
                return true
            }
            return (answered, state.questions.count, state.held.take())
        }
        line.lookAgain(self)
        for (reply, answer) in answered { reply.answer(.result(answer)) }
        switch held {
        case .answered(let reply): self.answered(reply)
        case .failed(let failure): failed(failure)
        case nil: if open > 0 { putQuestions(to: client) }
        }
    }
}
