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
        case .request(let request): answer(request, of: child)
        }
    }

    private func received(_ response: Message.Response) {
        // An answer to nothing that is open, late or invented, is nobody's.
        guard case .integer(let id) = response.id else { return }
        if handshakeAnswered(id, response.outcome) { return }
        guard case .ready(_, let description) = stage, let open = requests.removeOpen(id) else { return }
        lastUse = loop.now
        open.receiver.answered(UpstreamReply(outcome: response.outcome, era: description.version.era))
        startOrWrite()
    }

    private func received(_ notification: Message.Notification) {
        switch notification.method {
        case "notifications/progress":
            guard let token = notification.params?["progressToken"]?.int,
                let open = requests.progressed(token, at: loop.now)
            else { return }
            open.receiver.notified(notification)
        case "notifications/tools/list_changed":
            toolsChanged()
        default:
            if events.admits(at: loop.now) { settings.onEvent(.notification(notification)) }
        }
    }

    /// However fast a server says it, the last change is told: who lists then sees what is.
    private func toolsChanged() {
        guard heldToolsChange == nil else { return }
        if events.admits(at: loop.now) {
            settings.onEvent(.changed(.tools))
        } else {
            heldToolsChange = after(.seconds(1)) {
                self.heldToolsChange = nil
                self.settings.onEvent(.changed(.tools))
            }
        }
    }

    /// What servers ask of clients (roots, sampling, elicitation) is not had here; `ping` is.
    private func answer(_ request: Message.Request, of child: StdioChild) {
        // A child that asks and does not read is not written to without end.
        guard child.isReceptive else { return }
        switch request.method {
        case "ping": child.send(MessageWriter.result("{}".utf8, id: request.id))
        default:
            child.send(
                MessageWriter.error(RPCError(.methodNotFound, "the gateway answers no such request"), id: request.id))
        }
    }

    private func unreadable(_ id: Int, _ reason: String) {
        guard let open = requests.removeOpen(id) else { return }
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
