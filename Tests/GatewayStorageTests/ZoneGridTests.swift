import GatewayTesting
import PolicyEngine
import Testing

@testable import GatewayStorage

/// Calendar windows in time zones whose clocks are set.
struct ZoneGridTests {
    private static func moment(_ time: String) -> WallTime {
        WallTime(milliseconds: Timestamp(time)!.milliseconds)
    }

    private static func zone(_ name: String, _ first: Int64, _ changes: [(String, Int64)]) -> Zone {
        Zone(
            name: name, firstOffset: first,
            changes: changes.map { Zone.Change(at: Timestamp($0.0)!.seconds, offset: $0.1) })
    }

    static let berlin = zone(
        "Europe/Berlin", 3_600, [("2026-03-29T01:00:00Z", 7_200), ("2026-10-25T01:00:00Z", 3_600)])
    /// Sets its clocks back from midnight to eleven, and forward from midnight to one.
    static let midnight = zone(
        "America/Sao_Paulo", -10_800, [("2026-10-18T03:00:00Z", -7_200), ("2027-02-21T02:00:00Z", -10_800)])
    static let half = zone("Asia/Kolkata", 19_800, [])
    /// Leaves out a whole day.
    static let skipping = zone("Pacific/Apia", -36_000, [("2026-12-30T10:00:00Z", 50_400)])

    @Test("days begin at the zone's midnight, also where they are 23 or 25 hours long")
    func days() {
        let grid = BucketGrid(window: .seconds(86_400), alignment: .calendar, zone: Self.berlin)
        let starts = [
            "2026-03-27T23:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "2026-03-30T22:00:00Z",
        ].map { Self.moment($0) }
        for (start, end) in zip(starts, starts.dropFirst()) {
            let bucket = grid.bucket(at: start)
            #expect(grid.start(of: bucket) == start)
            #expect(grid.end(of: bucket) == end)
            #expect(grid.bucket(at: end.advanced(by: .milliseconds(-1))) == bucket)
        }
        let long = grid.bucket(at: Self.moment("2026-10-25T12:00:00Z"))
        #expect(grid.start(of: long) == Self.moment("2026-10-24T22:00:00Z"))
        #expect(grid.end(of: long) == Self.moment("2026-10-25T23:00:00Z"))
    }

    @Test("months begin at the zone's midnight")
    func months() {
        let grid = BucketGrid(window: .month, alignment: .calendar, zone: Self.berlin)
        let july = grid.bucket(at: Self.moment("2026-07-15T00:00:00Z"))
        #expect(grid.start(of: july) == Self.moment("2026-06-30T22:00:00Z"))
        #expect(grid.end(of: july) == Self.moment("2026-07-31T22:00:00Z"))
    }

    @Test("windows shorter than a day keep to standard time, whole hours being whole hours of the zone")
    func hours() {
        let india = BucketGrid(window: .seconds(3_600), alignment: .calendar, zone: Self.half)
        let bucket = india.bucket(at: Self.moment("2026-07-28T00:45:00Z"))
        #expect(india.start(of: bucket) == Self.moment("2026-07-28T00:30:00Z"))
        let quarter = BucketGrid(window: .seconds(21_600), alignment: .calendar, zone: Self.berlin)
        let summer = quarter.bucket(at: Self.moment("2026-07-28T00:00:00Z"))
        #expect(quarter.start(of: summer) == Self.moment("2026-07-27T23:00:00Z"))
    }

    // INVARIANT of the counters: the longer it is, the later the bucket, and a bucket's own bounds hold it.
    @Test(
        "buckets follow each other without gap, whatever the clocks do",
        arguments: [berlin, midnight, half, skipping, Zone.utc])
    func order(_ zone: Zone) {
        for window in [LimitWindow.seconds(3_600), .seconds(86_400), .seconds(604_800), .month] {
            let grid = BucketGrid(window: window, alignment: .calendar, zone: zone)
            var last = Int64.min
            var time = Self.moment("2026-01-01T00:07:00Z")
            while time < Self.moment("2027-06-01T00:00:00Z") {
                let bucket = grid.bucket(at: time)
                #expect(bucket >= last)
                #expect(grid.start(of: bucket) <= time && time < grid.end(of: bucket))
                last = bucket
                time = time.advanced(by: .seconds(1_800))
            }
        }
    }

    @Test("a calendar limit starts anew at the zone's midnight, and a change of zone is another counter")
    func counting() async throws {
        let clock = ManualClock(at: Self.moment("2026-07-28T21:59:59Z"))
        let store = MemoryCounters(clock: clock.reading)
        func reserve(_ zone: Zone?) async throws -> BlockAnswer {
            let key = CounterKey(
                organisation: "o", server: nil, counter: "c", scope: .organisation, scopeValue: "o",
                window: .seconds(86_400), alignment: .calendar, zone: zone)
            return try await store.reserve([BlockRequest(key: key, max: 1, need: 1, want: 1)], returning: [])
        }
        #expect(try await reserve(Self.berlin).isGranted)
        #expect(try await reserve(Self.berlin) == .exhausted(index: 0, retryAfter: .seconds(1)))
        #expect(try await reserve(nil).isGranted)
        clock.set(to: Self.moment("2026-07-28T22:00:00Z"))
        #expect(try await reserve(Self.berlin).isGranted)
        #expect(try await reserve(nil) == .exhausted(index: 0, retryAfter: .seconds(7_200)))
    }
}

extension BlockAnswer {
    fileprivate var isGranted: Bool {
        if case .granted = self { true } else { false }
    }
}
