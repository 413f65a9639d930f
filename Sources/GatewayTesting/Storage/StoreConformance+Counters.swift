import GatewayStorage
import PolicyEngine

extension StoreConformance {
    /// What every ``CounterStore`` promises, tried through ledgers as the gateway uses them.
    public static let counters: [ConformanceCase<CounterStoreFixture>] =
        concurrency + windows + bookkeeping + counterNames

    private static let concurrency: [ConformanceCase<CounterStoreFixture>] = [
        ConformanceCase("200 parallel calls at a limit of 10 admit exactly 10") { fixture in
            let ledger = try await fixture.ledger()
            let charge = CounterCharge(of: 10)
            try expect(try await ledger.spendAtOnce(200, charge, at: fixture.clock), is: 10, "admitted")
        },
        ConformanceCase("200 parallel calls at a limit of 10 through two processes admit exactly 10") { fixture in
            let charge = CounterCharge(of: 10)
            async let one = fixture.ledger().spendAtOnce(100, charge, at: fixture.clock)
            async let other = fixture.ledger().spendAtOnce(100, charge, at: fixture.clock)
            try expect(try await one + other, is: 10, "admitted")
        },
        ConformanceCase("parallel calls that share blocks of a limit of 1000 admit 1000 in one process") { fixture in
            let ledger = try await fixture.ledger()
            let charge = CounterCharge(of: 1000)
            try expect(try await ledger.spendAtOnce(1500, charge, at: fixture.clock), is: 1000, "admitted")
        },
        ConformanceCase("parallel calls of two processes at a limit of 1000 admit at most 1000, a block less at worst")
        {
            fixture in
            let charge = CounterCharge(of: 1000)
            async let one = fixture.ledger().spendAtOnce(800, charge, at: fixture.clock)
            async let other = fixture.ledger().spendAtOnce(800, charge, at: fixture.clock)
            let admitted = try await one + other
            try expect(admitted <= 1000 && admitted >= 1000 - 15, "admitted: \(admitted)")
        },
        ConformanceCase("a call is charged all it owes or nothing") { fixture in
            let ledger = try await fixture.ledger()
            let (wide, narrow) = (CounterCharge("wide", of: 1000), CounterCharge("narrow", of: 3))
            let admitted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<50 { group.addTask { try await ledger.spend(wide, narrow, at: fixture.clock).isCharged } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            try expect(admitted, is: 3, "admitted")
            try await ledger.releaseAll()
            try expect(try await fixture.open().total(of: wide.key), is: 3_000_000, "charged to the wide limit")
            try expect(try await fixture.open().total(of: narrow.key), is: 3_000_000, "charged to the narrow limit")
        },
        ConformanceCase("the charge that waits longest is named when there is no room") { fixture in
            let ledger = try await fixture.ledger()
            let charges = [
                CounterCharge("short", of: 1, window: .seconds(60)),
                CounterCharge("long", of: 1, window: .seconds(3600)),
                CounterCharge("roomy", of: 9),
            ]
            _ = try await ledger.reserve(charges)
            guard case .exhausted(1, .some(let wait)) = try await ledger.reserve(charges) else {
                throw ConformanceFailure(description: "not refused for the long window")
            }
            try expect(wait > .seconds(3500) && wait <= .seconds(3660), "wait: \(wait)")
        },
        ConformanceCase("more than the limit in one call is refused without a time to wait for") { fixture in
            let ledger = try await fixture.ledger()
            let outcome = try await ledger.spend(CounterCharge("spent", 11, of: 10), at: fixture.clock)
            try expect(outcome, is: .exhausted(index: 0, retryAfter: nil), "outcome")
            try expect(
                try await ledger.spend(CounterCharge("spent", 10, of: 10), at: fixture.clock).isCharged, "10 of 10")
        },
    ]
}
