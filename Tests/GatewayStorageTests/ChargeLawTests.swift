import GatewayTesting
import PolicyEngine
import Testing

@testable import GatewayStorage

/// Limits, amounts, gaps and refunds made by chance, from seeds that are printed: what was admitted never exceeds the
/// maximum in any window.
struct ChargeLawTests {
    /// A charge that was admitted.
    private struct Admitted {
        let at: WallTime
        let amount: Int64
    }

    private static let zone = Zone(
        name: "Europe/Berlin", firstOffset: 3_600,
        changes: [
            .init(at: Timestamp("2026-03-29T01:00:00Z")!.seconds, offset: 7_200),
            .init(at: Timestamp("2026-10-25T01:00:00Z")!.seconds, offset: 3_600),
        ])

    @Test(
        "charges never exceed the maximum in any window, however many come at once to however many processes",
        arguments: [21, 22, 23, 24] as [UInt64])
    func maximum(seed: UInt64) async throws {
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        for _ in 0..<25 {
            let clock = ManualClock(
                at: WallTime(
                    milliseconds: Timestamp("2026-10-24T20:00:00Z")!.milliseconds
                        + .random(in: 0...90_000_000, using: &random)))
            let store = MemoryCounters(clock: clock.reading)
            let ledgers = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                CounterLedger(over: store, clock: clock.reading)
            }
            let window = [LimitWindow.seconds(1), .seconds(60), .seconds(3_600), .seconds(86_400), .month]
                .randomElement(
                    using: &random)!
            let alignment: LimitAlignment = window == .month || Bool.random(using: &random) ? .calendar : .sliding
            let key = CounterKey(
                organisation: "o", server: nil, counter: "c", scope: .organisation, scopeValue: "o", window: window,
                alignment: alignment, zone: Bool.random(using: &random) ? Self.zone : nil)
            let max = Int64.random(in: 0...400, using: &random) * 500_000
            let step = Self.length(of: window) / Int64.random(in: 1...40, using: &random)
            var admitted: [Admitted] = []
            for _ in 0..<10 {
                let charges = (0..<Int.random(in: 1...20, using: &random)).map { _ in
                    CounterCharge(key: key, max: max, amount: Int64.random(in: 0...20, using: &random) * 500_000)
                }
                let isRefunding = Bool.random(using: &random)
                admitted += try await Self.spend(charges, ledgers, at: clock, isRefunding: isRefunding)
                clock.advance(by: .milliseconds(Int64.random(in: 0...max64(step), using: &random)))
            }
            let isWithin = Self.isWithin(max, admitted, key)
            #expect(isWithin, "\(window) \(alignment) \(max)")
        }
    }

    private func max64(_ step: Int64) -> Int64 { Swift.max(step, 1) }

    /// Spends all at once; of refunded charges none is told.
    private static func spend(
        _ charges: [CounterCharge], _ ledgers: [CounterLedger], at clock: ManualClock, isRefunding: Bool
    ) async throws -> [Admitted] {
        try await withThrowingTaskGroup(of: Admitted?.self) { group in
            for (position, charge) in charges.enumerated() {
                let ledger = ledgers[position % ledgers.count]
                group.addTask {
                    guard let receipt = try await ledger.spend(charge, at: clock).receipt else { return nil }
                    if isRefunding, position % 3 == 0 {
                        ledger.refund(receipt)
                        return nil
                    }
                    return Admitted(at: clock.now, amount: charge.amount)
                }
            }
            return try await group.reduce(into: []) { all, one in if let one { all.append(one) } }
        }
    }

    private static func isWithin(_ max: Int64, _ admitted: [Admitted], _ key: CounterKey) -> Bool {
        admitted.allSatisfy { first in
            let inWindow = admitted.filter { other in
                if key.alignment == .calendar {
                    let grid = BucketGrid(for: key)
                    return grid.bucket(at: other.at) == grid.bucket(at: first.at)
                }
                let apart = other.at.milliseconds - first.at.milliseconds
                return 0...length(of: key.window) ~= apart
            }
            return inWindow.reduce(0) { $0 + $1.amount } <= max
        }
    }

    /// In milliseconds; of a month the longest.
    private static func length(of window: LimitWindow) -> Int64 {
        switch window {
        case .seconds(let seconds): seconds * 1_000
        case .month: 31 * 86_400_000
        }
    }
}
