/// How large blocks are: the arithmetic every counter store and the ledger share.
public enum BlockGrant {
    /// What to wish for beside a need of `need` under a limit of `max` (both in millionths): a whole number of calls
    /// like this one, as many as fit into a 64th of the limit, at least this one.
    ///
    /// Limits of up to 64 such calls are thus reserved call by call, and are exact among processes.
    public static func want(need: Int64, max limit: Int64) -> Int64 {
        let calls = min(limit / StorageBounds.blockFraction / need, StorageBounds.callsPerBlock)
        return need * max(1, calls)
    }

    /// What to grant of `room`: the wish, or less the nearer the limit's end, never less than the need. Nil: no room.
    public static func amount(for request: BlockRequest, room: Int64) -> Int64? {
        guard room >= request.need else { return nil }
        let share = room / StorageBounds.roomFraction / request.need * request.need
        return max(request.need, min(request.want, share))
    }

    /// How long until `need` fits under `max`, when `amounts` (bucket, millionths) are what is reserved in the
    /// neighbourhood of the bucket that `now` lies in, and nothing is added; nil when it never does.
    public static func wait(
        for need: Int64, max limit: Int64, amounts: [(bucket: Int64, amount: Int64)], grid: BucketGrid, now: WallTime
    ) -> Duration? {
        guard need <= limit else { return nil }
        var total = amounts.reduce(0) { $0 + $1.amount }
        for (bucket, amount) in amounts.sorted(by: { $0.bucket < $1.bucket }) {
            if total <= limit - need { break }
            total -= amount
            if total <= limit - need {
                return max(.zero, now.duration(to: grid.end(of: bucket + grid.reach)))
            }
        }
        return .zero
    }
}
