import Gateway
import MCPMessages
import NIOCore

/// What is sent without waiting for what it does.
extension UpstreamLoop {
    /// Passes a client's notification on, after the handshake where there has been none; what becomes of it is not told.
    func relay(_ notification: Message.Notification, for scope: UpstreamScope) {
        let step = core.agreement { ledger in
            ledger.step(for: scope) {
                self.waiter { home, failure in
                    if failure == nil { home.relay(notification, for: scope) }
                }
            }
        }
        switch step {
        case .go(let route): send(notification, on: route)
        case .wait, .refuse: break
        case .probe: probe()
        case .initialize: initialize(scope)
        }
    }

    private func send(_ notification: Message.Notification, on route: Route) {
        var params: [UInt8] = []
        if notification.params != nil {
            // As in the legacy shape: the modern envelope belongs to requests.
            params = UpstreamParams(
                notification.params, members: .transparent, clientCapabilities: [], clientInfo: []
            ).bytes(for: .legacy, progressToken: nil)
        }
        let body = MessageWriter.notification(notification.method, params: params)
        post(
            .message(body, method: notification.method), id: core.nextID(), on: route, within: waitForAcceptance)
    }

    /// Ends legacy sessions; succeeds when each has been answered or has had its time.
    func end(_ sessions: [Session]) -> EventLoopFuture<Void> {
        let done = loop.makePromise(of: Void.self)
        var left = sessions.count
        for session in sessions {
            post(
                .endOfSession(session), id: core.nextID(), on: .legacy(session), within: HTTPLimits.farewell,
                to: .house { _ in
                    left -= 1
                    if left == 0 { done.succeed() }
                })
        }
        if sessions.isEmpty { done.succeed() }
        return done.futureResult
    }
}
