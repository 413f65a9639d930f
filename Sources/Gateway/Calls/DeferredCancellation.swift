import Synchronization

/// A cancellation that is handed out before it is known what there will be to cancel.
final class DeferredCancellation: Sendable {
    private enum State {
        case waiting
        case known(Cancellation)
        case cancelled
    }

    private let state = Mutex(State.waiting)
    private let isHeld = Mutex(false)

    var isCancelled: Bool {
        state.withLock { if case .cancelled = $0 { true } else { false } }
    }

    /// Whether it is known what there is to cancel, and it was not cancelled.
    var isKnown: Bool {
        state.withLock { if case .known = $0 { true } else { false } }
    }

    /// Says what there is to cancel; cancels it at once where that was already asked for.
    func become(_ cancellation: Cancellation) {
        let isCancelled = state.withLock { state in
            if case .cancelled = state { return true }
            state = .known(cancellation)
            return false
        }
        if isCancelled { return cancellation.cancel() }
        if isHeld.withLock({ $0 }) { cancellation.hold(true) }
    }

    /// Holds what there is to be held, or will be, back; or lets it go on.
    func hold(_ hold: Bool) {
        isHeld.withLock { $0 = hold }
        let known = state.withLock { if case .known(let cancellation) = $0 { cancellation } else { Cancellation.none } }
        known.hold(hold)
    }

    func cancel() {
        let known = state.withLock { state in
            defer { state = .cancelled }
            if case .known(let cancellation) = state { return cancellation }
            return Cancellation.none
        }
        known.cancel()
    }
}
