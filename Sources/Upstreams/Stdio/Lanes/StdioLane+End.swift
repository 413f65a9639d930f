import Gateway
import NIOCore

// How a lane's child goes, and the lane itself.
extension StdioLane {
    func failedToStart(_ child: StdioChild, _ failure: UpstreamFailure) {
        lanes.childRemoved()
        if departing === child {
            hasDeparted()
        } else if case .starting(let start) = stage, start.child === child {
            cancelTimers(start)
            stage = .resting
            backoff.failed(at: loop.now)
            lanes.startFailed()
            failWaiting(failure)
            startIfWatched()
        }
    }

    /// The child says nothing any more. What was written to it will not be answered, and is not written again.
    func silent(_ child: StdioChild) {
        switch stage {
        case .ready(let current, _) where current === child: crashed(child, UpstreamFailure(.closed, child.lastWords))
        case .declined(let current) where current === child: depart(child)
        case .starting(let start) where start.child === child:
            // Its end is heard of at once, or brought about; the handshake goes on from there.
            child.leave()
        case .resting, .pausing, .starting, .ready, .declined, .over: break
        }
    }

    /// The child is gone, and its channels.
    func gone(_ child: StdioChild) {
        lanes.childRemoved()
        if departing === child {
            hasDeparted()
        } else if case .starting(let start) = stage, start.child === child {
            handshakeLost(start, child.lastWords)
        }
    }

    /// The child has gone over a bound.
    func offended(_ child: StdioChild, _ failure: UpstreamFailure) {
        switch stage {
        case .ready(let current, _) where current === child: crashed(child, failure, atOnce: true)
        case .declined(let current) where current === child: depart(child, atOnce: true)
        case .starting(let start) where start.child === child: startFailed(start, failure)
        case .resting, .pausing, .starting, .ready, .declined, .over: child.leave(atOnce: true)
        }
    }

    /// Sends the child away; the lane is free for another once it has gone.
    func depart(_ child: StdioChild, atOnce: Bool = false) {
        departing = child.isGone ? nil : child
        stage = .resting
        idleCheck?.cancel()
        questions.forgetAll()
        watchLost()
        child.leave(atOnce: atOnce)
    }

    /// Answers everything and takes nothing more.
    func finish(_ failure: UpstreamFailure) {
        let ending = stage
        stage = .over
        idleCheck?.cancel()
        heldEvents?.cancel()
        questions.forgetAll()
        endWatching(failure)
        switch ending {
        case .pausing(let timer): timer?.cancel()
        case .starting(let start):
            cancelTimers(start)
            departing = start.child
            start.child.leave()
        case .ready(let child, _), .declined(let child):
            departing = child
            child.leave()
        case .resting, .over: break
        }
        for open in requests.removeAllOpen() { open.receiver.failed(failure) }
        failWaiting(failure)
    }

    private func crashed(_ child: StdioChild, _ failure: UpstreamFailure, atOnce: Bool = false) {
        depart(child, atOnce: atOnce)
        backoff.failed(at: loop.now)
        for open in requests.removeAllOpen() { open.receiver.failed(failure) }
        if requests.first != nil || !watching.watches.isEmpty { startWhenPossible() }
    }

    private func hasDeparted() {
        departing = nil
        if case .pausing(nil) = stage { startWhenPossible() }
        lanes.rested(self)
    }

    // MARK: Idleness

    /// Ends an owner's child that nobody has used for long.
    func watchIdleness() {
        guard case .own = key, case .ready = stage else { return }
        let due = lastUse + idleTime
        idleCheck?.cancel()
        idleCheck = after(due - loop.now) { self.endIfIdle() }
    }

    private var idleTime: TimeAmount { TimeAmount(servesClients ? limits.idle : min(limits.idle, limits.houseIdle)) }

    private func endIfIdle() {
        guard case .ready(let child, _) = stage else { return }
        if requests.isEmpty, watching.watches.isEmpty, lastUse + idleTime <= loop.now {
            depart(child)
        } else {
            if !isIdle { lastUse = loop.now }
            watchIdleness()
        }
    }
}
