import PolicyEngine
import Testing

@testable import GatewayStorage

/// Policy.md section 4: charged once per distinct counter and amount in a call, however many rules name it.
struct ChargeShareTests {
    private func key(_ counter: String) -> CounterKey {
        CounterKey(
            organisation: "o", server: nil, counter: counter, scope: .grant, scopeValue: "g", window: .seconds(60))
    }

    private func shares(_ charges: [(String, Int64, Int64)]) -> [String] {
        ChargeShare.combining(charges.map { CounterCharge(key: key($0), max: $1, amount: $2) })
            .map { "\($0.slot.key.counter) \($0.max) \($0.amount) #\($0.index)" }
    }

    @Test("charges of a call are put together by counter")
    func combining() {
        #expect(shares([]) == [])
        #expect(shares([("a", 10, 0)]) == [])
        #expect(shares([("a", 10, 1)]) == ["a 10 1 #0"])
        #expect(shares([("a", 10, 1), ("b", 20, 2)]) == ["a 10 1 #0", "b 20 2 #1"])
        #expect(shares([("a", 10, 1), ("a", 5, 1), ("a", 7, 1)]) == ["a 5 1 #1"])
        #expect(shares([("a", 10, 1), ("a", 10, 2), ("a", 10, 1)]) == ["a 10 3 #0"])
        #expect(shares([("a", 10, 0), ("a", 20, 2), ("a", 9, 3)]) == ["a 9 5 #2"])
        #expect(shares([("caf\u{E9}", 10, 1), ("cafe\u{301}", 10, 1)]).count == 2)
    }

    @Test("a sum too large for a number is over every limit")
    func overflow() {
        #expect(shares([("a", .max, .max), ("a", .max, .max - 1)]) == ["a \(1 << 61 as Int64) \(Int64.max) #0"])
    }
}
