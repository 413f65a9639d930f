import Synchronization

/// Where work goes that must wait for something outside the process: a counter reservation, a scan, a durable write.
///
/// A plain call never comes here. Jobs run concurrently, as children of `run`, which is one structured task of the program.
/// Those that were handed over and have not ended are bounded, whether they run or wait for `run` to take them; over the
/// bound `submit` says no.
public struct SlowLane: Sendable {
    public typealias Job = @Sendable () async -> Void

    private let jobs: AsyncStream<Job>
    private let entrance: AsyncStream<Job>.Continuation
    private let load = Load()
    private let closing = Closing()

    public init() {
        // INVARIANT: never longer than `load` allows.
        (jobs, entrance) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    /// Hands a job over; false when too many have not ended or the lane is closed, and then the job will not run.
    ///
    /// - Parameter wait: how long the job is put off; no longer than until the lane closes.
    public func submit(after wait: Duration = .zero, _ job: @escaping Job) -> Bool {
        guard load.begin() else { return false }
        let isTaken = entrance.yield { [load, closing] in
            if wait > .zero { await closing.arrives(within: wait) }
            await job()
            load.end()
        }
        if case .enqueued = isTaken { return true }
        load.end()
        return false
    }

    /// Runs jobs until `close`, then waits for those begun; of those that were put off none is any longer.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for await job in jobs { group.addTask(operation: job) }
        }
    }

    public func close() {
        entrance.finish()
        closing.arrive()
    }
}

/// How many jobs were handed over and have not ended.
private final class Load: Sendable {
    private let jobs = Atomic<Int>(0)

    /// False where one more would be too many.
    func begin() -> Bool {
        guard jobs.add(1, ordering: .relaxed).newValue <= GatewayLimits.slowLaneJobs else {
            end()
            return false
        }
        return true
    }

    func end() { jobs.subtract(1, ordering: .relaxed) }
}

/// The end of the lane, for those that wait for something else meanwhile.
private final class Closing: Sendable {
    private struct State {
        var isClosed = false
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var last = 0
    }

    private let state = Mutex(State())

    /// Returns when the lane closes, or after a while.
    func arrives(within wait: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(for: wait) }
            group.addTask { await self.arrives() }
            await group.next()
            group.cancelAll()
        }
    }

    func arrive() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume() }
    }

    private func arrives() async {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    // Cancelled before it was noted, it would never be found.
                    if state.isClosed || Task.isCancelled { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
        }
    }
}
