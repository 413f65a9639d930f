public import PolicyEngine

/// How a window is cut into buckets, and which of them lie within one window of each other. Every counter store cuts
/// alike, so that several of them mean the same.
///
/// - `sliding`: buckets of a sixtieth of the window. Two moments at most a window apart are at most 60 buckets apart,
///   so while any 61 buckets in a row hold no more than the limit, no span as long as the window does.
/// - `calendar`: one bucket for each period, counted from 1970 in the policy's time zone. Months are the calendar's,
///   and days begin when the zone's clocks first show midnight, so they are 23 or 25 hours long where clocks are set.
///   Windows shorter than a day keep to the zone's standard time all year.
public struct BucketGrid: Sendable, Equatable {
    /// Buckets in a sliding window.
    static let slices: Int64 = 60

    private enum Cut: Equatable {
        /// Buckets of `period / slices` milliseconds: not always a whole number, so only their product is used. They
        /// begin `lead` milliseconds before UTC's.
        case even(period: Int64, slices: Int64, lead: Int64)
        /// Some days each, of a zone other than UTC.
        case days(Int64, Zone)
        case months(Zone)
    }

    private let cut: Cut
    /// How many buckets before the present one still count: 60, or 0 for `calendar`.
    public let reach: Int64

    /// Longest window in seconds, a hundred years; a longer one counts as this.
    static let longestWindow: Int64 = 3_155_760_000

    public init(window: LimitWindow, alignment: LimitAlignment, zone: Zone? = nil) {
        let zone = zone ?? .utc
        switch (window, alignment) {
        case (.month, _):
            (cut, reach) = (.months(zone), 0)
        case (.seconds(let seconds), .sliding):
            let period = Self.milliseconds(seconds)
            (cut, reach) = (.even(period: period, slices: Self.slices, lead: 0), Self.slices)
        case (.seconds(let seconds), .calendar):
            let period = Self.milliseconds(seconds)
            if zone == .utc || period % Self.day != 0 {
                (cut, reach) = (.even(period: period, slices: 1, lead: zone.standardOffset * 1000), 0)
            } else {
                (cut, reach) = (.days(period / Self.day, zone), 0)
            }
        }
    }

    public init(for key: CounterKey) {
        self.init(window: key.window, alignment: key.alignment, zone: key.zone)
    }

    /// The bucket that `time` lies in.
    public func bucket(at time: WallTime) -> Int64 {
        switch cut {
        case .even(let period, let slices, let lead):
            ((time.milliseconds + lead) * slices).dividedDown(by: period)
        case .days(let days, let zone):
            began(zone.local(time).milliseconds.dividedDown(by: days * Self.day), before: time)
        case .months(let zone):
            began(CalendarMonth(containing: zone.local(time)).index, before: time)
        }
    }

    /// The bucket that clocks show, or the one after it: where clocks have been set back over its start, it has begun.
    private func began(_ bucket: Int64, before time: WallTime) -> Int64 {
        start(of: bucket + 1) <= time ? bucket + 1 : bucket
    }

    /// The first moment of a bucket, which is the end of the one before.
    public func start(of bucket: Int64) -> WallTime {
        switch cut {
        case .even(let period, let slices, let lead):
            WallTime(milliseconds: -(-(bucket * period)).dividedDown(by: slices) - lead)
        case .days(let days, let zone):
            zone.moment(clocksReach: WallTime(milliseconds: bucket * days * Self.day))
        case .months(let zone):
            zone.moment(clocksReach: CalendarMonth(index: bucket).start)
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

    private static let day: Int64 = 86_400_000

    private static func milliseconds(_ seconds: Int64) -> Int64 {
        max(1, min(seconds, longestWindow)) * 1000
    }
}

extension Zone {
    /// What the zone's clocks show, as if it were UTC.
    fileprivate func local(_ time: WallTime) -> WallTime {
        let offset = offset(at: time.milliseconds.dividedDown(by: 1000))
        return WallTime(milliseconds: time.milliseconds + offset * 1000)
    }

    /// When the zone's clocks first show a time, given as if it were UTC.
    fileprivate func moment(clocksReach local: WallTime) -> WallTime {
        WallTime(milliseconds: firstMoment(clocksReach: local.milliseconds / 1000) * 1000)
    }

    /// How far clocks are ahead of UTC when they are not set forward for the summer.
    fileprivate var standardOffset: Int64 {
        changes.suffix(2).map(\.offset).min() ?? firstOffset
    }
}

extension Int64 {
    /// The quotient rounded towards minus infinity, so that moments before 1970 fall into buckets as later ones do.
    func dividedDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
