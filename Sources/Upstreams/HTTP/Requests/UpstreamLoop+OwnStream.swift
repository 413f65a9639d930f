import Gateway
import MCPMessages
import NIOCore
import Synchronization

/// The stream on which a legacy server speaks outside requests, kept while calls are open in its session: what it asks there
/// belongs to one of them (revision 2025-11-25, "Listening for Messages from the Server").
extension UpstreamLoop {
    /// Has the stream kept during a call; whether the call is sent only once it is known what becomes of the stream.
    ///
    /// A legacy client listens itself if it wants to. A modern one cannot, so that for one that can be asked for anything the
    /// stream is there before its call is: a server that has nobody to ask waits in vain.
    func hearsFirst(_ exchange: Exchange) -> Bool {
        guard case .question(let question) = exchange.request, case .receiver = exchange.sink,
            let session = exchange.route?.session, !session.isEventStream, exchange.countedIn == nil,
            !session.hasNoStream.load(ordering: .relaxed)
        else { return false }
        let isAskable = question.scope.clientEra == .modern && question.scope.capabilities.isAskable
        guard isAskable || core.answersGET.load(ordering: .relaxed) else { return false }
        session.openCalls.add(1, ordering: .relaxed)
        exchange.countedIn = session
        let scope = question.scope
        guard isAskable, let watchHome = core.watchHome else {
            if !session.isWatched.load(ordering: .relaxed) {
                core.watchHome?.execute { $0.desk.keepStream(of: session, for: scope) }
            }
            return false
        }
        let here = NIOLoopBound(self, eventLoop: loop)
        let id = exchange.id
        watchHome.execute { home in
            home.desk.keepStream(of: session, for: scope) { here.execute { $0.heardFirst(id) } }
        }
        // Whatever becomes of the stream, the call goes on.
        loop.assumeIsolated().scheduleTask(in: HTTPLimits.streamOpening) { self.heardFirst(id) }
        return true
    }

    /// Sends a call that waited for the stream; at the first word only.
    private func heardFirst(_ id: Int) {
        guard let exchange = exchanges[id], case .awaitingRoute = exchange.stage, exchange.route != nil,
            exchange.countedIn != nil
        else { return }
        exchange.stage = .awaitingConnection
        dispatch(exchange)
    }
}
