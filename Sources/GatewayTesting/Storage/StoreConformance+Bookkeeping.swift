import GatewayStorage
import PolicyEngine

extension StoreConformance {
    /// What is given back, what is kept, and what a second process sees.
    static let bookkeeping: [ConformanceCase<CounterStoreFixture>] = [
        ConformanceCase("a refunded call may be made again") { fixture in
            let ledger = try await fixture.ledger()
            let charge = CounterCharge(of: 1)
            guard let receipt = try await ledger.spend(charge, at: fixture.clock).receipt else {
                throw ConformanceFailure(description: "the first call is refused")
            }
            try expect(!(try await ledger.spend(charge, at: fixture.clock).isCharged), "a second call")
            ledger.refund(receipt)
            try expect(try await ledger.spend(charge, at: fixture.clock).isCharged, "a call after the refund")
            try expect(!(try await ledger.spend(charge, at: fixture.clock).isCharged), "another call after it")
        },
        ConformanceCase("a refund that comes after its bucket has passed is given back all the same") { fixture in
            let ledger = try await fixture.ledger()
            let charge = CounterCharge(of: 2)
            let receipt = try await ledger.spend(charge, at: fixture.clock).receipt
            fixture.clock.advance(by: .seconds(5))
            _ = try await ledger.spend(charge, at: fixture.clock)
            if let receipt { ledger.refund(receipt) }
            try expect(try await ledger.spend(charge, at: fixture.clock).isCharged, "a call after the refund")
            try expect(try await fixture.open().total(of: charge.key), is: 2_000_000, "total")
        },
        ConformanceCase("an orderly end leaves counted exactly what was used") { fixture in
            let ledger = try await fixture.ledger()
            let charge = CounterCharge(of: 6400)
            for _ in 0..<150 { _ = try await ledger.spend(charge, at: fixture.clock) }
            try expect(try await fixture.open().total(of: charge.key), is: 200_000_000, "total while a block is open")
            try await ledger.releaseAll()
            try expect(try await fixture.open().total(of: charge.key), is: 150_000_000, "total after the end")
        },
        ConformanceCase("an end without order leaves counted what was used and at most one block more") { fixture in
            let charge = CounterCharge(of: 6400)
            var used: Int64 = 0
            for calls in [1, 99, 100, 101, 250] {
                let ledger = try await fixture.ledger()
                for _ in 0..<calls { _ = try await ledger.spend(charge, at: fixture.clock) }
                used += Int64(calls) * 1_000_000
                let total = try await fixture.open().total(of: charge.key)
                try expect(total >= used && total <= used + 100_000_000, "total: \(total) for \(used)")
                used = total
            }
        },
        ConformanceCase("the unused rest of a block that has passed is given back with the next") { fixture in
            let ledger = try await fixture.ledger()
            let charge = CounterCharge(of: 6400)
            _ = try await ledger.spend(charge, at: fixture.clock)
            fixture.clock.advance(by: .seconds(2))
            _ = try await ledger.spend(charge, at: fixture.clock)
            try expect(try await fixture.open().total(of: charge.key), is: 101_000_000, "total")
        },
        ConformanceCase("what was charged is counted when the store is opened again") { fixture in
            let charge = CounterCharge(of: 10)
            try expect(try await fixture.ledger().spendAtOnce(7, charge, at: fixture.clock), is: 7, "admitted")
            try expect(try await fixture.ledger().spendAtOnce(7, charge, at: fixture.clock), is: 3, "admitted later")
        },
        ConformanceCase("giving back too much, twice or what never was takes nothing from others") { fixture in
            let store = try await fixture.open()
            let charge = CounterCharge(of: 10)
            let request = BlockRequest(key: charge.key, max: charge.max, need: 2_000_000, want: 2_000_000)
            guard case .granted(let blocks, _) = try await store.reserve([request], returning: []),
                let block = blocks.first
            else { throw ConformanceFailure(description: "nothing granted") }
            let other = CounterCharge("other", of: 10).key
            try await store.giveBack([
                ReturnedAmount(key: charge.key, bucket: block.bucket, amount: 9_000_000),
                ReturnedAmount(key: charge.key, bucket: block.bucket, amount: 9_000_000),
                ReturnedAmount(key: charge.key, bucket: block.bucket - 7, amount: 1_000_000),
                ReturnedAmount(key: other, bucket: block.bucket, amount: 1_000_000),
            ])
            try expect(try await store.total(of: charge.key), is: 0, "total")
            let ledger = try await fixture.ledger()
            try expect(try await ledger.spendAtOnce(20, charge, at: fixture.clock), is: 10, "admitted")
        },
        ConformanceCase("a refused reservation takes back what it returns and reserves nothing") { fixture in
            let store = try await fixture.open()
            let (one, two) = (CounterCharge("one", of: 10), CounterCharge("two", of: 1))
            func request(_ charge: CounterCharge, _ need: Int64) -> BlockRequest {
                BlockRequest(key: charge.key, max: charge.max, need: need, want: need)
            }
            guard
                case .granted(let blocks, _) = try await store.reserve(
                    [request(one, 4_000_000), request(two, 1_000_000)], returning: [])
            else { throw ConformanceFailure(description: "nothing granted") }
            let answer = try await store.reserve(
                [request(one, 1_000_000), request(two, 1_000_000)],
                returning: [ReturnedAmount(key: one.key, bucket: blocks[0].bucket, amount: 3_000_000)])
            guard case .exhausted(1, .some) = answer else {
                throw ConformanceFailure(description: "answered \(answer)")
            }
            try expect(try await store.total(of: one.key), is: 1_000_000, "total")
        },
    ]

    /// Which charges meet in one counter.
    static let counterNames: [ConformanceCase<CounterStoreFixture>] = [
        ConformanceCase("keys that differ in any member, by a byte, are different counters") { fixture in
            let ledger = try await fixture.ledger()
            func key(
                organisation: String = "o", server: String? = "s", counter: String = "c", scope: LimitScope = .grant,
                scopeValue: String = "v", window: LimitWindow = .seconds(60), alignment: LimitAlignment = .sliding,
                shadow: Bool = false
            ) -> CounterKey {
                CounterKey(
                    organisation: organisation, server: server, counter: counter, scope: scope, scopeValue: scopeValue,
                    window: window, alignment: alignment, shadow: shadow)
            }
            let keys = [
                key(), key(organisation: "p"), key(server: nil), key(server: ""), key(server: "null"),
                key(counter: "caf\u{E9}"), key(counter: "cafe\u{301}"), key(scope: .session),
                key(scopeValue: "v\u{0}"), key(scopeValue: "v\u{0}w"), key(scopeValue: ""), key(window: .seconds(61)),
                key(window: .month), key(alignment: .calendar), key(shadow: true), key(organisation: "o\",\"s"),
            ]
            for (number, key) in keys.enumerated() {
                let charge = CounterCharge(key: key, max: 1_000_000, amount: 1_000_000)
                try expect(try await ledger.spend(charge, at: fixture.clock).isCharged, "key \(number) is another's")
                try expect(
                    !(try await ledger.spend(charge, at: fixture.clock).isCharged), "key \(number) is not its own")
            }
            try expect(Set(keys.map { Array($0.text.utf8) }).count, is: keys.count, "different texts")
        },
        ConformanceCase("a counter two policies limit differently admits no call beyond that call's limit") { fixture in
            let ledger = try await fixture.ledger()
            let (low, high) = (CounterCharge(of: 10), CounterCharge(of: 20))
            try expect(try await ledger.spendAtOnce(8, low, at: fixture.clock), is: 8, "under the low limit")
            try expect(try await ledger.spendAtOnce(7, high, at: fixture.clock), is: 7, "under the high limit")
            try expect(try await ledger.spendAtOnce(5, low, at: fixture.clock), is: 0, "over the low limit")
            try expect(try await ledger.spendAtOnce(9, high, at: fixture.clock), is: 5, "up to the high limit")
        },
    ]
}
