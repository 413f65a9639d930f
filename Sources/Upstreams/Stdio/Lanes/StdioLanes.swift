import Gateway
import MCPMessages
import NIOCore

/// The conversations of one server, who shares one, and what the server's era is. Confined to the loop.
final class StdioLanes {
    enum Key: Hashable {
        /// The era is not known: everybody waits for the one child that finds it out.
        case undetermined
        /// Everybody's, of a modern server.
        case shared
        /// One owner's, of a legacy server; of a server of both eras, a legacy client's.
        case own(StdioOwner)
        /// The one client's, whose era is followed.
        case followed
    }

    private let settings: StdioSettings
    private var lanes: [Key: StdioLane] = [:]
    private var children = 0
    private var goodbyes: [EventLoopPromise<Void>] = []
    private var isOver = false
    /// The era the server was found to speak, modern where it speaks both; forgotten where a start fails, and found out
    /// again.
    private(set) var era: Era?
    /// Whether a modern server has turned a legacy client's handshake down.
    private var refusesHandshake = false
    /// Whether a modern server has taken one.
    private var speaksBoth = false

    init(_ settings: StdioSettings) { self.settings = settings }

    func take(_ ask: StdioAsk) {
        guard !isOver else {
            ask.failUnwritten(UpstreamFailure(.closed, "the server is being shut down"))
            return
        }
        var key = key(for: ask.scope)
        if let lane = lanes[key] { return lane.take(ask) }
        // A lane without a child is worth keeping only for its back-off, and not without end.
        lanes = lanes.filter { !$0.value.isForgettable }
        // Without room for a process of its own, a legacy client is served by everybody's; which has to have room too.
        if case .own = key, era == .modern, lanes.count + 1 >= settings.limits.children || !makeRoom(for: key) {
            key = .shared
            if let lane = lanes[key] { return lane.take(ask) }
        }
        guard lanes.count < settings.limits.children, makeRoom(for: key) else {
            ask.failUnwritten(UpstreamFailure(.busy, "the server has as many conversations as it may have"))
            return
        }
        let lane = StdioLane(key: key, lanes: self, settings: settings)
        lanes[key] = lane
        lane.take(ask)
    }

    /// One principal's conversations are few, whatever its clients declare: the one longest unused makes room.
    private func makeRoom(for key: Key) -> Bool {
        guard case .own(let owner) = key else { return true }
        let own = lanes.values.filter { lane in
            guard case .own(let other) = lane.key else { return false }
            return other.principal == owner.principal
        }
        guard own.count >= settings.limits.childrenPerPrincipal else { return true }
        guard let idle = own.filter(\.isIdle).min(by: { $0.lastUse < $1.lastUse }) else { return false }
        retire(idle)
        return true
    }

    func cancel(_ id: Int) {
        for lane in lanes.values where lane.cancel(id) { return }
    }

    func notify(_ notification: Message.Notification, for scope: UpstreamScope) {
        lanes[key(for: scope)]?.notify(notification)
    }

    func shutDown(_ promise: EventLoopPromise<Void>) {
        goodbyes.append(promise)
        if !isOver {
            isOver = true
            for lane in lanes.values { lane.finish(UpstreamFailure(.closed, "the server is being shut down")) }
            let longest = TimeAmount(settings.limits.longestGoodbye)
            settings.loop.assumeIsolated().scheduleTask(in: longest) { self.sayGoodbye() }
        }
        if children == 0 { sayGoodbye() }
    }

    private func key(for scope: UpstreamScope) -> Key {
        if settings.followsClientEra { return .followed }
        let own = Key.own(StdioOwner(scope))
        switch era {
        case .modern: return scope.clientEra == .legacy && !refusesHandshake ? own : .shared
        case .legacy: return own
        case nil: break
        }
        // Whoever is there serves meanwhile.
        let hasOwn = lanes[own]?.isLive ?? false
        if hasOwn, scope.clientEra == .legacy || !speaksBoth { return own }
        return lanes[.shared]?.isLive ?? false ? .shared : .undetermined
    }

    // MARK: What lanes tell

    /// Whether another child may be had.
    var mayAddChild: Bool { !isOver && children < settings.limits.children }

    func childAdded() { children += 1 }

    func childRemoved() {
        children -= 1
        if isOver, children == 0 { sayGoodbye() }
    }

    /// A lane's child has come up: the lane gets its place by the era, and those it was not for are sent on.
    ///
    /// - Parameter scope: on whose behalf it was initialized.
    func settled(_ lane: StdioLane, as era: Era, for scope: UpstreamScope) {
        guard !settings.followsClientEra else { return }
        switch era {
        case .modern:
            self.era = .modern
            let legacy =
                refusesHandshake
                ? []
                : lane.requests.removeWaiting { $0.scope.clientEra == .legacy }
                    + lane.removeWatches { $0.clientEra == .legacy }
            lane.isUnwanted && !legacy.isEmpty ? retire(lane) : place(lane, at: .shared)
            for ask in legacy { take(ask) }
        case .legacy:
            if case .own = lane.key {
                speaksBoth = speaksBoth || self.era == .modern
                self.era = self.era ?? (speaksBoth ? nil : .legacy)
                return
            }
            self.era = .legacy
            speaksBoth = false
            let owner = StdioOwner(scope)
            let others =
                lane.requests.removeWaiting { StdioOwner($0.scope) != owner }
                + lane.removeWatches { StdioOwner($0) != owner }
            lane.isUnwanted ? retire(lane) : place(lane, at: .own(owner))
            for ask in others { take(ask) }
        }
    }

    /// A modern server turned the handshake of a lane's legacy client down: it and those like it are served with everybody.
    func declinedHandshake(_ lane: StdioLane) {
        refusesHandshake = true
        let asks = lane.requests.removeWaiting { _ in true } + lane.removeWatches { _ in true }
        retire(lane)
        for ask in asks { take(ask) }
    }

    /// A start has failed: what was known of the server may hold no more.
    func startFailed() {
        era = nil
        refusesHandshake = false
    }

    /// The lane's child has gone.
    func rested(_ lane: StdioLane) {
        if lane.isForgettable, lanes[lane.key] === lane { lanes[lane.key] = nil }
    }

    private func place(_ lane: StdioLane, at key: Key) {
        guard lane.key != key else { return }
        if let other = lanes[key], other.isLive {
            // Both came up at once; one is enough.
            let asks = lane.requests.removeWaiting { _ in true } + lane.removeWatches { _ in true }
            retire(lane)
            for ask in asks { other.take(ask) }
            return
        }
        if lanes[lane.key] === lane { lanes[lane.key] = nil }
        lane.key = key
        lanes[key] = lane
    }

    private func retire(_ lane: StdioLane) {
        if lanes[lane.key] === lane { lanes[lane.key] = nil }
        lane.finish(UpstreamFailure(.closed, "the process made room for another"))
    }

    private func sayGoodbye() {
        let promises = goodbyes
        goodbyes = []
        lanes = [:]
        for promise in promises { promise.succeed() }
    }
}
