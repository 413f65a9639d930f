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
        if kind == .tools { review(server) }
        later(changes, kind, at: server) { [self] in tell(kind, at: server, isServers: true) }
    }

    /// Tells a change through a gate: at once, or together with those that follow close behind the last.
    func later(_ gate: ChangeGate, _ kind: ListKind, at server: String, _ tell: @escaping @Sendable () -> Void) {
        switch gate.passage(of: kind, at: server) {
        case .no: return
        case .now: tell()
        case .later:
            let isTaken = slowLane.submit(after: GatewayLimits.changeGathering) {
                gate.released(kind, at: server)
                tell()
            }
            guard !isTaken else { return }
            gate.released(kind, at: server)
            tell()
        }
    }

    /// Has a server's tools compared with what was accepted, as clients of each era see them.
    private func review(_ slug: String) {
        if reviews.begins(at: slug) { review(slug, after: .zero) }
    }

    private func review(_ slug: String, after wait: Duration) {
        let isTaken = slowLane.submit(after: wait) { [self] in
            guard reviews.isDue(at: slug) else { return }
            guard let server = configuration.current.servers[slug] else { return reviews.gaveUp(at: slug) }
            for era in [Era.modern, .legacy] where acceptance.isSettled(slug, in: era) {
                await acceptance.review(
                    server, for: UpstreamScope(principal: UpstreamScope.house.principal, clientEra: era))
            }
            // However fast a server changes, it is not asked faster.
            review(slug, after: GatewayLimits.reviewPause)
        }
        if !isTaken { reviews.gaveUp(at: slug) }
    }

    /// Tells those concerned, as their grants are now: a conversation or subscription may be older than the policy.
    private func heard(_ notification: Message.Notification, from server: String, principal: String?) {
        let snapshot = configuration.current
        let isOfResource = notification.method == "notifications/resources/updated"
        let updated = isOfResource ? notification.params?["uri"]?.utf8.flatMap { try? Asked(resource: $0) } : nil
        func reaches(_ other: Principal) -> Bool {
            guard principal.map({ $0.utf8.elementsEqual(other.id.utf8) }) ?? true,
                let access = snapshot.access(of: other, to: server)
            else { return false }
            return updated.map { isWatchable($0, access, other, at: server) } ?? !isOfResource
        }
        func isWatching(_ conversation: Conversation) -> Bool {
            conversation.server == server && reaches(conversation.principal)
                && updated.map { conversation.watches($0.name) } ?? false
        }
        // What a server says in a principal's own session without being asked is for that session's clients.
        let isUnasked = updated != nil && principal != nil && !conversations.contains(where: isWatching)
        let message = MessageWriter.notification(
            notification.method, params: notification.params.map { Array($0.bytes) } ?? [])
        conversations.tell(message) { conversation in
            guard conversation.server == server else { return false }
            let isWanted =
                switch notification.method {
                case "notifications/resources/updated":
                    isUnasked || conversation.hearsEverything
                        || updated.map { conversation.watches($0.name) } ?? false
                case "notifications/message": principal != nil && conversation.wants(log: notification)
                case "notifications/elicitation/complete": principal != nil
                default: conversation.hearsEverything
                }
            return isWanted && reaches(conversation.principal)
        }
        guard let updated else { return }
        for subscription in subscriptions.all(where: {
            $0.server == server && !$0.isRelayed && $0.resources.contains(updated.name) && reaches($0.principal)
        }) {
            subscription.tell(notification.method, notification.params)
        }
    }

    /// Tells listening clients that the policy before a server, or the server itself, is another.
    public func tellListsChanged(at server: String) {
        for kind in [ListKind.tools, .prompts, .resources] { tell(kind, at: server) }
    }

    /// Tells listening clients that what they may see of a server has changed: its list, or the policy before it.
    public func tell(_ kind: ListKind, at server: String) { tell(kind, at: server, isServers: false) }

    /// - Parameter isServers: whether the server has said so; it has told those that it tells itself.
    private func tell(_ kind: ListKind, at server: String, isServers: Bool) {
        let method = kind.changeNotification
        let snapshot = configuration.current
        conversations.tell(MessageWriter.notification(method, params: [UInt8]())) {
            $0.server == server && snapshot.access(of: $0.principal, to: server) != nil
        }
        for subscription in subscriptions.all(where: {
            $0.server == server && $0.lists.contains(kind) && !(isServers && $0.isRelayed)
                && snapshot.access(of: $0.principal, to: server) != nil
        }) {
            subscription.tell(method, nil)
        }
    }
}

extension UpstreamScope {
    /// The house itself: scans and reviews.
    public static let house = UpstreamScope(principal: "gatehouse", clientEra: .modern)
}
