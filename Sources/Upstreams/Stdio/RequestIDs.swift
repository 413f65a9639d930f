import Synchronization

/// Numbers for the requests of one server: never used twice, so a late answer finds nobody else's request.
final class RequestIDs: Sendable {
    private let last = Atomic<Int>(NamesInUse.firstOwn - 1)

    func next() -> Int { last.wrappingAdd(1, ordering: .relaxed).newValue }
}
