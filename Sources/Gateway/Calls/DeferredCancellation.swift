import Synchronization

/// A cancellation that is handed out before it is known what there will be to cancel.
final class DeferredCancellation: Sendable {
    private enum State {
        case waiting
        case known(Cancellation)
        case cancelled
    }

    private let state = Mutex(State.waiting)

    var isCancelled: Bool {
        state.withLock { if case .cancelled = $0 { true } else { false } }
    }

    /// Says what there is to cancel; cancels it at once where that was already asked for.
    func become(_ cancellation: Cancellation) {
        let isCancelled = state.withLock { state in
            if case .cancelled = state { return true }
            state = .known(cancellation)
            return false
        }
        if isCancelled { cancellation.cancel() }
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
