public import MCPMessages
import WireJSON

extension CallLine {
    /// Takes what a server says outside any request.
    ///
    /// A change of its lists is told to every client that listens, and its tools are compared with what was accepted. A
    /// change of a resource is told to those who watch it. Anything else reaches the principal it was said to, or a client
    /// that hears everything.
    public func heard(_ event: UpstreamEvent, from server: String) {
        switch event {
        case .changed(let kind): changed(kind, at: server)
        case .notification(let notification): heard(notification, from: server, principal: nil)
        case .told(let notification, let principal): heard(notification, from: server, principal: principal)
        }
    }

    private func changed(_ kind: ListKind, at server: String) {
        switch changes.passage(of: kind, at: server) {
        case .no: return
        case .now: tell(kind, at: server)
        case .later:
            _ = slowLane.submit { [self] in
                try? await Task.sleep(for: ChangeGate.interval)
                changes.released(kind, at: server)
                tell(kind, at: server)
            }
        }
        guard kind == .tools, let changed = configuration.current.servers[server] else { return }
        _ = slowLane.submit { [acceptance] in
            for era in [Era.modern, .legacy] where acceptance.isEstablished(server, in: era) {
                await acceptance.review(
                    changed, for: UpstreamScope(principal: UpstreamScope.house.principal, clientEra: era))
            }
        }
    }

    private func heard(_ notification: Message.Notification, from server: String, principal: String?) {
        func concerns(_ other: String) -> Bool { principal.map { $0.utf8.elementsEqual(other.utf8) } ?? true }
        let message = MessageWriter.notification(
            notification.method, params: notification.params.map { Array($0.bytes) } ?? [])
        let uri = notification.method == "notifications/resources/updated" ? notification.params?["uri"]?.utf8 : nil
        conversations.tell(message) { conversation in
            guard conversation.server == server, concerns(conversation.principalID) else { return false }
            if let uri { return conversation.watches(uri) || conversation.hearsEverything }
            switch notification.method {
            case "notifications/message": return principal != nil && conversation.wants(log: notification)
            case "notifications/elicitation/complete": return principal != nil
            default: return conversation.hearsEverything
            }
        }
        guard let uri else { return }
        for subscription in subscriptions.all(where: {
            $0.server == server && concerns($0.principal) && $0.resources.contains(uri)
        }) {
            subscription.tell(notification.method, notification.params)
        }
    }

    /// Tells listening clients that the policy before a server, or the server itself, is another.
    public func tellListsChanged(at server: String) {
        for kind in [ListKind.tools, .prompts, .resources] { tell(kind, at: server) }
    }

    /// Tells listening clients that what they may see of a server has changed: its list, or the policy before it.
    public func tell(_ kind: ListKind, at server: String) {
        let method = kind.changeNotification
        conversations.tell(MessageWriter.notification(method, params: [UInt8]())) { $0.server == server }
        for subscription in subscriptions.all(where: { $0.server == server && $0.lists.contains(kind) }) {
            subscription.tell(method, nil)
        }
    }
}

extension UpstreamScope {
    /// The house itself: scans and reviews.
    public static let house = UpstreamScope(principal: "gatehouse", clientEra: .modern)
}
