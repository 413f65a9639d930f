import Synchronization

/// How many bytes of events all sessions together keep, against one bound.
final class EventBudget: Sendable {
    private let used = Atomic<Int>(0)
    private let bound: Int

    init(bound: Int = GatewayLimits.eventBytes) { self.bound = bound }

    var isEmpty: Bool { used.load(ordering: .relaxed) == 0 }
    var isExceeded: Bool { used.load(ordering: .relaxed) > bound }

    /// Takes bytes, or with a negative number gives them back.
    func take(_ bytes: Int) { used.wrappingAdd(bytes, ordering: .relaxed) }
}
