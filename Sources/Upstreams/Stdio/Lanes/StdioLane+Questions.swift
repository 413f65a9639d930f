import Gateway
import MCPMessages
import NIOCore
import WireJSON

// What a lane's child asks.
extension StdioLane {
    /// `ping` is answered here. What a legacy server asks of a client (roots, sampling, elicitation) is passed on to the
    /// call during which it asks; anything else, and anything a modern server asks (revision 2026-07-28 forbids it), is
    /// refused.
    func asked(_ request: Message.Request, by child: StdioChild) {
        // A child that asks and does not read is not written to without end.
        guard child.isReceptive else { return }
        if request.method == "ping" {
            child.send(MessageWriter.result("{}".utf8, id: request.id))
            return
        }
        guard case .ready(_, let description) = stage, description.version.era == .legacy,
            let call = requests.newestCall
        else {
            return refuse(request.id, .methodNotFound, "the gateway answers no such request", to: child)
        }
        // Asked twice under one id: an answer to either could be taken for the other's.
        guard !questions.holds(request.id) else { return }
        guard questions.count < limits.questions else {
            return refuse(request.id, .internalError, "too many requests are unanswered", to: child)
        }
        let number = settings.ids.next()
        questions.add(.init(id: request.id, call: call.id), as: number)
        requests.rest(call.id, at: loop.now)
        let lane = NIOLoopBound(self, eventLoop: loop)
        call.receiver.asked(
            request, PeerReply { answer in lane.eventLoop.execute { lane.value.reply(answer, to: number) } })
    }

    /// A server takes its own request back (revision 2025-11-25, "Cancellation"). One that names none is nobody's.
    func questionTakenBack(_ notification: Message.Notification) {
        guard let id = notification.params?["requestId"].flatMap(RequestID.init), let question = questions.take(id)
        else { return }
        goOn(with: question.call)
        requests.receiver(ofOpen: question.call)?.notified(notification)
    }

    /// Takes a call out of those that are open, and answers for it what the server still asks in it.
    func close(_ call: Int, isAnswered: Bool) -> StdioRequests.Open? {
        guard let open = requests.removeOpen(call, isAnswered: isAnswered) else { return nil }
        let left = questions.takeAll(in: call)
        if case .ready(let child, _) = stage, child.isReceptive {
            for question in left {
                refuse(question.id, .internalError, "the request during which this was asked has ended", to: child)
            }
        }
        return open
    }

    private func reply(_ answer: PeerReply.Answer, to number: Int) {
        // Its child may be gone, and its questions with it.
        guard let question = questions.take(number), case .ready(let child, _) = stage else { return }
        goOn(with: question.call)
        switch answer {
        case .result(let result): child.send(MessageWriter.result(result, id: question.id))
        case .error(let error): child.send(MessageWriter.error(error, id: question.id))
        }
    }

    /// The call's clock runs again once nothing is asked in it.
    private func goOn(with call: Int) {
        guard !questions.isAsked(in: call), let deadline = requests.goOn(call, at: loop.now) else { return }
        requests.rearm(call, timer: after(deadline - loop.now) { self.unanswered(call) })
    }

    private func refuse(_ id: RequestID, _ code: RPCError.Code, _ reason: String, to child: StdioChild) {
        child.send(MessageWriter.error(RPCError(code, reason), id: id))
    }
}
