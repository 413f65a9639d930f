import GatewayTesting
import PolicyEngine
import Testing

@testable import GatewayStorage

struct CounterLedgerTests {
    let clock = ManualClock()
    let store: ControlledCounters
    let ledger: CounterLedger

    init() {
        store = ControlledCounters(over: MemoryCounters(clock: clock.reading))
        ledger = CounterLedger(over: store, clock: clock.reading, countersInMemory: 4, waitingCalls: 10)
    }

    private func charge(_ counter: String = "calls", of max: Int64 = 6400, amount: Int64 = 1) -> CounterCharge {
        CounterCharge(
            key: CounterKey(
                organisation: "o", server: "s", counter: counter, scope: .grant, scopeValue: "g", window: .seconds(60)),
            max: max * 1_000_000, amount: amount * 1_000_000)
    }

    private var needsReservation: ChargeAttempt { .needsReservation }

    @Test("a call that owes nothing, or nothing but zeros, is charged at once")
    func nothing() async throws {
        store.fail(with: .overloaded)
        for charges in [[], [charge(amount: 0)], [charge("a", of: 0, amount: 0), charge("b", amount: 0)]] {
            #expect(ledger.charge(charges, at: clock.now) == .settled(.charged(ChargeReceipt(parts: []))))
            #expect(try await ledger.reserve(charges) == .charged(ChargeReceipt(parts: [])))
        }
    }

    @Test("a limit of nothing admits nothing and never will")
    func zeroLimit() {
        #expect(ledger.charge([charge(of: 0)], at: clock.now) == .settled(.exhausted(index: 0, retryAfter: nil)))
    }

    @Test("after one reservation the block's calls are charged from memory, while its bucket lasts")
    func fromMemory() async throws {
        #expect(ledger.charge([charge()], at: clock.now) == needsReservation)
        _ = try await ledger.reserve([charge()])
        store.fail(with: .overloaded)
        for _ in 0..<99 { #expect(ledger.charge([charge()], at: clock.now) != needsReservation) }
        #expect(ledger.charge([charge()], at: clock.now) == needsReservation)
        store.fail(with: nil)
        _ = try await ledger.reserve([charge()])
        clock.advance(by: .seconds(1))
        #expect(ledger.charge([charge()], at: clock.now) == needsReservation)
    }

    @Test("the block is timed by how long the store says it is good, whatever the two clocks show")
    func skew() async throws {
        let storeClock = ManualClock(at: WallTime(milliseconds: 500_000_000_400))
        let ledger = CounterLedger(over: MemoryCounters(clock: storeClock.reading), clock: clock.reading)
        _ = try await ledger.reserve([charge()])
        clock.advance(by: .milliseconds(599))
        #expect(ledger.charge([charge()], at: clock.now) != needsReservation)
        clock.advance(by: .milliseconds(1))
        #expect(ledger.charge([charge()], at: clock.now) == needsReservation)
    }

    @Test("a block that was long in coming admits the call it was fetched for, and no later one")
    func lateAnswer() async throws {
        clock.set(to: WallTime(milliseconds: 1_773_453_566_000))
        store.hold()
        async let outcome = ledger.reserve([charge()])
        while store.held < 1 { await Task.yield() }
        clock.advance(by: .milliseconds(700))
        store.letGo()
        #expect(try await outcome.receipt != nil)
        #expect(ledger.charge([charge()], at: clock.now) == needsReservation)
    }

    @Test("an exhausted counter is refused from memory for a quarter of a second, and then the store is asked")
    func refusalMemory() async throws {
        for _ in 0..<2 { _ = try await ledger.reserve([charge(of: 2)]) }
        guard case .exhausted(0, .some(let wait)) = try await ledger.reserve([charge(of: 2)]) else {
            Issue.record("not exhausted")
            return
        }
        #expect(ledger.charge([charge(of: 2)], at: clock.now) == .settled(.exhausted(index: 0, retryAfter: wait)))
        clock.advance(by: .milliseconds(249))
        #expect(ledger.charge([charge(of: 2)], at: clock.now) != needsReservation)
        clock.advance(by: .milliseconds(1))
        #expect(ledger.charge([charge(of: 2)], at: clock.now) == needsReservation)
    }

    @Test("a larger charge that was refused does not refuse a smaller one")
    func smallerCharge() async throws {
        _ = try await ledger.reserve([charge(of: 10, amount: 8)])
        guard case .exhausted = try await ledger.reserve([charge(of: 10, amount: 3)]) else {
            Issue.record("3 more of 10 after 8")
            return
        }
        guard case .charged = try await ledger.reserve([charge(of: 10, amount: 2)]) else {
            Issue.record("2 more of 10 after 8 refused")
            return
        }
    }

    @Test(
        "when the store fails the call is not charged, nor are those that waited for the same block",
        .timeLimit(.minutes(1)))
    func failure() async throws {
        store.hold()
        let calls = (0..<5).map { _ in [charge()] } + [[charge("other"), charge()]]
        let failed = await withTaskGroup(of: Bool.self) { group in
            for call in calls {
                group.addTask {
                    do throws(StorageError) {
                        _ = try await ledger.reserve(call)
                        return false
                    } catch {
                        return error == .locked(path: "x")
                    }
                }
            }
            while store.held < 1 || ledger.waitingCalls < 5 { await Task.yield() }
            store.fail(with: .locked(path: "x"))
            // Whoever asked the store again would be kept waiting.
            store.letGo(holdingOthers: true)
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failed == 6)
        store.fail(with: nil)
        store.letGo()
        #expect(try await store.total(of: charge().key) == 0)
        _ = try await ledger.reserve([charge("other"), charge()])
        #expect(try await store.total(of: charge().key) == 100_000_000)
    }

    @Test("what was on its way back when the store failed is not given back again")
    func failedReturn() async throws {
        for _ in 0..<99 { _ = try await ledger.spend(charge(), at: clock) }
        clock.advance(by: .seconds(2))
        store.fail(with: .locked(path: "x"))
        await #expect(throws: StorageError.locked(path: "x")) { try await ledger.reserve([charge()]) }
        store.fail(with: nil)
        _ = try await ledger.reserve([charge()])
        try await ledger.releaseAll()
        // 99 used, 1 lost to the failure, 1 used since.
        #expect(try await store.total(of: charge().key) == 101_000_000)
    }

    @Test("more calls than may wait are turned away, and those that wait are served")
    func waitingBound() async throws {
        store.hold()
        let outcomes = await withTaskGroup(of: Result<ChargeOutcome, StorageError>.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do throws(StorageError) { return .success(try await ledger.reserve([charge()])) } catch {
                        return .failure(error)
                    }
                }
            }
            var outcomes: [Result<ChargeOutcome, StorageError>] = []
            for await outcome in group {
                outcomes.append(outcome)
                // One fetches the block, ten wait, nine were turned away.
                if outcomes.count == 9 { store.letGo() }
            }
            return outcomes
        }
        #expect(outcomes.prefix(9).allSatisfy { $0 == .failure(.overloaded) })
        #expect(outcomes.dropFirst(9).count { (try? $0.get().receipt) != nil } == 11)
        #expect(try await store.total(of: charge().key) == 100_000_000)
    }

    @Test("the least recently used counter is forgotten, and what it had left is given back with the next reservation")
    func eviction() async throws {
        for name in ["a", "b", "c", "d"] { _ = try await ledger.reserve([charge(name)]) }
        #expect(ledger.charge([charge("a")], at: clock.now) != needsReservation)
        _ = try await ledger.reserve([charge("e")])
        #expect(try await store.total(of: charge("b").key) == 1_000_000)
        #expect(ledger.charge([charge("b")], at: clock.now) == needsReservation)
        for name in ["a", "c", "d", "e"] { #expect(ledger.charge([charge(name)], at: clock.now) != needsReservation) }
    }

    @Test("when every counter in memory is in use, a call of another is turned away")
    func allInUse() async throws {
        store.hold()
        await withTaskGroup(of: Void.self) { group in
            for name in ["a", "b", "c", "d"] { group.addTask { _ = try? await ledger.reserve([charge(name)]) } }
            while store.held < 4 { await Task.yield() }
            await #expect(throws: StorageError.overloaded) { try await ledger.reserve([charge("e")]) }
            store.letGo()
        }
        _ = try await ledger.reserve([charge("e")])
    }

    @Test("a receipt that is refunded twice makes no block larger than it was")
    func doubleRefund() async throws {
        guard let receipt = try await ledger.reserve([charge()]).receipt else { return }
        for _ in 0..<5 { ledger.refund(receipt) }
        try await ledger.releaseAll()
        #expect(try await store.total(of: charge().key) == 0)
    }

    @Test("what one call took from another block is put back when its reservation finds no room")
    func partlyTaken() async throws {
        _ = try await ledger.reserve([charge("wide")])
        _ = try await ledger.reserve([charge("narrow", of: 1)])
        guard case .exhausted(1, .some) = try await ledger.reserve([charge("wide"), charge("narrow", of: 1)]) else {
            Issue.record("not exhausted")
            return
        }
        try await ledger.releaseAll()
        #expect(try await store.total(of: charge("wide").key) == 1_000_000)
    }

    @Test("calls that wait for several blocks at once are all served")
    func crossing() async throws {
        let names = ["a", "b", "c", "d"]
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        let calls = (0..<1000).map { _ in
            names.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random)).map { charge($0, of: 300) }
        }
        let ledger = CounterLedger(over: store, clock: clock.reading, countersInMemory: 4)
        var charged: [String: Int64] = [:]
        try await withThrowingTaskGroup(of: [String].self) { group in
            for call in calls {
                group.addTask {
                    guard case .charged = try await ledger.reserve(call) else { return [] }
                    return call.map(\.key.counter)
                }
            }
            for try await names in group { for name in names { charged[name, default: 0] += 1 } }
        }
        try await ledger.releaseAll()
        for name in names {
            #expect(try await store.total(of: charge(name).key) == (charged[name] ?? 0) * 1_000_000, "seed \(seed)")
            #expect((charged[name] ?? 0) <= 300)
        }
    }
}
