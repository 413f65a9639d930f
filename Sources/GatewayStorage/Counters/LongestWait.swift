/// Gathers which requests of a reservation have no room, to name the one that waits longest.
public struct LongestWait: Sendable {
    private var longest: (index: Int, wait: Duration?)?

    public init() {}

    /// Adds a request without room; `wait` nil: it never has any, which is the longest wait.
    public mutating func add(_ index: Int, _ wait: Duration?) {
        guard let current = longest else {
            longest = (index, wait)
            return
        }
        guard let currentWait = current.wait else { return }
        if wait.map({ $0 > currentWait }) ?? true { longest = (index, wait) }
    }

    /// What to answer; nil when every request has room.
    public var answer: BlockAnswer? {
        longest.map { .exhausted(index: $0.index, retryAfter: $0.wait) }
    }
}
