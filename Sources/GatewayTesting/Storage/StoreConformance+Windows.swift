import GatewayStorage
import PolicyEngine

extension StoreConformance {
    /// When what was charged counts, and when no longer.
    static let windows: [ConformanceCase<CounterStoreFixture>] = [
        ConformanceCase("a sliding minute does not start anew at the minute: 59.9 s and 0.1 s are one span") {
            fixture in
            let ledger = try await fixture.ledger()
            let charge = CounterCharge("paid", 10, of: 10)
            fixture.clock.set(to: WallTime(milliseconds: 1_800_000_059_900))
            try expect(try await ledger.spend(charge, at: fixture.clock).isCharged, "10 at 59.9 s")
            for step in [Duration.milliseconds(100), .milliseconds(100), .seconds(58), .milliseconds(1799)] {
                fixture.clock.advance(by: step)
                try expect(!(try await ledger.spend(charge, at: fixture.clock).isCharged), "more within the minute")
            }
            // A sixtieth of the window later at most, it is free again.
            fixture.clock.advance(by: .milliseconds(1001))
            try expect(try await ledger.spend(charge, at: fixture.clock).isCharged, "10 a minute later")
        },
        ConformanceCase("a calendar minute starts anew at the minute") { fixture in
            let ledger = try await fixture.ledger()
            let charge = CounterCharge("paid", 10, of: 10, alignment: .calendar)
            fixture.clock.set(to: WallTime(milliseconds: 1_799_999_999_900))
            try expect(try await ledger.spend(charge, at: fixture.clock).isCharged, "10 before the minute")
            fixture.clock.advance(by: .milliseconds(99))
            guard case .exhausted(0, .seconds(1)) = try await ledger.spend(charge, at: fixture.clock) else {
                throw ConformanceFailure(description: "not refused for the rest of the minute")
            }
            fixture.clock.advance(by: .milliseconds(1))
            try expect(try await ledger.spend(charge, at: fixture.clock).isCharged, "10 after the minute")
        },
        ConformanceCase("a month starts anew on its first day") { fixture in
            let ledger = try await fixture.ledger()
            let charge = CounterCharge("paid", 10, of: 10, window: .month, alignment: .calendar)
            // 2028-02-29T23:59:59.999Z
            fixture.clock.set(to: WallTime(milliseconds: 1_835_481_599_999))
            try expect(try await ledger.spend(charge, at: fixture.clock).isCharged, "10 in February")
            try expect(!(try await ledger.spend(charge, at: fixture.clock).isCharged), "20 in February")
            fixture.clock.advance(by: .milliseconds(1))
            try expect(try await ledger.spend(charge, at: fixture.clock).isCharged, "10 in March")
        },
        ConformanceCase("after the time to wait there is room, and before the last second of it there is none") {
            fixture in
            let ledger = try await fixture.ledger()
            for (count, window) in [(3, LimitWindow.seconds(60)), (5, .seconds(3600)), (2, .seconds(86_400))] {
                let charge = CounterCharge("waited", of: Int64(count), window: window)
                for _ in 0..<count {
                    try expect(try await ledger.spend(charge, at: fixture.clock).isCharged, "a call within the limit")
                    fixture.clock.advance(by: .milliseconds(7_321))
                }
                guard case .exhausted(0, .some(let wait)) = try await ledger.spend(charge, at: fixture.clock) else {
                    throw ConformanceFailure(description: "not refused over the limit")
                }
                fixture.clock.advance(by: wait - .milliseconds(1001))
                try expect(!(try await ledger.spend(charge, at: fixture.clock).isCharged), "a call too early")
                fixture.clock.advance(by: .milliseconds(1001))
                try expect(try await ledger.spend(charge, at: fixture.clock).isCharged, "a call after the wait")
            }
        },
        ConformanceCase("no span as long as the window ever has more than the limit, whatever the times of the calls") {
            fixture in
            let ledgers = [try await fixture.ledger(), try await fixture.ledger()]
            for (max, window, most) in [(7, Int64(1), Int64(90)), (200, 60, 900), (200, 60, 40), (100, 900, 30_000)] {
                let seed = UInt64.random(in: .min ... .max)
                var random = SeededGenerator(seed: seed)
                let charge = CounterCharge("span \(window) \(most)", of: Int64(max), window: .seconds(window))
                var admitted: [Int64] = []
                for _ in 0..<1_200 {
                    fixture.clock.advance(by: .milliseconds(Int64.random(in: 0...most, using: &random)))
                    let ledger = ledgers[Int.random(in: 0...1, using: &random)]
                    if try await ledger.spend(charge, at: fixture.clock).isCharged {
                        admitted.append(fixture.clock.now.milliseconds)
                    }
                }
                // The call `max` places on must be more than a window later.
                for (first, over) in zip(admitted, admitted.dropFirst(max)) {
                    try expect(over - first > window * 1000, "\(max) and one in \(over - first) ms, seed \(seed)")
                }
                try expect(admitted.count >= max, "only \(admitted.count) admitted, seed \(seed)")
            }
        },
        ConformanceCase("a clock set back admits no second helping") { fixture in
            let ledger = try await fixture.ledger()
            let charge = CounterCharge(of: 10)
            try expect(try await ledger.spendAtOnce(20, charge, at: fixture.clock), is: 10, "admitted")
            fixture.clock.advance(by: .seconds(-30))
            try expect(
                try await ledger.spendAtOnce(20, charge, at: fixture.clock), is: 0, "admitted half a minute back")
        },
        ConformanceCase("what has passed is no longer counted") { fixture in
            let ledger = try await fixture.ledger()
            let charge = CounterCharge("paid", 4, of: 10)
            _ = try await ledger.spend(charge, at: fixture.clock)
            try expect(try await fixture.open().total(of: charge.key), is: 4_000_000, "total")
            fixture.clock.advance(by: .seconds(3600))
            try expect(try await fixture.open().total(of: charge.key), is: 0, "total an hour later")
        },
    ]
}
