public import PolicyEngine

/// How a window is cut into buckets, and which of them lie within one window of each other. Every counter store cuts
/// alike, so that several of them mean the same.
///
/// - `sliding`: buckets of a sixtieth of the window. Two moments at most a window apart are at most 60 buckets apart,
///   so while any 61 buckets in a row hold no more than the limit, no span as long as the window does.
/// - `calendar`: one bucket for each period, counted from 1970 in UTC; months are the calendar's.
public struct BucketGrid: Sendable, Equatable {
    /// Buckets in a sliding window.
    static let slices: Int64 = 60

    private enum Cut: Equatable {
        /// Buckets of `period / slices` milliseconds: not always a whole number, so only their product is used.
        case even(period: Int64, slices: Int64)
        case months
    }

    private let cut: Cut
    /// How many buckets before the present one still count: 60, or 0 for `calendar`.
    public let reach: Int64

    /// Longest window in seconds, a hundred years; a longer one counts as this.
    static let longestWindow: Int64 = 3_155_760_000

    public init(window: LimitWindow, alignment: LimitAlignment) {
        switch (window, alignment) {
        case (.month, _):
            (cut, reach) = (.months, 0)
        case (.seconds(let seconds), .sliding):
            (cut, reach) = (.even(period: Self.milliseconds(seconds), slices: Self.slices), Self.slices)
        case (.seconds(let seconds), .calendar):
            (cut, reach) = (.even(period: Self.milliseconds(seconds), slices: 1), 0)
        }
    }

    public init(for key: CounterKey) {
        self.init(window: key.window, alignment: key.alignment)
    }

    /// The bucket that `time` lies in.
    public func bucket(at time: WallTime) -> Int64 {
        switch cut {
        case .even(let period, let slices): (time.milliseconds * slices).dividedDown(by: period)
        case .months: CalendarMonth(containing: time).index
        }
    }

    /// The first moment of a bucket, which is the end of the one before.
    public func start(of bucket: Int64) -> WallTime {
        switch cut {
        case .even(let period, let slices):
            WallTime(milliseconds: -(-(bucket * period)).dividedDown(by: slices))
        case .months: CalendarMonth(index: bucket).start
        }
    }

    /// The first moment after a bucket.
    public func end(of bucket: Int64) -> WallTime {
        start(of: bucket + 1)
    }

    /// The buckets that share a window with `bucket`. Those after it are there when the clock was set back, and count:
    /// what was reserved in them may be used within the same window.
    public func neighbours(of bucket: Int64) -> ClosedRange<Int64> {
        bucket - reach...bucket + reach
    }

    /// Buckets before this one can be forgotten: with a window to spare, in case the clock is set back.
    public func oldestKept(at bucket: Int64) -> Int64 {
        bucket - 2 * reach - 1
    }

    /// The moment after which nothing counted in `bucket` or before it matters any more.
    public func forgotten(after bucket: Int64) -> WallTime {
        end(of: bucket + reach + 1)
    }

    private static func milliseconds(_ seconds: Int64) -> Int64 {
        max(1, min(seconds, longestWindow)) * 1000
    }
}

extension Int64 {
    /// The quotient rounded towards minus infinity, so that moments before 1970 fall into buckets as later ones do.
    func dividedDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
