import PolicyEngine
import Testing

@testable import GatewayStorage

struct BlockGrantTests {
    // limit, amount of a call, block; all in units
    static let blocks: [(Int64, Int64, Int64)] = [
        (10, 1, 1), (64, 1, 1), (127, 1, 1), (128, 1, 2), (6400, 1, 100), (65_536, 1, 1024), (1_000_000, 1, 1024),
        (20_000, 300, 300), (20_000, 100, 300), (100, 100, 100),
    ]

    @Test(
        "a block is a whole number of calls, at most a 64th of the limit and 1024 calls, at least one",
        arguments: blocks)
    func want(limit: Int64, need: Int64, block: Int64) {
        #expect(BlockGrant.want(need: need * 1_000_000, max: limit * 1_000_000) == block * 1_000_000)
    }

    // need, want, room, granted
    static let grants: [(Int64, Int64, Int64, Int64?)] = [
        (1, 100, 6400, 100), (1, 100, 800, 100), (1, 100, 799, 99), (1, 100, 80, 10), (1, 100, 8, 1), (1, 100, 1, 1),
        (1, 100, 0, nil), (1, 100, -5, nil), (30, 90, 240, 30), (30, 90, 500, 60), (30, 90, 29, nil),
    ]

    @Test(
        "near the limit's end a block is an eighth of the room in whole calls, at least the call's need",
        arguments: grants)
    func amount(need: Int64, want: Int64, room: Int64, granted: Int64?) {
        let key = CounterKey(
            organisation: "", server: nil, counter: "", scope: .grant, scopeValue: "", window: .seconds(60))
        let request = BlockRequest(key: key, max: 1_000_000, need: need, want: want)
        #expect(BlockGrant.amount(for: request, room: room) == granted)
    }

    @Test("the wait ends when the oldest amounts that make room leave the window")
    func wait() {
        let grid = BucketGrid(window: .seconds(60), alignment: .sliding)
        let now = WallTime(milliseconds: 1_000_000_500)  // half a second into bucket 1,000,000
        func wait(_ need: Int64, _ amounts: [(Int64, Int64)]) -> Duration? {
            BlockGrant.wait(for: need, max: 10, amounts: amounts.map { (bucket: $0, amount: $1) }, grid: grid, now: now)
        }
        #expect(wait(1, [(999_999, 10)]) == .milliseconds(59_500))
        #expect(wait(3, [(999_999, 2), (999_950, 2), (999_940, 6)]) == .milliseconds(500))
        #expect(wait(9, [(999_999, 2), (999_950, 2), (999_940, 6)]) == .milliseconds(59_500))
        #expect(wait(11, []) == nil)
    }
}
