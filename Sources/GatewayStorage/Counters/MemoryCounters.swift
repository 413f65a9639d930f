import Synchronization

/// Counters of this process only: limits hold while it lives and start anew when it does.
public final class MemoryCounters: CounterStore {
    private let clock: WallClock
    private let state = Mutex(Reserved())

    public init(clock: @escaping WallClock) {
        self.clock = clock
    }

    public func reserve(
        _ requests: [BlockRequest], returning: [ReturnedAmount]
    ) async throws(StorageError) -> BlockAnswer {
        let now = clock()
        return state.withLock { state in
            state.takeBack(returning)
            var blocks: [Block] = []
            var refused = LongestWait()
            for (index, request) in requests.enumerated() {
                let grid = BucketGrid(for: request.key)
                let bucket = grid.bucket(at: now)
                let nearby = state.amounts(near: bucket, grid: grid, of: request.key)
                let room = request.max - nearby.reduce(0) { $0 + $1.amount }
                if let amount = BlockGrant.amount(for: request, room: room) {
                    blocks.append(Block(bucket: bucket, amount: amount, end: grid.end(of: bucket)))
                } else {
                    refused.add(
                        index,
                        BlockGrant.wait(for: request.need, max: request.max, amounts: nearby, grid: grid, now: now))
                }
            }
            if let answer = refused.answer { return answer }
            for (request, block) in zip(requests, blocks) {
                state.amounts[request.key, default: [:]][block.bucket, default: 0] += block.amount
                state.forgetPassed(of: request.key, at: now)
            }
            state.forgetPassed(at: now)
            return .granted(blocks, at: now)
        }
    }

    public func giveBack(_ returning: [ReturnedAmount]) async throws(StorageError) {
        state.withLock { $0.takeBack(returning) }
    }

    public func total(of key: CounterKey) async throws(StorageError) -> Int64 {
        let grid = BucketGrid(for: key)
        let bucket = grid.bucket(at: clock())
        return state.withLock { $0.amounts(near: bucket, grid: grid, of: key).reduce(0) { $0 + $1.amount } }
    }
}

/// What is reserved of every counter.
private struct Reserved {
    /// In millionths, by bucket.
    var amounts: [CounterKey: [Int64: Int64]] = [:]
    /// When to look for counters that nothing is reserved of any more: once their number has doubled.
    private var crowd = 1024

    func amounts(
        near bucket: Int64, grid: BucketGrid, of key: CounterKey
    ) -> [(bucket: Int64, amount: Int64)] {
        let neighbours = grid.neighbours(of: bucket)
        return (amounts[key] ?? [:]).compactMap { neighbours.contains($0.key) ? ($0.key, $0.value) : nil }
    }

    mutating func takeBack(_ returning: [ReturnedAmount]) {
        for item in returning {
            guard let reserved = amounts[item.key]?[item.bucket] else { continue }
            amounts[item.key]?[item.bucket] = reserved > item.amount ? reserved - item.amount : nil
        }
    }

    /// Drops the counter's passed buckets.
    mutating func forgetPassed(of key: CounterKey, at now: WallTime) {
        let grid = BucketGrid(for: key)
        let oldest = grid.oldestKept(at: grid.bucket(at: now))
        guard let buckets = amounts[key], buckets.count > 2 * grid.reach + 2 || buckets.keys.allSatisfy({ $0 < oldest })
        else { return }
        let kept = buckets.filter { $0.key >= oldest }
        amounts[key] = kept.isEmpty ? nil : kept
    }

    /// Drops passed counters, but only when there are twice as many counters as after the last time.
    mutating func forgetPassed(at now: WallTime) {
        guard amounts.count >= crowd else { return }
        for key in Array(amounts.keys) { forgetPassed(of: key, at: now) }
        crowd = max(1024, 2 * amounts.count)
    }
}
