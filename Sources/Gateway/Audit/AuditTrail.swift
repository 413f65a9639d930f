public import GatewayStorage
public import Logging
import Synchronization

/// The way of entries into the audit: a bounded queue that callers fill and one writer empties.
///
/// A caller never waits. Where an entry cannot be queued, because the queue is full or its writer has failed, `record`
/// says so and the call is denied. The writer gathers what came within a few milliseconds into one transaction; a batch
/// that could not be written is kept and tried again, and until it is written nothing more is promised. An entry that
/// somebody waits for is not kept then: its call must not go out later, when its client may have left.
public final class AuditTrail: Sendable {
    private struct Queue {
        var entries: [Waiting] = []
        var bytes = 0
        var hasFailed = false
        var isClosed = false
    }

    private struct Waiting {
        let entry: AuditEntry
        let whenDurable: (@Sendable (Bool) -> Void)?
    }

    private let store: any AuditStore
    private let logger: Logger
    private let queue = Mutex(Queue())
    private let signal: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    public init(_ store: any AuditStore, logger: Logger) {
        self.store = store
        self.logger = logger
        (signal, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Queues an entry; false when it will not be kept.
    ///
    /// - Parameter whenDurable: called from the writer once the entry is stored (true), or once it will not be, because
    ///   writing failed or the trail has ended (false). Not called when the result is false.
    public func record(_ entry: AuditEntry, whenDurable: (@Sendable (Bool) -> Void)? = nil) -> Bool {
        let weight = entry.weight
        let (isTaken, wasEmpty) = queue.withLock { queue in
            guard !queue.hasFailed, !queue.isClosed, queue.entries.count < GatewayLimits.auditQueueEntries,
                queue.bytes + weight <= GatewayLimits.auditQueueBytes
            else { return (false, false) }
            queue.entries.append(Waiting(entry: entry, whenDurable: whenDurable))
            queue.bytes += weight
            return (true, queue.entries.count == 1)
        }
        if wasEmpty { bell.yield() }
        return isTaken
    }

    /// Keeps the completion of a call that was let through: over the bound, but never lost to a full queue.
    ///
    /// A decision holds a place; its completion may exceed the queue by as many as are open at once.
    public func complete(_ entry: AuditEntry) {
        let wasEmpty = queue.withLock { queue in
            queue.entries.append(Waiting(entry: entry, whenDurable: nil))
            queue.bytes += entry.weight
            return queue.entries.count == 1
        }
        if wasEmpty { bell.yield() }
    }

    /// Writes until `close` was called and everything is written. Run once, for the life of the house.
    public func run() async {
        var chain: AuditChain?
        for await _ in signal {
            while true {
                let (batch, isClosed) = take()
                if batch.isEmpty {
                    if isClosed { return }
                    break
                }
                guard await write(batch, continuing: &chain) else { return abandon() }
                if !isClosed { try? await Task.sleep(for: GatewayLimits.auditGather) }
            }
        }
        abandon()
    }

    /// Takes no more entries; `run` returns once what is queued is written or has failed a last time.
    public func close() {
        queue.withLock { $0.isClosed = true }
        bell.yield()
    }

    private func take() -> ([Waiting], isClosed: Bool) {
        queue.withLock { queue in
            // Nearly always all of them; then none is copied, nor its place in the next batch made anew.
            guard queue.entries.count > GatewayLimits.auditBatch else {
                var batch: [Waiting] = []
                batch.reserveCapacity(queue.entries.count)
                swap(&batch, &queue.entries)
                queue.bytes = 0
                return (batch, queue.isClosed)
            }
            let batch = Array(queue.entries.prefix(GatewayLimits.auditBatch))
            queue.entries.removeFirst(batch.count)
            queue.bytes -= batch.reduce(0) { $0 + $1.entry.weight }
            return (batch, queue.isClosed)
        }
    }

    /// Stores a batch, however often it takes; false when the trail is closing and it cannot be stored.
    private func write(_ batch: [Waiting], continuing chain: inout AuditChain?) async -> Bool {
        var batch = batch
        while !batch.isEmpty {
            do {
                var attempt: AuditChain
                if let chain { attempt = chain } else { attempt = AuditChain(head: try await store.head()) }
                try await store.append(batch.map { attempt.seal($0.entry.json()) })
                chain = attempt
                if recover() { logger.notice("audit is written again") }
                for waiting in batch { waiting.whenDurable?(true) }
                return true
            } catch {
                chain = nil
                logger.error("audit cannot be written, calls are denied", metadata: ["error": "\(error)"])
                let (isClosed, queued) = fail()
                for waiting in batch + queued { waiting.whenDurable?(false) }
                batch.removeAll { $0.whenDurable != nil }
                guard !isClosed, (try? await Task.sleep(for: GatewayLimits.auditRetry)) != nil else { return false }
            }
        }
        // Nothing is left to try again with: the next call tries.
        _ = recover()
        return true
    }

    /// Promises nothing from now on; gives out the queued entries that somebody waits for.
    private func fail() -> (isClosed: Bool, queued: [Waiting]) {
        queue.withLock { queue in
            queue.hasFailed = true
            let awaited = queue.entries.filter { $0.whenDurable != nil }
            queue.entries.removeAll { $0.whenDurable != nil }
            queue.bytes -= awaited.reduce(0) { $0 + $1.entry.weight }
            return (queue.isClosed, awaited)
        }
    }

    /// Promises again; true where it had not.
    private func recover() -> Bool {
        queue.withLock { queue in
            defer { queue.hasFailed = false }
            return queue.hasFailed
        }
    }

    /// Ends without having written all: whoever waits is told so.
    private func abandon() {
        let rest = queue.withLock { queue in
            queue.isClosed = true
            defer { (queue.entries, queue.bytes) = ([], 0) }
            return queue.entries
        }
        for waiting in rest { waiting.whenDurable?(false) }
    }
}

extension AuditEntry {
    /// What the entry holds on to while it waits, roughly, bytes.
    fileprivate var weight: Int {
        switch content {
        case .decision(let decided): 512 + decided.subject.requestBytes
        case .completion: 256
        case .event: 4096
        }
    }
}
