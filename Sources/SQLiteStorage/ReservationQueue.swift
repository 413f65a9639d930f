import GatewayStorage
import Synchronization

/// Reservations that wait for the next transaction and go into it together: when many calls need blocks at once, one
/// flush to the disk serves them all.
struct ReservationQueue: ~Copyable, Sendable {
    struct Waiting {
        let requests: [BlockRequest]
        let returning: [ReturnedAmount]
        let continuation: CheckedContinuation<Result<BlockAnswer, StorageError>, Never>
    }

    private let waiting = Mutex<[Waiting]>([])

    /// Adds a reservation; false when too many wait.
    func add(_ reservation: Waiting) -> Bool {
        waiting.withLock { waiting in
            guard waiting.count < SQLiteBounds.waitingReservations else { return false }
            waiting.append(reservation)
            return true
        }
    }

    /// All that wait, in the order they came; none when an earlier transaction took them along.
    func takeAll() -> [Waiting] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
