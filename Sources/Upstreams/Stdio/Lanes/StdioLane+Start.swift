import Gateway
import MCPMessages
import NIOCore
import WireJSON

// How a lane's child comes up: the wait for its turn, the spawn, the handshake.
extension StdioLane {
    /// Starts a child, or says to those in line why not.
    func startWhenPossible() {
        guard let scope = requests.first?.scope ?? watching.watches.first?.scope else {
            stage = .resting
            return
        }
        guard departing == nil else {
            stage = .pausing(nil)
            return
        }
        let wait = backoff.wait(at: loop.now)
        guard wait <= TimeAmount(limits.restartPatience) else {
            failWaiting(UpstreamFailure(.unreachable, "the process keeps failing and is left alone for a while"))
            return rest(wait)
        }
        guard wait == .zero else {
            stage = .pausing(after(wait) { self.startWhenPossible() })
            return
        }
        guard lanes.mayAddChild else {
            failWaiting(UpstreamFailure(.busy, "the server has as many processes as it may have"))
            return rest(TimeAmount(limits.rewatch))
        }
        let limit = after(TimeAmount(settings.timeouts.start)) { self.startTookTooLong() }
        spawn(StdioHandshake(plan(for: scope)), for: scope, firstQuestion: nil, limit: limit)
    }

    /// Without a child; one that is watched is started for that once the time has come.
    private func rest(_ wait: TimeAmount) {
        stage = watching.watches.isEmpty ? .resting : .pausing(after(wait) { self.startWhenPossible() })
    }

    /// Goes through a handshake with a child that already runs.
    func begin(_ plan: StdioHandshake.Plan, on child: StdioChild, for scope: UpstreamScope) {
        let limit = after(TimeAmount(settings.timeouts.start)) { self.startTookTooLong() }
        var start = Start(child: child, handshake: StdioHandshake(plan), scope: scope, limit: limit)
        let step = start.handshake.begin()
        perform(step, start)
    }

    func started(_ child: StdioChild) {
        guard case .starting(var start) = stage, start.child === child else { return }
        let step = start.firstQuestion.map { start.handshake.ask($0) } ?? start.handshake.begin()
        perform(step, start)
    }

    /// The client has given the probe up and asks to `initialize`: so be it, and no other is sent to probe again.
    func fallBack(_ start: Start, for scope: UpstreamScope) {
        var start = start
        start.scope = scope
        if start.questions.values.contains(.discover), refusedEras[.modern] == nil {
            refusedEras[.modern] = UpstreamFailure(.unsupported, "the server does not answer `server/discover`")
        }
        let step = start.handshake.clientFellBack()
        perform(step, start)
    }

    /// The answer to a question of the handshake; false where it is none.
    func handshakeAnswered(_ id: Int, _ outcome: Message.Response.Outcome) -> Bool {
        guard case .starting(var start) = stage, let question = start.questions.removeValue(forKey: id) else {
            return false
        }
        let step = start.handshake.answered(question, outcome)
        perform(step, start)
        return true
    }

    /// The child on its way up has ended.
    func handshakeLost(_ start: Start, _ lastWords: String) {
        var start = start
        start.questions = [:]
        let step = start.handshake.childEnded(lastWords)
        perform(step, start, hasEnded: true)
    }

    private func perform(_ step: StdioHandshake.Step, _ start: Start, hasEnded: Bool = false) {
        var start = start
        switch step {
        case .wait:
            stage = .starting(start)
        case .ask(let question):
            ask(question, &start)
            stage = .starting(start)
        case .restart(let question):
            start.probe?.cancel()
            guard lanes.mayAddChild else {
                return startFailed(start, UpstreamFailure(.busy, "no process may be added"))
            }
            spawn(start.handshake, for: start.scope, firstQuestion: question, limit: start.limit)
        case .settled(let description):
            settled(start, description)
        case .declined(let failure):
            declined(start, failure, hasEnded: hasEnded)
        case .failed(let failure):
            startFailed(start, failure)
        }
    }

    private func spawn(
        _ handshake: StdioHandshake, for scope: UpstreamScope, firstQuestion: StdioHandshake.Question?,
        limit: Scheduled<Void>
    ) {
        let child = StdioChild(lane: self, settings: settings)
        stage = .starting(
            Start(child: child, handshake: handshake, scope: scope, firstQuestion: firstQuestion, limit: limit))
        lanes.childAdded()
        let life = StdioLifetime(
            command: settings.command, limits: limits, warden: settings.warden,
            child: NIOLoopBound(child, eventLoop: loop))
        guard settings.nursery.start(life) else {
            child.failedToStart(UpstreamFailure(.unreachable, "processes are no longer started"))
            return
        }
    }

    private func plan(for scope: UpstreamScope) -> StdioHandshake.Plan {
        guard settings.followsClientEra else {
            // What has a lane of its own at a modern server is a legacy client's.
            if case .own = key, lanes.era == .modern { return .initializeOnly }
            return lanes.era == .legacy ? .initialize : .probe
        }
        if refusedEras[.legacy] != nil { return .discoverOnly }
        return scope.clientEra == .modern && refusedEras[.modern] == nil ? .discoverOnly : .initialize
    }

    private func ask(_ question: StdioHandshake.Question, _ start: inout Start) {
        let id = settings.ids.next()
        start.questions[id] = question
        switch question {
        case .discover:
            start.child.send(HandshakeMessages.discover(id: id, clientInfo: settings.clientInfo))
            limitProbe(&start)
        case .initialize:
            if start.handshake.isOnTrial { limitProbe(&start) }
            // Whoever waited for the probe first may have left meanwhile.
            if case .undetermined = key, let first = requests.first { start.scope = first.scope }
            start.child.send(
                HandshakeMessages.initialize(
                    id: id, capabilities: start.scope.capabilities,
                    clientInfo: start.scope.clientInfo ?? settings.clientInfo))
        }
    }

    private func limitProbe(_ start: inout Start) {
        start.probe?.cancel()
        start.probe = after(TimeAmount(limits.probe)) { self.probeTimedOut() }
    }

    private func probeTimedOut() {
        guard case .starting(var start) = stage else { return }
        let step = start.handshake.probeTimedOut()
        perform(step, start)
    }

    private func startTookTooLong() {
        guard case .starting(let start) = stage else { return }
        startFailed(start, UpstreamFailure(.timedOut, "the process did not answer its first question in time"))
    }

    // MARK: Endings of a start

    private func settled(_ start: Start, _ description: UpstreamDescription) {
        cancelTimers(start)
        stage = .ready(start.child, description)
        backoff.cameUp(at: loop.now)
        declared = description.version.era == .legacy ? start.scope.capabilities : .none
        refusedEras[description.version.era] = nil
        if settings.followsClientEra {
            if let refusal = start.handshake.refusals[.discover] { refusedEras[.modern] = refusal }
            if let refusal = start.handshake.refusals[.initialize] { refusedEras[.legacy] = refusal }
        }
        if description.version.era == .legacy { start.child.send(HandshakeMessages.initialized) }
        lanes.settled(self, as: description.version.era, for: start.scope)
        watchAgain()
        startOrWrite()
        watchIdleness()
    }

    /// For a client whose era is followed and which falls back by itself: the child is kept for that. Elsewhere the
    /// server's legacy clients are served with everybody else.
    private func declined(_ start: Start, _ failure: UpstreamFailure, hasEnded: Bool) {
        cancelTimers(start)
        guard settings.followsClientEra else {
            if hasEnded { stage = .resting }
            return lanes.declinedHandshake(self)
        }
        if hasEnded {
            backoff.failed(at: loop.now)
            stage = .resting
        } else {
            refusedEras[.modern] = failure
            stage = .declined(start.child)
        }
        for ask in requests.removeWaiting(where: { $0.scope.clientEra == .modern }) { ask.failUnwritten(failure) }
        guard let next = requests.first else { return }
        hasEnded ? startWhenPossible() : begin(.initialize, on: start.child, for: next.scope)
    }

    func startFailed(_ start: Start, _ failure: UpstreamFailure) {
        cancelTimers(start)
        depart(start.child, atOnce: true)
        backoff.failed(at: loop.now)
        lanes.startFailed()
        failWaiting(failure)
        startIfWatched()
    }

    /// A child that is watched is started again by itself.
    func startIfWatched() {
        if case .resting = stage, !watching.watches.isEmpty { startWhenPossible() }
    }

    func cancelTimers(_ start: Start) {
        start.limit.cancel()
        start.probe?.cancel()
    }

    func failWaiting(_ failure: UpstreamFailure) {
        for ask in requests.removeWaiting(where: { _ in true }) { ask.failUnwritten(failure) }
    }
}
