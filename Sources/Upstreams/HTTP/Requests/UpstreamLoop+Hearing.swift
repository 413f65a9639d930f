import Gateway
import MCPMessages
import NIOCore
import WireJSON

/// What a server says of its own accord while an exchange is open.
extension UpstreamLoop {
    /// A notification on an exchange's own stream.
    func heard(_ notification: Message.Notification, during exchange: Exchange) {
        if let kind = ListKind(changeNotification: notification.method) {
            core.onEvent(.changed(kind))
            if !exchange.isListening { return }
        }
        switch notification.method {
        case "notifications/progress":
            // Progress of something else than this request is nobody's.
            guard let token = exchange.names.token,
                notification.params?["progressToken"].flatMap(RequestID.init) == token
            else { return }
            exchange.restartClock()
        case "notifications/subscriptions/acknowledged": if exchange.isListening { exchange.wasAcknowledged() }
        case "notifications/cancelled":
            if let id = notification.params?["requestId"].flatMap(RequestID.init),
                exchange.serverRequests.takenBack(id)
            {
                exchange.restartClock()
            }
        default: break
        }
        if case .receiver(let receiver) = exchange.sink { receiver.notified(notification) }
    }

    /// A legacy server's own request: a ping is answered, everything else is for whoever asked the question it came with.
    /// A modern server may send none (revision 2026-07-28, "Streamable HTTP"), so none is answered.
    func asked(_ request: Message.Request, during exchange: Exchange) {
        guard case .legacy(let session)? = exchange.route, exchange.serverRequests.count(request) else { return }
        guard request.method != "ping" else {
            return send(MessageWriter.result(Array("{}".utf8), id: request.id), in: session)
        }
        guard case .receiver(let receiver) = exchange.sink else { return decline(request, in: session) }
        guard let number = exchange.serverRequests.admit(request) else {
            let error = RPCError(.internalError, "Too many requests at once")
            return send(MessageWriter.error(error, id: request.id), in: session)
        }
        exchange.restartClock()
        let home = NIOLoopBound(self, eventLoop: loop)
        let id = exchange.id
        receiver.asked(request, PeerReply { answer in home.execute { $0.reply(answer, to: number, during: id) } })
    }

    /// A request that nobody here can answer.
    func decline(_ request: Message.Request, in session: Session) {
        send(MessageWriter.error(RPCError(.methodNotFound, "Method not found"), id: request.id), in: session)
    }

    private func reply(_ answer: PeerReply.Answer, to number: Int, during id: Int) {
        guard let exchange = exchanges[id], case .legacy(let session)? = exchange.route,
            let serverID = exchange.serverRequests.answered(number)
        else { return }
        exchange.restartClock()
        switch answer {
        case .result(let result): send(MessageWriter.result(result, id: serverID), in: session)
        case .error(let error): send(MessageWriter.error(error, id: serverID), in: session)
        }
    }

    /// Sends a message that wants no answer within a session.
    func send(_ message: [UInt8], in session: Session) {
        post(.message(message, method: nil), id: core.nextID(), on: .legacy(session), within: waitForAcceptance)
    }
}
