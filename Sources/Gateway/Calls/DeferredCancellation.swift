import Synchronization

/// A cancellation that is handed out before it is known what there will be to cancel.
final class DeferredCancellation: Sendable {
    private enum Stage {
        case waiting
        case known(Cancellation)
        case cancelled
    }

    private struct State {
        var stage = Stage.waiting
        var isHeld = false
    }

    private let state = Mutex(State())

    var isCancelled: Bool {
        state.withLock { if case .cancelled = $0.stage { true } else { false } }
    }

    /// Whether it is known what there is to cancel, and it was not cancelled.
    var isKnown: Bool {
        state.withLock { if case .known = $0.stage { true } else { false } }
    }

    /// Says what there is to cancel; cancels it at once where that was already asked for.
    func become(_ cancellation: Cancellation) {
        let (isCancelled, isHeld) = state.withLock { state in
            if case .cancelled = state.stage { return (true, false) }
            state.stage = .known(cancellation)
            return (false, state.isHeld)
        }
        if isCancelled { return cancellation.cancel() }
        if isHeld { tell(cancellation, true) }
    }

    /// Holds what there is to be held, or will be, back; or lets it go on.
    func hold(_ hold: Bool) {
        let known: Cancellation? = state.withLock { state in
            state.isHeld = hold
            if case .known(let cancellation) = state.stage { return cancellation }
            return nil
        }
        if let known { tell(known, hold) }
    }

    /// Tells it outside the lock, and again until what was told last is what holds: on another thread it may have been told
    /// otherwise meanwhile.
    private func tell(_ cancellation: Cancellation, _ hold: Bool) {
        var (told, wanted) = (hold, hold)
        repeat {
            told = wanted
            cancellation.hold(told)
            wanted = state.withLock { $0.isHeld }
        } while wanted != told
    }

    func cancel() {
        let known = state.withLock { state in
            defer { state.stage = .cancelled }
            if case .known(let cancellation) = state.stage { return cancellation }
            return Cancellation.none
        }
        known.cancel()
    }
}
