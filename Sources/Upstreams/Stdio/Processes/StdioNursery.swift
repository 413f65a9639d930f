import Synchronization

/// Where children live: one task, and a task below it for each of them.
///
/// Event loops order a start and go on; `run()` takes the orders. This keeps every process inside a structured task, so
/// that whoever runs the nursery knows: when it has returned, no child is left.
struct StdioNursery: Sendable {
    private let orders: AsyncStream<StdioLifetime>
    private let inbox: AsyncStream<StdioLifetime>.Continuation
    private let hasRun = RunOnce()

    /// - Parameter limit: the most orders that may wait to be taken.
    init(limit: Int) {
        (orders, inbox) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(max(limit, 1)))
    }

    /// False where nobody will take the order: the nursery has ended, or too many orders wait for it.
    func start(_ life: StdioLifetime) -> Bool {
        switch inbox.yield(life) {
        case .enqueued: true
        case .dropped, .terminated: false
        @unknown default: false
        }
    }

    func run() async {
        precondition(hasRun.begin(), "a stdio upstream is run once")
        await withDiscardingTaskGroup { group in
            for await life in orders {
                group.addTask { await life.run() }
            }
        }
    }

    func close() { inbox.finish() }

    private final class RunOnce: Sendable {
        private let begun = Atomic<Bool>(false)

        func begin() -> Bool { !begun.exchange(true, ordering: .relaxed) }
    }
}
