import Gateway
import MCPMessages
import NIOCore
import Synchronization
import WireJSON

/// What exchanges report, and what follows from it.
extension UpstreamLoop {
    /// Tells the exchange's sink how it ended, unless it is to be sent once more.
    func conclude(_ exchange: Exchange, _ ending: Ending) {
        if sendReauthorized(exchange, after: ending) { return }
        if case .receiver(let receiver) = exchange.sink {
            if sendAnew(exchange, after: ending) { return }
            end(exchange, isAnswered: ending.isAnswer)
            learn(from: ending, on: exchange.route)
            answer(receiver, ending, era: exchange.route?.era ?? .modern)
            return
        }
        end(exchange, isAnswered: ending.isAnswer)
        switch exchange.sink {
        case .house(let take): take(ending)
        case .stream(let sink): sink.ended(ending, exchange.reader.lastEventID, exchange.reader.retry)
        case .receiver, .nobody: break
        }
    }

    /// Ends an exchange from this side: tells a legacy server, and closes the stream, which is what tells a modern one
    /// (revision 2026-07-28, "Cancellation").
    func abandon(_ exchange: Exchange, _ failure: UpstreamFailure) {
        if case .sent(let connection) = exchange.stage { connection.close() }
        if exchange.isWithServer, case .legacy(let session)? = exchange.route, case .question = exchange.request {
            var params = JSONWriter()
            params.beginObject()
            params.key("requestId")
            exchange.names.id.write(to: &params)
            params.endObject()
            send(MessageWriter.notification("notifications/cancelled", params: params.bytes), in: session)
        }
        pool(for: exchange).withdraw(exchange)
        exchange.fail(failure)
    }

    /// How long a message that wants no answer may take to be accepted.
    var waitForAcceptance: TimeAmount { TimeAmount(core.timeouts.list) }

    /// The one case in which a request is sent twice: a legacy server said that it does not know the session, so it has
    /// not run the request (revision 2025-11-25, "Session Management": 404, and the client must begin anew).
    private func sendAnew(_ exchange: Exchange, after ending: Ending) -> Bool {
        guard case .legacy(let session)? = exchange.route, session.id != nil || session.isEventStream,
            case .question(let question) = exchange.request
        else { return false }
        let isGone = Self.saysSessionIsGone(ending)
        if isGone || Self.hintsSessionIsGone(ending) {
            lost(session, of: question.scope)
        }
        guard isGone, !exchange.wasResent else { return false }
        exchange.startOver()
        advance(exchange)
        return true
    }

    /// A session is over: the next to ask gets another.
    func lost(_ session: Session, of scope: UpstreamScope) {
        core.agreement { $0.lost(session, of: scope) }
        if let stream = session.endpoint?.stream {
            let failure = UpstreamFailure(.closed, "the session is over")
            core.watchHome?.execute { $0.giveUp(stream, failure) }
        }
        if session.isWatched.load(ordering: .relaxed) {
            core.watchHome?.execute { $0.desk.lost(session, of: scope) }
        }
    }

    static func saysSessionIsGone(_ ending: Ending) -> Bool {
        switch ending {
        case .status(let head, _): head.status == 404
        case .answered(.error(let error), let head):
            // A method that does not exist is 404 too, and says so.
            head.status == 404 && error["code"]?.int != RPCError.Code.methodNotFound.rawValue
        case .answered, .failed: false
        }
    }

    /// Some servers say 400 of a session they do not know. That can mean something else, so the next call gets a new
    /// session and this one is not sent again.
    private static func hintsSessionIsGone(_ ending: Ending) -> Bool {
        guard case .status(let head, _) = ending else { return false }
        return head.status == 400
    }

    /// Whether an ending casts doubt on what was agreed.
    func learn(from ending: Ending, on route: Route?) {
        guard route != nil else { return }
        let isStale =
            switch ending {
            case .status(let head, _): head.status == 404
            case .failed(let failure): failure.kind == .unreachable || failure.kind == .closed
            case .answered(.error(let error), _): Self.isAboutTheEra(error)
            case .answered(.result, _): false
            }
        if isStale { core.agreement { $0.forgetStanding() } }
    }

    /// -32020 and -32022 are about this house's headers and version, not about what the client asked.
    private static func isAboutTheEra(_ error: JSON) -> Bool {
        let code = error["code"]?.int
        return code == RPCError.Code.headerMismatch.rawValue || code == RPCError.Code.unsupportedVersion.rawValue
    }

    private func answer(_ receiver: any UpstreamReceiver, _ ending: Ending, era: Era) {
        switch ending {
        case .answered(.error(let error), _) where Self.isAboutTheEra(error):
            receiver.failed(
                UpstreamFailure(.unsupported, "the server no longer speaks the revision agreed on", error: error))
        case .answered(let outcome, _):
            receiver.answered(UpstreamReply(outcome: outcome, era: era))
        case .status, .failed:
            if let failure = ending.failure { receiver.failed(failure) }
        }
    }
}
