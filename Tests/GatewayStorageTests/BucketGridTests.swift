import PolicyEngine
import Testing

@testable import GatewayStorage

struct BucketGridTests {
    static let windows: [Int64] = [1, 2, 7, 60, 61, 900, 3600, 86_400, 604_800]

    @Test("two moments at most a sliding window apart are at most 60 buckets apart", arguments: windows)
    func reach(window: Int64) {
        let grid = BucketGrid(window: .seconds(window), alignment: .sliding)
        for start in (-3...3).flatMap({ [Int64($0) * 1_000_003, 1_773_453_566_535 + Int64($0) * 17] }) {
            let apart =
                grid.bucket(at: WallTime(milliseconds: start + window * 1000))
                - grid.bucket(at: WallTime(milliseconds: start))
            #expect(apart == 60)
        }
    }

    @Test("a bucket holds the moments from its start up to its end", arguments: windows)
    func bounds(window: Int64) {
        for alignment in LimitAlignment.allCases {
            let grid = BucketGrid(window: .seconds(window), alignment: alignment)
            for number: Int64 in [-100_000, -61, -1, 0, 1, 59, 60, 1_234_567] {
                #expect(grid.bucket(at: grid.start(of: number)) == number)
                #expect(grid.bucket(at: WallTime(milliseconds: grid.end(of: number).milliseconds - 1)) == number)
                #expect(grid.end(of: number) == grid.start(of: number + 1))
            }
        }
    }

    @Test("calendar windows begin at the boundaries of UTC")
    func calendar() {
        let midnight = WallTime(milliseconds: 1_773_446_400_000)  // 2026-03-14T00:00:00Z
        for window in [LimitWindow.seconds(60), .seconds(3600), .seconds(86_400)] {
            let grid = BucketGrid(window: window, alignment: .calendar)
            #expect(grid.start(of: grid.bucket(at: midnight)) == midnight)
            #expect(grid.neighbours(of: 5) == 5...5)
        }
    }

    @Test("months have the calendar's lengths, leap years included, and never slide")
    func months() {
        var start: Int64 = -2_208_988_800_000  // 1900-01-01T00:00:00Z
        for year: Int64 in 1900...2400 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for (month, days) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                let length = Int64(days) * 86_400_000
                let number = (year - 1970) * 12 + Int64(month)
                let grid = BucketGrid(window: .month, alignment: .sliding)
                #expect(grid.start(of: number).milliseconds == start)
                #expect(grid.bucket(at: WallTime(milliseconds: start)) == number)
                #expect(grid.bucket(at: WallTime(milliseconds: start + length - 1)) == number)
                start += length
            }
        }
    }

    @Test("a window longer than a hundred years counts as a hundred years, one of nothing as a second")
    func extremes() {
        let century = BucketGrid(window: .seconds(3_155_760_000), alignment: .sliding)
        #expect(BucketGrid(window: .seconds(.max), alignment: .sliding) == century)
        let second = BucketGrid(window: .seconds(1), alignment: .calendar)
        #expect(BucketGrid(window: .seconds(.min), alignment: .calendar) == second)
    }
}
