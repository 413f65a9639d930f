import GatewayStorage
import Synchronization

/// Answers that are given again when a request comes again with its `Idempotency-Key`: of this process, for a while.
final class IdempotencyLedger: Sendable {
    /// How long an answer is remembered; it may hold a token.
    static let memory = Duration.seconds(10 * 60)
    /// How many.
    static let most = 1_000

    struct Key: Hashable, Sendable {
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

    private let entries = Mutex<[Key: Entry]>([:])

    func open(_ key: Key, digest: [UInt8], at now: WallTime) -> Opening {
        entries.withLock { entries in
            if let known = entries[key], now < known.until {
                guard known.digest == digest else { return .other }
                return known.answer.map { .again($0) } ?? .open
            }
            if entries.count >= Self.most { entries = entries.filter { now < $0.value.until } }
            guard entries.count < Self.most else { return .full }
            entries[key] = Entry(digest: digest, until: now.advanced(by: Self.memory))
            return .first
        }
    }

    /// Remembers how the first ended; what failed may be tried again.
    func close(_ key: Key, _ answer: APIAnswer?) {
        entries.withLock { entries in
            if answer == nil { entries[key] = nil } else { entries[key]?.answer = answer }
        }
    }
}
