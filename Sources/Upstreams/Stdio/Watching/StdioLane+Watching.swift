import Gateway
import MCPMessages
import NIOCore
import WireJSON

// How what a lane's watchers want is had from its child, whichever that is.
extension StdioLane {
    /// Whether it holds nothing that is worth a child.
    var isUnwanted: Bool { requests.first == nil && watching.watches.isEmpty }

    /// Takes a watcher on, for a child that stands ready.
    func begin(_ watch: StdioWatch, for ask: StdioAsk) {
        guard watching.watches.add(ask.id, .init(scope: ask.scope, watch: watch), within: limits) else {
            ask.failUnwritten(UpstreamFailure(.busy, "the server is watched as much as it may be"))
            return
        }
        for address in watch.interest.resources { watching.resources.forgetRefusal(of: address) }
        askForChanges(watch.interest.resources)
        settleTaken()
    }

    /// False where there is no such watcher.
    func stopWatching(_ id: Int) -> Bool {
        guard let entry = watching.watches.remove(id) else { return false }
        entry.watch.settle(UpstreamFailure(.cancelled, "taken back by the client"))
        lastUse = loop.now
        askForChanges(entry.watch.interest.resources)
        return true
    }

    /// Takes watchers out, to be taken on by another lane.
    func removeWatches(where rule: (UpstreamScope) -> Bool) -> [StdioAsk] {
        let removed = watching.watches.remove(where: rule)
        askForChanges(Set(removed.flatMap(\.entry.watch.interest.resources)))
        return removed.map { StdioAsk(id: $0.id, scope: $0.entry.scope, want: .watch($0.entry.watch)) }
    }

    /// A child has come up: it is asked for all that is watched.
    func watchAgain() {
        guard case .ready = stage, !watching.watches.isEmpty else { return }
        askForChanges(watching.watches.interest.resources)
        settleTaken()
        tellMissed()
    }

    /// What is listed may be other things now.
    private func tellMissed() {
        guard watching.hasMissed else { return }
        watching.hasMissed = false
        for kind in [ListKind.tools, .resources, .prompts] { tell(.changed(kind), as: .list(kind)) }
    }

    /// The child is gone. Who was not told yet how it went is told that.
    func watchLost() {
        rewatch?.cancel()
        fail(watching.watches.unsettled, UpstreamFailure(.closed, "the process ended"))
        watching.childLost()
    }

    func endWatching(_ failure: UpstreamFailure) {
        rewatch?.cancel()
        fail(watching.watches.unsettled, failure)
        _ = watching.watches.remove { _ in true }
        watching.childLost()
    }

    // MARK: Asking

    /// Brings what the child is asked for in line with what is wanted.
    ///
    /// - Parameter addresses: those whose watchers have changed.
    private func askForChanges(_ addresses: Set<[UInt8]>) {
        guard case .ready(let child, let description) = stage else { return }
        switch description.version.era {
        case .modern:
            let wanted = watching.watches.interest
            perform(watching.listen.want(wanted, nextID: settings.ids.next), on: child)
        case .legacy:
            for address in addresses {
                let isWanted = watching.watches.wants(address)
                switch watching.resources.want(address, isWanted, nextID: settings.ids.next) {
                case .subscribe(let id, let address): send("resources/subscribe", address, id: id, to: child)
                case .unsubscribe(let id, let address): send("resources/unsubscribe", address, id: id, to: child)
                case nil: break
                }
            }
        }
    }

    private func perform(_ actions: [ListenSubscription.Action], on child: StdioChild) {
        for action in actions {
            switch action {
            case .listen(let id, let interest):
                child.send(WatchMessages.listen(interest, id: id, clientInfo: settings.clientInfo))
                expect(id)
            case .end(let id):
                tellCancelled(.integer(id), "no longer wanted")
            }
        }
    }

    private func send(_ method: String, _ address: [UInt8], id: Int, to child: StdioChild) {
        child.send(WatchMessages.resource(method, address, id: id))
        expect(id)
    }

    /// Being taken has its time; telling of changes has none.
    private func expect(_ id: Int) {
        watching.timers[id] = after(TimeAmount(settings.timeouts.list)) {
            self.tellCancelled(.integer(id), "no answer in time")
            _ = self.settle(id, UpstreamFailure(.timedOut, "the process did not take the subscription in time"))
        }
    }

    // MARK: Answers

    /// The answer to a subscription; false where it is none.
    func watchAnswered(_ id: Int, _ outcome: Message.Response.Outcome) -> Bool {
        switch outcome {
        case .result: settle(id, nil)
        case .error(let error):
            settle(id, UpstreamFailure(.unsupported, "the server refused the subscription", error: error))
        }
    }

    func watchUnreadable(_ id: Int, _ reason: String) -> Bool { settle(id, UpstreamFailure(.unreadable, reason)) }

    /// The server ends a listening of its own accord; false where it names none.
    func listenEnded(_ notification: Message.Notification) -> Bool {
        guard let id = notification.params?["requestId"]?.int, watching.listen.owns(id) else { return false }
        return settle(id, UpstreamFailure(.closed, "the server ended the subscription"))
    }

    func listenAcknowledged(_ notification: Message.Notification) {
        guard case .ready(let child, _) = stage, let id = WatchMessages.subscription(of: notification)?.int,
            let actions = watching.listen.acknowledged(id, honouring: WatchMessages.honoured(notification.params))
        else { return }
        watching.timers.removeValue(forKey: id)?.cancel()
        perform(actions, on: child)
        settleTaken()
        tellMissed()
        askForChanges([])
    }

    /// Whether a notification belongs to a listening of this side's, or does not say that it belongs to any.
    func isListenedTo(_ notification: Message.Notification) -> Bool {
        guard let subscription = WatchMessages.subscription(of: notification) else { return true }
        return subscription.int.map(watching.listen.owns) ?? false
    }

    /// - Parameter failure: nil where the server answered well, which for a listening is its end.
    private func settle(_ id: Int, _ failure: UpstreamFailure?) -> Bool {
        watching.timers.removeValue(forKey: id)?.cancel()
        if watching.listen.owns(id) {
            listenIsOver(id, failure ?? UpstreamFailure(.closed, "the server ended the subscription"))
            return true
        }
        guard let (address, isRefused) = watching.resources.answered(id, isTaken: failure == nil) else { return false }
        if isRefused, let failure {
            fail(unsettled { $0.resources.contains(address) }, failure)
        }
        settleTaken()
        askForChanges([address])
        return true
    }

    private func listenIsOver(_ id: Int, _ failure: UpstreamFailure) {
        watching.hasMissed = watching.hasMissed || watching.listen.taken?.id == id
        if let asked = watching.listen.ended(id) { fail(unsettled { $0.isPart(of: asked.interest) }, failure) }
        // Those who were told that it was taken are asked for again, but not at once: the server may not want.
        rewatch?.cancel()
        rewatch = after(TimeAmount(limits.rewatch)) { self.askForChanges(self.watching.watches.interest.resources) }
        // Whoever came meanwhile does not wait for that.
        if !watching.watches.unsettled.isEmpty { askForChanges([]) }
    }

    // MARK: Watchers

    /// Tells those who get what they want, and those of whose wants a modern server acknowledged nothing.
    private func settleTaken() {
        guard case .ready(_, let description) = stage else { return }
        var refused: Set<Int> = []
        for watcher in watching.watches.unsettled.sorted() {
            guard let wanted = watching.watches[watcher]?.watch.interest else { continue }
            switch description.version.era {
            case .legacy:
                // Of its lists it tells unasked.
                if wanted.resources.allSatisfy(watching.resources.isSubscribed) { watching.watches.settle(watcher) }
            case .modern:
                if wanted.isEmpty {
                    watching.watches.settle(watcher)
                } else if let taken = watching.listen.taken, wanted.isPart(of: taken.interest) {
                    if wanted.overlaps(taken.honoured) {
                        watching.watches.settle(watcher)
                    } else {
                        refused.insert(watcher)
                    }
                }
            }
        }
        fail(refused, UpstreamFailure(.unsupported, "the server tells of nothing that was asked for"))
    }

    private func unsettled(_ rule: (StdioInterest) -> Bool) -> Set<Int> {
        watching.watches.unsettled.filter { watching.watches[$0].map { rule($0.watch.interest) } ?? false }
    }

    private func fail(_ watchers: Set<Int>, _ failure: UpstreamFailure) {
        for id in watchers.sorted() {
            guard let entry = watching.watches.remove(id) else { continue }
            entry.watch.settle(failure)
            askForChanges(entry.watch.interest.resources)
        }
    }
}
