import Synchronization

/// Holds a script's answers back until a test lets them go.
final class HTTPServerGate: Sendable {
    private enum State {
        case shut([@Sendable () -> Void])
        case open
    }

    private let state = Mutex(State.shut([]))

    func whenOpen(_ body: @escaping @Sendable () -> Void) {
        let isOpen = state.withLock { state in
            guard case .shut(let held) = state else { return true }
            state = .shut(held + [body])
            return false
        }
        if isOpen { body() }
    }

    func open() {
        let held = state.withLock { state in
            defer { state = .open }
            guard case .shut(let held) = state else { return [] as [@Sendable () -> Void] }
            return held
        }
        for body in held { body() }
    }
}
