import Synchronization

/// Answers of several servers, asked side by side but no more than a few at once, and told once all are there or patience
/// has run out.
final class Gathering<Part: Sendable>: Sendable {
    /// Asks the server at an index; what it answers is handed on once.
    typealias Ask = @Sendable (_ index: Int, _ answer: @escaping @Sendable (Part) -> Void) -> Cancellation

    private struct State {
        var parts: [Part?]
        var next = 0
        var open = 0
        var answered = 0
        var isAsking = false
        var isTold = false
        var isCancelled = false
        var asked: [DeferredCancellation] = []
    }

    private let state: Mutex<State>
    private let ask: Ask
    private let tell: @Sendable ([Part?]) -> Void
    private let late: @Sendable (Int, Part) -> Void

    /// - Parameters:
    ///   - tell: called once, with each server's part in their order; nil for one that did not come in time.
    ///   - late: called for each part that comes after that, unless all was taken back.
    init(
        _ count: Int, _ ask: @escaping Ask, late: @escaping @Sendable (Int, Part) -> Void = { _, _ in },
        tell: @escaping @Sendable ([Part?]) -> Void
    ) {
        state = Mutex(State(parts: Array(repeating: nil, count: count)))
        self.ask = ask
        self.tell = tell
        self.late = late
    }

    /// Asks as many as may be asked at once; called again by each answer.
    func begin() {
        // An answer can come while its question is still being asked: then this loop goes on, not one within it.
        let isFirst = state.withLock { state in
            defer { state.isAsking = true }
            return !state.isAsking
        }
        guard isFirst else { return }
        while let (index, cancellation) = next() {
            cancellation.become(ask(index) { [self] part in add(part, at: index) })
        }
    }

    private func next() -> (Int, DeferredCancellation)? {
        state.withLock { state in
            guard !state.isTold, state.next < state.parts.count, state.open < GatewayLimits.stackQuestions else {
                state.isAsking = false
                return nil
            }
            defer { (state.next, state.open) = (state.next + 1, state.open + 1) }
            let cancellation = DeferredCancellation()
            state.asked.append(cancellation)
            return (state.next, cancellation)
        }
    }

    private func add(_ part: Part, at index: Int) {
        let (isLate, complete): (Bool, [Part?]?) = state.withLock { state in
            guard !state.isTold else { return (!state.isCancelled, nil) }
            guard state.parts[index] == nil else { return (false, nil) }
            state.parts[index] = part
            state.open -= 1
            state.answered += 1
            guard state.answered == state.parts.count else { return (false, nil) }
            state.isTold = true
            return (false, state.parts)
        }
        if isLate { return late(index, part) }
        if let complete { tell(complete) } else { begin() }
    }

    /// Tells what is there; what comes later is handed on by itself.
    func endPatience() {
        let found: [Part?]? = state.withLock { state in
            guard !state.isTold else { return nil }
            state.isTold = true
            return state.parts
        }
        if let found { tell(found) }
    }

    /// Nobody waits any more: what is under way is taken back, and nothing more is asked for it.
    func cancel() {
        let (asked, found): ([DeferredCancellation], [Part?]?) = state.withLock { state in
            defer { (state.isTold, state.isCancelled) = (true, true) }
            return (state.asked, state.isTold ? nil : state.parts)
        }
        for cancellation in asked { cancellation.cancel() }
        if let found { tell(found) }
    }
}

extension CallLine {
    /// Waits for several servers' parts, but not longer than the line's patience with a stack.
    ///
    /// - Returns: what takes back the questions.
    func gather<Part: Sendable>(
        _ count: Int, _ ask: @escaping Gathering<Part>.Ask,
        late: @escaping @Sendable (Int, Part) -> Void = { _, _ in }, tell: @escaping @Sendable ([Part?]) -> Void
    ) -> Cancellation {
        let (waiting, told) = AsyncStream<Void>.makeStream()
        let gathering = Gathering<Part>(count, ask, late: late) { parts in
            told.finish()
            tell(parts)
        }
        guard count > 0 else {
            gathering.endPatience()
            return .none
        }
        gathering.begin()
        let isTaken = slowLane.submit { [stackPatience] in
            await withDiscardingTaskGroup { group in
                group.addTask {
                    try? await Task.sleep(for: stackPatience)
                    gathering.endPatience()
                }
                for await _ in waiting {}
                group.cancelAll()
            }
        }
        // Without anybody who looks at the time, only what is there at once is told.
        if !isTaken { gathering.endPatience() }
        return Cancellation { gathering.cancel() }
    }
}
