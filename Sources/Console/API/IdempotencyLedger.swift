import GatewayStorage
import Synchronization

/// Answers that are given again when a request comes again with its `Idempotency-Key`: of this process, for a while.
final class IdempotencyLedger: Sendable {
    /// How long an answer is remembered; it may hold a token. It is forgotten with the first request after that.
    static let memory = Duration.seconds(10 * 60)
    /// How many, of one organisation: none can use up another's.
    static let most = 1_000
    /// Bytes of the answers remembered of one organisation.
    static let bytes = 16 * 1024 * 1024

    struct Key: Hashable, Sendable {
        /// Whose things it is about: the operator acts for several.
        let organisation: RecordID
        let actor: String
        let operation: String
        let text: String
    }

    /// What to do with a request.
    enum Opening: Sendable {
        case first
        case again(APIAnswer)
        /// The first has not ended yet.
        case open
        /// The first was another request.
        case other
        /// Too many are remembered.
        case full
    }

    private struct Entry {
        let digest: [UInt8]
        let until: WallTime
        var answer: APIAnswer?
    }

    /// What is remembered of one organisation.
    private struct Memory {
        var entries: [Key: Entry] = [:]

        var bytes: Int { entries.values.reduce(0) { $0 + ($1.answer?.body?.count ?? 0) } }
    }

    private let memories = Mutex<[RecordID: Memory]>([:])

    /// Forgets what is over, whosever it is.
    func forget(at now: WallTime) {
        memories.withLock { memories in
            memories = memories.compactMapValues { memory in
                // One that has not ended is open however long it takes.
                let entries = memory.entries.filter { now < $0.value.until || $0.value.answer == nil }
                return entries.isEmpty ? nil : Memory(entries: entries)
            }
        }
    }

    /// How many answers are remembered.
    var count: Int { memories.withLock { $0.values.reduce(0) { $0 + $1.entries.count } } }

    func open(_ key: Key, digest: [UInt8], at now: WallTime) -> Opening {
        forget(at: now)
        return memories.withLock { memories in
            var memory = memories[key.organisation] ?? Memory()
            defer { memories[key.organisation] = memory }
            if let known = memory.entries[key] {
                guard known.digest == digest else { return .other }
                return known.answer.map { .again($0) } ?? .open
            }
            guard memory.entries.count < Self.most, memory.bytes < Self.bytes else { return .full }
            memory.entries[key] = Entry(digest: digest, until: now.advanced(by: Self.memory))
            return .first
        }
    }

    /// Remembers how the first ended; what failed may be tried again.
    func close(_ key: Key, _ answer: APIAnswer?) {
        memories.withLock { memories in
            if answer == nil {
                memories[key.organisation]?.entries[key] = nil
            } else {
                memories[key.organisation]?.entries[key]?.answer = answer
            }
        }
    }
}
