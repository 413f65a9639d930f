import Gateway
import MCPMessages
import NIOCore

/// Keeps an upstream's watchers, on one event loop for all of them, however they are served.
final class WatchDesk {
    unowned let owner: UpstreamLoop
    var watches: [Int: Watch] = [:]
    var listenings: [Int: Listening] = [:]
    /// Which listening asks for an item.
    var coverage: [WatchItem: Int] = [:]
    var sessions: [SessionKey: WatchedSession] = [:]
    var isClosed = false

    init(owner: UpstreamLoop) { self.owner = owner }

    var core: UpstreamCore { owner.core }

    func watch(_ watch: Watch) {
        guard !isClosed else { return watch.settle(Self.shuttingDown) }
        guard watches.count < HTTPLimits.watches, watch.items.count <= HTTPLimits.watchedResources else {
            return watch.settle(UpstreamFailure(.busy, "too much is watched", wroteNothing: true))
        }
        watches[watch.id] = watch
        place(watch)
    }

    /// Ends a watch; one that has not been settled is now.
    func cancel(_ id: Int) {
        guard let watch = watches[id] else { return }
        end(watch, UpstreamFailure(.cancelled, "cancelled"))
    }

    func end(_ watch: Watch, _ failure: UpstreamFailure) {
        watches[watch.id] = nil
        detach(watch)
        watch.settle(failure)
    }

    func close() {
        isClosed = true
        let all = watches.values
        watches = [:]
        listenings = [:]
        coverage = [:]
        sessions = [:]
        for watch in all { watch.settle(Self.shuttingDown) }
    }

    /// Has a watch served the way that is agreed with the server.
    func place(_ watch: Watch) {
        let id = watch.id
        agree(on: watch.scope) { desk, route in
            guard let watch = desk.watches[id] else { return }
            switch route {
            case .failure(let failure): desk.end(watch, failure)
            case .success(.legacy(let session)): desk.join(watch, in: session)
            case .success(.modern), .success(.opening): desk.join(watch)
            }
        }
    }

    /// Calls back with the route that is agreed for a scope, at once where it is known.
    func agree(
        on scope: UpstreamScope, _ then: @escaping @Sendable (WatchDesk, Result<Route, UpstreamFailure>) -> Void
    ) {
        let step = core.agreement { ledger in
            ledger.step(for: scope) {
                self.owner.waiter { home, failure in
                    if let failure { then(home.desk, .failure(failure)) } else { home.desk.agree(on: scope, then) }
                }
            }
        }
        switch step {
        case .go(let route): then(self, .success(route))
        case .wait: break
        case .probe: owner.probe()
        case .initialize: owner.initialize(scope)
        case .refuse(let failure): then(self, .failure(failure))
        }
    }

    /// Takes a watch out of whatever serves it, and ends what serves nobody else.
    func detach(_ watch: Watch) {
        leaveListenings(watch)
        leaveSession(watch)
    }

    /// Has watches served anew, the server being another than it was.
    func move(_ ids: Set<Int>) {
        for watch in ids.sorted().compactMap({ watches[$0] }) {
            detach(watch)
            watch.pending = []
            place(watch)
        }
    }

    /// Runs `body` on this loop after a while, unless everything has ended.
    func later(_ wait: TimeAmount, _ body: @escaping () -> Void) {
        let owner = self.owner
        owner.loop.assumeIsolated().scheduleTask(in: wait) {
            withExtendedLifetime(owner) { if !self.isClosed { body() } }
        }
    }

    static var shuttingDown: UpstreamFailure { UpstreamFailure(.closed, "shutting down", wroteNothing: true) }
}
