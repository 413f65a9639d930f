import Synchronization

/// Has one look at a server's tools at a time, however often the server says that they changed: what is said meanwhile is
/// one look more, afterwards.
final class ReviewGate: Sendable {
    private enum Stage {
        /// Something was said that is yet to be looked at.
        case outdated
        /// Nothing was said since the last look began.
        case looked
    }

    private let stages = Mutex<[String: Stage]>([:])

    /// Takes note that a server's tools have changed. Whether the caller is to see to the looking; else whoever does so
    /// already looks once more.
    func begins(at server: String) -> Bool {
        stages.withLock { $0.updateValue(.outdated, forKey: server) == nil }
    }

    /// Whether there is something to look at; else the looking is over.
    func isDue(at server: String) -> Bool {
        stages.withLock { stages in
            let isDue = stages[server] == .outdated
            stages[server] = isDue ? .looked : nil
            return isDue
        }
    }

    /// Nobody looks after all.
    func gaveUp(at server: String) { stages.withLock { $0[server] = nil } }
}
