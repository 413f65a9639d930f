import Synchronization

/// How many `tools/call` requests were answered; `GET /served` tells it, so that a benchmark can prove that what it
/// counted at the client also arrived here, and that what was refused did not.
final class ServedCalls: Sendable {
    private let count = Atomic(0)

    var total: Int { count.load(ordering: .relaxed) }

    func add() { count.add(1, ordering: .relaxed) }
}
