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
        let (snapshot, now) = (configuration.current, clock.secondsSince1970)
        let isOfResource = notification.method == "notifications/resources/updated"
        let updated = isOfResource ? notification.params?["uri"]?.utf8.flatMap { try? Asked(resource: $0) } : nil
        func reaches(_ other: Principal) -> Bool {
            guard principal.map({ $0.utf8.elementsEqual(other.id.utf8) }) ?? true,
                let access = snapshot.access(of: other, to: server, at: now)
            else { return false }
            return updated.map { isWatchable($0, access, other, at: server) } ?? !isOfResource
        }
        func isWatching(_ conversation: Conversation) -> Bool {
            conversation.hears(server) && reaches(conversation.principal)
                && updated.map { conversation.watches($0.name, of: server) } ?? false
        }
        // What a server says in a principal's own session without being asked is for that session's clients.
        let isUnasked = updated != nil && principal != nil && !conversations.contains(where: isWatching)
        let message = MessageWriter.notification(
            notification.method, params: notification.params.map { Array($0.bytes) } ?? [])
        let stacked = (try? JSON(lenient: message)).flatMap { StackAnswering.naming(updated: $0, of: server) }
        conversations.tell { conversation in
            guard conversation.hears(server) else { return nil }
            let isWanted =
                switch notification.method {
                case "notifications/resources/updated":
                    isUnasked || conversation.hearsEverything
                        || updated.map { conversation.watches($0.name, of: server) } ?? false
                case "notifications/message": principal != nil && conversation.wants(log: notification)
                case "notifications/elicitation/complete": principal != nil
                default: conversation.hearsEverything
                }
            guard isWanted, reaches(conversation.principal) else { return nil }
            return conversation.server == Stack.address ? stacked ?? message : message
        }
        guard let updated else { return }
        for subscription in subscriptions.all(where: {
            $0.server == server && !$0.isRelayed && $0.resources.contains(updated.name) && reaches($0.principal)
        }) {
            subscription.tell(notification.method, notification.params)
        }
    }

    /// Tells listening clients that the policies before these servers, or the servers themselves, are others. Whoever
    /// listens to all servers of a grant is told once, also of servers that have come or gone.
    public func tellListsChanged(at servers: some Collection<String>) {
        let changed = Set(servers).union([Stack.address])
        let (snapshot, now) = (configuration.current, clock.secondsSince1970)
        for kind in [ListKind.tools, .prompts, .resources] {
            let message = MessageWriter.notification(kind.changeNotification, params: [UInt8]())
            conversations.tell {
                changed.contains($0.server) && snapshot.reaches($0.server, $0.principal, at: now) ? message : nil
            }
            for subscription in subscriptions.all(where: {
                changed.contains($0.server) && !$0.isPart && $0.lists.contains(kind)
                    && snapshot.reaches($0.server, $0.principal, at: now)
            }) {
                subscription.tell(kind.changeNotification, nil)
            }
        }
    }

    /// Tells listening clients that what they may see of a server has changed: its list, or the policy before it.
    public func tell(_ kind: ListKind, at server: String) { tell(kind, at: server, isServers: false) }

    /// - Parameter isServers: whether the server has said so; it has told those that it tells itself.
    private func tell(_ kind: ListKind, at server: String, isServers: Bool) {
        let method = kind.changeNotification
        let (snapshot, now) = (configuration.current, clock.secondsSince1970)
        let message = MessageWriter.notification(method, params: [UInt8]())
        conversations.tell {
            $0.hears(server) && snapshot.access(of: $0.principal, to: server, at: now) != nil ? message : nil
        }
        for subscription in subscriptions.all(where: {
            $0.server == server && $0.lists.contains(kind) && !(isServers && $0.isRelayed)
                && snapshot.access(of: $0.principal, to: server, at: now) != nil
        }) {
            subscription.tell(method, nil)
        }
    }
}

extension UpstreamScope {
    /// The house itself: scans and reviews.
    public static let house = UpstreamScope(principal: "gatehouse", clientEra: .modern)
}
