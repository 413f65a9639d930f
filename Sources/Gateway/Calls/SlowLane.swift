/// Where work goes that must wait for something outside the process: a counter reservation, a scan, a durable write.
///
/// A plain call never comes here. Jobs run concurrently as children of `run`, which is one structured task of the
/// program; the number waiting is bounded, and over it `submit` says no.
public struct SlowLane: Sendable {
    public typealias Job = @Sendable () async -> Void

    private let jobs: AsyncStream<Job>
    private let entrance: AsyncStream<Job>.Continuation

    public init() {
        (jobs, entrance) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(GatewayLimits.slowLaneJobs))
    }

    /// Hands a job over; false when too many wait or the lane is closed, and then the job will not run.
    public func submit(_ job: @escaping Job) -> Bool {
        if case .enqueued = entrance.yield(job) { true } else { false }
    }

    /// Runs jobs until `close`, then waits for those begun.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for await job in jobs { group.addTask { await job() } }
        }
    }

    public func close() { entrance.finish() }
}
