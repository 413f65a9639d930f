import GatewayTesting
import Synchronization
import Testing

@testable import Gateway

/// Asking several servers side by side.
@Suite("Gathering")
struct GatheringTests {
    private typealias Open = [Int: @Sendable (String) -> Void]

    @Test("no more are asked at once than may be, each once, and all is told in order")
    func bounded() {
        let open = Watched<Open>([:])
        let most = Watched(0)
        let told = Watched<[[String?]]>([])
        let count = GatewayLimits.stackQuestions * 3 + 1
        let gathering = Gathering<String>(count) { index, answer in
            let now = open.change { open in
                open[index] = answer
                return open.count
            }
            most.change { $0 = max($0, now) }
            return .none
        } tell: { parts in
            told.change { $0.append(parts) }
        }
        gathering.begin()
        var asked = 0
        while let (index, answer) = open.value.first {
            open.change { $0[index] = nil }
            asked += 1
            answer("\(index)")
            answer("again")
        }
        #expect(asked == count)
        #expect(most.value == GatewayLimits.stackQuestions)
        #expect(told.value == [(0..<count).map { "\($0)" }])
    }

    @Test("answers that come while their question is being asked do not pile up")
    func reentrant() {
        let told = Watched(0)
        let gathering = Gathering<Int>(20_000) { index, answer in
            answer(index)
            return .none
        } tell: { parts in
            told.change { $0 += parts.compactMap(\.self).count }
        }
        gathering.begin()
        #expect(told.value == 20_000)
    }

    @Test("when patience is over what is there is told, no more is asked, and what is late is handed on")
    func impatient() {
        let open = Watched<Open>([:])
        let told = Watched<[[String?]]>([])
        let late = Watched<[String]>([])
        let cancelled = Watched(0)
        let count = GatewayLimits.stackQuestions + 1
        let gathering = Gathering<String>(count) { index, answer in
            open.change { $0[index] = answer }
            return Cancellation { cancelled.change { $0 += 1 } }
        } late: { index, part in
            late.change { $0.append("\(index) \(part)") }
        } tell: { parts in
            told.change { $0.append(parts) }
        }
        gathering.begin()
        open.value[1]?("one")
        gathering.endPatience()
        open.value[2]?("two")
        #expect(told.value == [(0..<count).map { $0 == 1 ? "one" : nil }])
        #expect(late.value == ["2 two"])
        gathering.endPatience()
        gathering.cancel()
        #expect(told.value.count == 1 && cancelled.value == open.value.count)
    }

    @Test("what is taken back asks nothing more, however its questions end, and is told once with what was there")
    func takenBack() {
        let open = Watched<Open>([:])
        let told = Watched<[[String?]]>([])
        let late = Watched(0)
        let count = GatewayLimits.stackQuestions * 2
        let gathering = Gathering<String>(count) { index, answer in
            open.change { $0[index] = answer }
            // As every upstream does with a question that is taken back.
            return Cancellation { answer("cancelled") }
        } late: { _, _ in
            late.change { $0 += 1 }
        } tell: { parts in
            told.change { $0.append(parts) }
        }
        gathering.begin()
        open.value[3]?("three")
        let asked = open.value.count
        gathering.cancel()
        gathering.cancel()
        #expect(open.value.count == asked && late.value == 0)
        #expect(told.value == [(0..<count).map { $0 == 3 ? "three" : nil }])
    }
}
