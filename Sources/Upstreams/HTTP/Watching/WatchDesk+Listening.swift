import Gateway
import MCPMessages
import NIOCore
import WireJSON

/// Watching a modern server.
extension WatchDesk {
    func join(_ watch: Watch) {
        var uncovered: [WatchItem: Set<Int>] = [:]
        for item in watch.items {
            guard let number = coverage[item], let listening = listenings[number] else {
                uncovered[item] = [watch.id]
                continue
            }
            listening.watchers[item, default: []].insert(watch.id)
            if !listening.isTaken { watch.pending.insert(.listening(number)) }
        }
        if !uncovered.isEmpty {
            let listening = Listening(number: core.nextID(), scope: watch.scope, watchers: uncovered)
            listenings[listening.number] = listening
            for item in uncovered.keys { coverage[item] = listening.number }
            watch.pending.insert(.listening(listening.number))
            start(listening)
        }
        if watch.pending.isEmpty { watch.settle(nil) }
    }

    func leaveListenings(_ watch: Watch) {
        for item in watch.items {
            guard let number = coverage[item], let listening = listenings[number] else { continue }
            listening.watchers[item]?.remove(watch.id)
            guard listening.watchers[item]?.isEmpty ?? false else { continue }
            listening.watchers[item] = nil
            coverage[item] = nil
            if listening.watchers.isEmpty { stop(listening) }
        }
    }

    private func stop(_ listening: Listening) {
        listenings[listening.number] = nil
        guard let exchange = listening.exchange else { return }
        listening.exchange = nil
        // Closing the stream is the word (revision 2026-07-28, "Cancellation").
        owner.cancel(exchange)
    }

    private func start(_ listening: Listening) {
        let id = core.nextID()
        listening.exchange = id
        let params = UpstreamParams(
            listening.params, members: .call, clientCapabilities: Array("{}".utf8), clientInfo: core.clientInfo)
        let method = "subscriptions/listen"
        let body = MessageWriter.request(
            method, params: params.bytes(for: .modern, progressToken: nil), id: .integer(id))
        let sink = StreamSink(
            opened: {}, heard: { message, _ in self.heard(message, on: listening) },
            ended: { ending, _, retry in
                if listening.exchange == id { self.ended(listening, ending, retry: retry) }
            })
        let wait = TimeAmount(core.timeouts.start)
        owner.post(
            .message(body, method: method), id: id, on: .modern, within: wait, expectsAnswer: true, to: .stream(sink))
        later(wait) {
            guard listening.exchange == id, !listening.comeback.isUp else { return }
            self.owner.giveUp(id, UpstreamFailure(.timedOut, "the server does not acknowledge the subscription"))
        }
    }

    private func heard(_ message: Message, on listening: Listening) {
        // A modern server may send no request (revision 2026-07-28, "Streamable HTTP").
        guard case .notification(let notification) = message, listenings[listening.number] === listening else { return }
        if notification.method == "notifications/subscriptions/acknowledged" { return acknowledged(listening) }
        if let kind = ListKind(changeNotification: notification.method) { return core.onEvent(.changed(kind)) }
        core.onEvent(.notification(notification))
    }

    private func acknowledged(_ listening: Listening) {
        guard !listening.comeback.isUp else { return }
        listening.comeback.stands(since: .now())
        if listening.isTaken {
            // What changed while nobody listened is not told again.
            for case .list(let kind) in listening.watchers.keys { core.onEvent(.changed(kind)) }
        }
        listening.isTaken = true
        for id in listening.allWatchers { watches[id]?.came(.listening(listening.number)) }
    }

    private func ended(_ listening: Listening, _ ending: Ending, retry: Int?) {
        listening.exchange = nil
        owner.learn(from: ending, on: .modern)
        guard listening.isTaken else {
            let failure = Self.refusal(ending)
            for id in listening.allWatchers { if let watch = watches[id] { end(watch, failure) } }
            return
        }
        startLater(listening, retry: retry)
    }

    private func startLater(_ listening: Listening, retry: Int?) {
        let wait = listening.comeback.ended(at: .now(), retry: retry, pace: core.pace)
        later(wait) { self.startAnew(listening.number) }
    }

    private func startAnew(_ number: Int) {
        guard let listening = listenings[number], listening.exchange == nil else { return }
        agree(on: listening.scope) { desk, route in
            guard let listening = desk.listenings[number], listening.exchange == nil else { return }
            switch route {
            case .success(.legacy): desk.move(listening.allWatchers)
            case .success(.modern), .success(.opening): desk.start(listening)
            case .failure: desk.startLater(listening, retry: nil)
            }
        }
    }

    /// Why a subscription was not taken.
    static func refusal(_ ending: Ending) -> UpstreamFailure {
        if case .answered(.error(let error), _) = ending {
            let isUnknown = error["code"]?.int == RPCError.Code.methodNotFound.rawValue
            return UpstreamFailure(isUnknown ? .unsupported : .refused, "the server refuses it", error: error)
        }
        return ending.failure ?? UpstreamFailure(.unsupported, "the server ends the subscription at once")
    }
}
