import GatewayStorage
import Testing

@testable import gatehouse

/// When registered servers' tools are listed again.
struct RescanScheduleTests {
    private static let start = WallTime(milliseconds: 1_790_000_000_000)
    private static let hour = Duration.seconds(3600)

    private static func later(_ seconds: Int) -> WallTime { start.advanced(by: .seconds(seconds)) }

    @Test("a server's turn comes an interval after the last time, and at most a tenth of it later")
    func interval() {
        for name in (0..<200).map({ "server-\($0)" }) {
            var schedule = RescanSchedule()
            let servers = [(slug: name, at: Self.start)]
            #expect(schedule.due(among: servers, every: Self.hour, now: Self.later(3599)) == [])
            #expect(schedule.due(among: servers, every: Self.hour, now: Self.later(3961)) == [name])
        }
    }

    @Test("servers that were asked together are not asked together again")
    func jitter() {
        let delays = (0..<100).map { RescanSchedule.jitter("server-\($0)", since: Self.start, of: Self.hour) }
        #expect(delays.allSatisfy { $0 >= .zero && $0 <= .seconds(360) })
        #expect(Set(delays.map { $0 / .seconds(36) }.map { Int($0) }).count >= 9)
        #expect(
            RescanSchedule.jitter("a", since: Self.start, of: Self.hour)
                != RescanSchedule.jitter("a", since: Self.later(1), of: Self.hour))
    }

    @Test("a server that says it changed is asked at once, then once a minute however often it says so")
    func wished() {
        var schedule = RescanSchedule()
        let servers = [(slug: "a", at: Self.start), (slug: "b", at: Self.start)]
        #expect(schedule.due(among: servers, every: nil, now: Self.start) == [])
        for _ in 0..<10 { schedule.wish("a") }
        #expect(schedule.due(among: servers, every: nil, now: Self.start) == ["a"])
        schedule.ended("a", succeeded: true)
        #expect(schedule.due(among: servers, every: nil, now: Self.later(1)) == [])
        schedule.wish("a")
        #expect(schedule.due(among: servers, every: nil, now: Self.later(59)) == [])
        #expect(schedule.due(among: servers, every: nil, now: Self.later(60)) == ["a"])
    }

    @Test("one that fails is tried again later each time, at the interval at last")
    func failing() {
        var schedule = RescanSchedule()
        let servers = [(slug: "a", at: Self.start)]
        var attempts: [Int] = []
        for second in stride(from: 4000, to: 40_000, by: 10) {
            guard !schedule.due(among: servers, every: Self.hour, now: Self.later(second)).isEmpty else { continue }
            attempts.append(second)
            schedule.ended("a", succeeded: false)
        }
        let pauses = zip(attempts, attempts.dropFirst()).map { $1 - $0 }
        #expect(pauses.prefix(5) == [120, 240, 480, 960, 1920])
        #expect(pauses.count > 8 && pauses.dropFirst(5).allSatisfy { $0 == 3600 })
    }

    @Test("nobody is asked who is not there, and what was wished for is forgotten with the server")
    func gone() {
        var schedule = RescanSchedule()
        schedule.wish("a")
        #expect(schedule.due(among: [], every: Self.hour, now: Self.start) == [])
        #expect(schedule.due(among: [(slug: "a", at: Self.start)], every: nil, now: Self.start) == [])
    }
}
