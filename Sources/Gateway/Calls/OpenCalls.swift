import Synchronization

/// The calls under way that somebody waits for, so that one whose grant goes can be ended in its middle.
///
/// No more than the requests that endpoints hold open.
final class OpenCalls: Sendable {
    let calls = Mutex<[ObjectIdentifier: InFlight]>([:])

    func add(_ flight: InFlight) { calls.withLock { $0[ObjectIdentifier(flight)] = flight } }

    func remove(_ flight: InFlight) { calls.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(flight)) } }

    var all: [InFlight] { calls.withLock { Array($0.values) } }
}
