import Gateway
import MCPMessages
import NIOCore
import WireJSON

// What a lane's child says.
extension StdioLane {
    func received(_ line: IncomingLine, from child: StdioChild, _ bytes: [UInt8]) {
        guard speaks(child) else { return }
        switch line {
        case .message(let message): received(message, from: child)
        case .batch(let messages):
            for message in messages { received(message, from: child) }
        case .noise(let reason): child.madeNoise(bytes, reason)
        case .unreadable(let id, let reason):
            child.madeNoise(bytes, reason)
            unreadable(id, reason)
        }
    }

    func mayWrite(to child: StdioChild) {
        guard case .ready(let current, _) = stage, current === child else { return }
        startOrWrite()
    }

    private func received(_ message: Message, from child: StdioChild) {
        switch message {
        case .response(let response): received(response)
        case .notification(let notification): received(notification)
        case .request(let request): asked(request, by: child)
        }
    }

    private func received(_ response: Message.Response) {
        // An answer to nothing that is open, late or invented, is nobody's.
        guard let named = response.id, let id = requests.number(ofID: named) else { return }
        if handshakeAnswered(id, response.outcome) { return }
        if watchAnswered(id, response.outcome) { return }
        guard case .ready(_, let description) = stage, let open = close(id, isAnswered: true) else { return }
        lastUse = loop.now
        open.receiver.answered(UpstreamReply(outcome: response.outcome, era: description.version.era))
        startOrWrite()
    }

    private func received(_ notification: Message.Notification) {
        switch notification.method {
        case "notifications/progress":
            guard let token = notification.params?["progressToken"].flatMap(RequestID.init),
                let id = requests.number(ofToken: token), let open = requests.progressed(id, at: loop.now)
            else { return }
            open.receiver.notified(notification)
        case "notifications/message":
            logged(notification)
        case "notifications/cancelled":
            if !listenEnded(notification) { questionTakenBack(notification) }
        case "notifications/subscriptions/acknowledged":
            listenAcknowledged(notification)
        default:
            guard isListenedTo(notification) else { return }
            if let kind = ListKind(changeNotification: notification.method) {
                tell(.changed(kind), as: .list(kind))
            } else {
                tell(
                    event(notification),
                    as: notification.method == "notifications/resources/updated"
                        ? notification.params?["uri"]?.utf8.map(StdioEvents.Key.resource) : nil)
            }
        }
    }

    /// What a server logs while it works on a call goes that call's way. Where several are at work for different
    /// principals, whose it is cannot be told, and nobody is shown what may be another's.
    private func logged(_ notification: Message.Notification) {
        guard let call = requests.newestCall else { return tell(event(notification), as: nil) }
        if requests.haveOnePrincipal { call.receiver.notified(notification) }
    }

    /// A notification as it is told outside any request: in whose conversation it was said, where it is one's own.
    private func event(_ notification: Message.Notification) -> UpstreamEvent {
        guard case .own(let owner) = key else { return .notification(notification) }
        return .told(notification, principal: String(decoding: owner.principal, as: UTF8.self))
    }

    func tell(_ event: UpstreamEvent, as key: StdioEvents.Key?) {
        if events.admits(key, event, at: loop.now) { return settings.onEvent(event) }
        guard heldEvents == nil, events.holdsAny else { return }
        heldEvents = after(.seconds(1)) {
            self.heldEvents = nil
            for event in self.events.takeHeld() { self.settings.onEvent(event) }
        }
    }

    private func unreadable(_ id: Int, _ reason: String) {
        guard let id = requests.number(ofID: .integer(id)) else { return }
        if watchUnreadable(id, reason) { return }
        guard let open = close(id, isAnswered: true) else { return }
        open.receiver.failed(UpstreamFailure(.unreadable, reason))
        startOrWrite()
    }

    /// Whether the child is the one this lane converses with.
    private func speaks(_ child: StdioChild) -> Bool {
        switch stage {
        case .ready(let current, _), .declined(let current): current === child
        case .starting(let start): start.child === child
        case .resting, .pausing, .over: false
        }
    }
}
