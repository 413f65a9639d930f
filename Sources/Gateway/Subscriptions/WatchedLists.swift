import MCPMessages
import Synchronization

/// The servers whose lists are watched because a client listens: one watching for each scope, however many listen in it.
final class WatchedLists: Sendable {
    private struct Key: Hashable {
        let server: String
        let scope: UpstreamScope
    }

    private struct Watched {
        var listeners: Int
        let watching: DeferredCancellation
        /// Who waits for the server to have taken it; nil once it has, or has not.
        var waiting: [@Sendable () -> Void]? = []
    }

    private let watched = Mutex<[Key: Watched]>([:])

    /// Watches for one listener more.
    ///
    /// - Parameter settled: called once, when the server tells of changes from now on or it is known that it will not: one
    ///   that cannot be watched is listed when its clients ask, and tells what it tells.
    /// - Returns: what ends it for that listener; idempotent.
    func watch(
        _ server: Server, for scope: UpstreamScope, settled: @escaping @Sendable () -> Void = {}
    ) -> Cancellation {
        let key = Key(server: server.slug, scope: scope)
        let (first, isSettled): (DeferredCancellation?, Bool) = watched.withLock { watched in
            if var entry = watched[key] {
                entry.listeners += 1
                entry.waiting?.append(settled)
                watched[key] = entry
                return (nil, entry.waiting == nil)
            }
            let watching = DeferredCancellation()
            watched[key] = Watched(listeners: 1, watching: watching, waiting: [settled])
            return (watching, false)
        }
        if isSettled { settled() }
        if let first {
            let interest = UpstreamInterest(lists: [.tools, .prompts, .resources])
            first.become(
                server.upstream.watch(interest, for: scope) { [self] _ in
                    let waiting = watched.withLock { $0[key]?.waiting.take() }
                    for listener in waiting ?? [] { listener() }
                })
        }
        let isEnded = Mutex(false)
        return Cancellation { [self] in
            let wasEnded = isEnded.withLock { isEnded in
                defer { isEnded = true }
                return isEnded
            }
            if !wasEnded { leave(key) }
        }
    }

    private func leave(_ key: Key) {
        let last: DeferredCancellation? = watched.withLock { watched in
            guard var entry = watched[key] else { return nil }
            entry.listeners -= 1
            watched[key] = entry.listeners > 0 ? entry : nil
            return entry.listeners > 0 ? nil : entry.watching
        }
        last?.cancel()
    }
}
