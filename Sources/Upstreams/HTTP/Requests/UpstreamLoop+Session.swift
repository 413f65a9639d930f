import Gateway
import MCPMessages
import NIOCore
import Synchronization
import WireJSON

/// What a legacy server says in a session outside the streams of its requests. It lands on the loop that watches; what it
/// belongs to may be under way on any.
extension UpstreamLoop {
    func heard(_ message: Message, in session: Session, of scope: UpstreamScope) {
        switch message {
        case .notification(let notification): heard(notification, in: session, of: scope)
        case .request(let request): asked(request, in: session)
        case .response(let response): if session.isEventStream { answered(response, in: session) }
        }
    }

    private func heard(_ notification: Message.Notification, in session: Session, of scope: UpstreamScope) {
        if let kind = ListKind(changeNotification: notification.method) { return core.onEvent(.changed(kind)) }
        switch notification.method {
        case "notifications/progress":
            guard let token = notification.params?["progressToken"].flatMap(RequestID.init),
                let id = session.names.withLock({ $0.number(ofToken: token) })
            else { return }
            everywhere { home in
                guard let exchange = home.exchanges[id], exchange.route?.session === session else { return }
                home.heard(notification, during: exchange)
            }
        case "notifications/cancelled":
            guard let id = notification.params?["requestId"].flatMap(RequestID.init) else { return }
            everywhere { home in
                for exchange in home.exchanges.values
                where exchange.route?.session === session && exchange.serverRequests.waits(id) {
                    home.heard(notification, during: exchange)
                }
            }
        default: core.onEvent(.told(notification, principal: scope.principal))
        }
    }

    /// A request that came with no question: it is put to the newest open one of the session.
    private func asked(_ request: Message.Request, in session: Session) {
        if request.method == "ping" { return send(MessageWriter.result(Array("{}".utf8), id: request.id), in: session) }
        Self.ask(request, in: session, core.homes[...], newest: nil)
    }

    /// Looks for the newest open question on one loop after the other.
    private static func ask(
        _ request: Message.Request, in session: Session, _ homes: ArraySlice<Home>, newest: (id: Int, home: Home)?
    ) {
        if let home = homes.first {
            home.execute { loop in
                let here = loop.exchanges.values.filter { $0.isQuestion && $0.route?.session === session }
                var newest = newest
                if let id = here.map(\.id).max(), id > newest?.id ?? 0 { newest = (id, home) }
                let rest = homes.dropFirst()
                if rest.isEmpty, newest == nil { return loop.decline(request, in: session) }
                ask(request, in: session, rest, newest: newest)
            }
        } else if let newest {
            newest.home.execute { loop in
                guard let exchange = loop.exchanges[newest.id] else { return loop.decline(request, in: session) }
                loop.asked(request, during: exchange)
            }
        }
    }

    private func answered(_ response: Message.Response, in session: Session) {
        guard let named = response.id, let id = session.names.withLock({ $0.number(ofID: named) }) else { return }
        everywhere { home in
            guard let exchange = home.exchanges[id], exchange.route?.session === session else { return }
            exchange.answered(response)
        }
    }

    /// Runs `body` on every loop of the upstream.
    func everywhere(_ body: @escaping @Sendable (UpstreamLoop) -> Void) {
        for home in core.homes { home.execute(body) }
    }
}
