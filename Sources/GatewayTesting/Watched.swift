import Synchronization

/// A value that one thread changes and another waits for: tests wait for what they expect, never for a time to pass.
public final class Watched<Value: Sendable>: Sendable {
    private struct Waiter: Sendable {
        let isMet: @Sendable (Value) -> Bool
        let continuation: CheckedContinuation<Value?, Never>
    }

    private struct State: Sendable {
        var value: Value
        var waiters: [Int: Waiter] = [:]
        /// Those that were given up before they began to wait.
        var abandoned: Set<Int> = []
        var nextWaiter = 0
    }

    private let state: Mutex<State>

    public init(_ value: Value) { state = Mutex(State(value: value)) }

    public var value: Value { state.withLock { $0.value } }

    /// Changes the value and lets go on whoever waited for what it has become.
    @discardableResult
    public func change<Result: Sendable>(_ change: @Sendable (inout Value) -> Result) -> Result {
        let (result, met) = state.withLock { state in
            let result = change(&state.value)
            let value = state.value
            let met = state.waiters.filter { $0.value.isMet(value) }
            for key in met.keys { state.waiters[key] = nil }
            return (result, met.values.map { ($0.continuation, value) })
        }
        for (continuation, value) in met { continuation.resume(returning: value) }
        return result
    }

    /// The value, once it is as wished.
    ///
    /// - Throws: ``WaitedTooLong`` where it is not within the deadline.
    @discardableResult
    public func value(
        within deadline: Duration = .seconds(30), where isMet: @escaping @Sendable (Value) -> Bool
    ) async throws -> Value {
        let found = await withTaskGroup(of: Value?.self) { group in
            group.addTask { await self.wait(isMet) }
            group.addTask {
                try? await Task.sleep(for: deadline)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard let found else { throw WaitedTooLong(last: "\(value)") }
        return found
    }

    private func wait(_ isMet: @escaping @Sendable (Value) -> Bool) async -> Value? {
        let key = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Value?? = state.withLock { state in
                    if isMet(state.value) { return state.value }
                    if state.abandoned.remove(key) != nil { return Optional<Value>.none }
                    state.waiters[key] = Waiter(isMet: isMet, continuation: continuation)
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                let waiter = state.waiters.removeValue(forKey: key)
                if waiter == nil { state.abandoned.insert(key) }
                return waiter
            }
            waiter?.continuation.resume(returning: nil)
        }
    }
}

/// What was waited for did not come about.
public struct WaitedTooLong: Error, CustomStringConvertible {
    public let last: String

    public init(last: String) { self.last = last }

    public var description: String { "waited too long; the last value was \(last)" }
}
