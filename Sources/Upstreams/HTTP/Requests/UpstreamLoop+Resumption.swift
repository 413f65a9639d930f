import Gateway
import MCPMessages
import NIOCore

/// Going on with answers whose streams broke off.
///
/// Revision 2025-11-25, "Streamable HTTP", "Resumability and Redelivery": a server may end a stream at will, and what is
/// left of it is fetched with `GET` and `Last-Event-ID`. The request itself is never sent again.
extension UpstreamLoop {
    /// Has the rest of an answer fetched later; false when the server has given nothing to go on with.
    func resume(_ exchange: Exchange) -> Bool {
        guard case .question = exchange.request, !exchange.hasEnded, !isShutDown,
            case .legacy(let session)? = exchange.route, !session.isEventStream
        else { return false }
        let heard = exchange.reader.lastEventID
        let retry = exchange.reader.retry ?? exchange.resumption?.retry
        guard let lastEventID = heard ?? exchange.resumption?.lastEventID else { return false }
        // A stream that only names itself has said nothing.
        let failures = exchange.reader.hasSpoken ? 0 : (exchange.resumption?.failures ?? -1) + 1
        let wait = core.pace.wait(
            retry: retry, failures: failures, longest: core.pace.longestForAnswers, chance: .random(in: 0...1))
        exchange.resumption = Resumption(lastEventID: lastEventID, retry: retry, failures: failures)
        exchange.breakOff()
        let id = exchange.id
        loop.assumeIsolated().scheduleTask(in: wait) {
            guard let exchange = self.exchanges[id], case .awaitingResumption = exchange.stage else { return }
            self.pool.dispatch(exchange)
        }
        return true
    }

    /// The server answers a resumption with something else than the stream.
    func isNotResumed(_ exchange: Exchange, _ head: ResponseHead) -> Exchange.Next {
        if head.status >= 500, resume(exchange) { return .done }
        if head.status == 404, case .question(let question) = exchange.request, let session = exchange.route?.session {
            lost(session, of: question.scope)
        }
        exchange.fail(
            UpstreamFailure(.closed, "the stream ended before the answer, and status \(head.status) after it"))
        return .done
    }
}
